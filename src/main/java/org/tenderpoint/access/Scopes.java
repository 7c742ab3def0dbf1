package org.tenderpoint.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tenderpoint.access.Scope.Context;

/**
 * The SMART resource scopes of one token. Anything else a token names is not a scope of ours and allows nothing.
 *
 * @param allowed the scopes, each understood
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html">SMART App Launch 2.2</a>
 */
public record Scopes(Set<Scope> allowed) {

    /** Everything a system may be allowed; the role then says what is left of it. */
    public static final Scopes ALL_SYSTEM = parse(List.of("system/*.cruds"));

    private static final Set<Character> LOOKS = Set.of('r', 's');

    public Scopes {
        allowed = Set.copyOf(allowed);
    }

    /** Reads scope strings; those that are not SMART resource scopes are passed over. */
    public static Scopes parse(Collection<String> scopes) {
        return new Scopes(
                scopes.stream().map(Scope::parse).flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    /** True if one scope covers this interaction on this type, on some of its resources at least. */
    public boolean allow(Interaction interaction, String type) {
        for (var scope : allowed) {
            if (scope.covers(interaction, type)) {
                return true;
            }
        }
        return false;
    }

    /** True if one scope covers everything of every type, as what goes beyond FHIR's resources asks for. */
    public boolean allowEverything() {
        return allowed.stream().anyMatch(Scope::isEverything);
    }

    /** Those of one of the contexts. */
    public Scopes in(Set<Context> contexts) {
        for (var scope : allowed) {
            if (!contexts.contains(scope.context())) {
                return new Scopes(allowed.stream()
                        .filter(fitting -> contexts.contains(fitting.context()))
                        .collect(Collectors.toSet()));
            }
        }
        return this;
    }

    /**
     * The part of a type's resources that may be looked at: any that lies in one of the regions. What is read and what is
     * searched for is one and the same; where a token allows reading one part and searching another, only what lies in
     * both is left.
     *
     * @return empty where no scope confines the type, and one without regions where nothing of it is left
     */
    public Optional<Set<Region>> confinement(String type) {
        var looks = allowed.stream().filter(scope -> scope.isOn(type)).toList();
        var letters = looks.stream()
                .flatMap(scope -> scope.permissions().stream())
                .filter(LOOKS::contains)
                .collect(Collectors.toSet());
        if (letters.isEmpty()) {
            // Nothing of it is shown; what a resource written may point at is as wide as the token.
            var ofPatient =
                    !allowed.isEmpty() && allowed.stream().allMatch(scope -> scope.context() == Context.PATIENT);
            return ofPatient ? Optional.of(Set.of(new Region(true, null))) : Optional.empty();
        }
        var regions = looks.stream()
                .filter(scope -> scope.permissions().stream().anyMatch(LOOKS::contains))
                .map(Region::of)
                .filter(region -> letters.stream().allMatch(letter -> looks.stream()
                        .anyMatch(scope -> scope.permissions().contains(letter)
                                && Region.of(scope).includes(region))))
                .collect(Collectors.toSet());
        return regions.contains(Region.EVERYTHING) ? Optional.empty() : Optional.of(regions);
    }

    /** True where this token may do that to resources of its one patient only. */
    public boolean isConfinedToPatient(Interaction interaction, String type) {
        var ofPatient = false;
        for (var scope : allowed) {
            if (scope.covers(interaction, type)) {
                if (scope.context() != Context.PATIENT) {
                    return false;
                }
                ofPatient = true;
            }
        }
        return ofPatient;
    }

    /**
     * The part of a request that a registration covers: what a client gets that asks for more than it holds.
     *
     * @param requested scope strings asked for
     * @param registered scope strings registered
     * @return those asked for, each cut to what is registered, in canonical form and without what another one includes;
     *     empty where nothing is left
     */
    public static Set<String> intersect(Collection<String> requested, Collection<String> registered) {
        var held =
                registered.stream().map(Scope::parse).flatMap(Optional::stream).toList();
        var granted = new LinkedHashSet<Scope>();
        for (var wish : requested) {
            Scope.parse(wish).ifPresent(scope -> held.stream()
                    .map(scope::intersect)
                    .flatMap(Optional::stream)
                    .forEach(granted::add));
        }
        return withoutDoubles(granted).stream()
                .map(Scope::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Scope> withoutDoubles(Collection<Scope> scopes) {
        var left = new ArrayList<Scope>();
        for (var scope : scopes) {
            if (scopes.stream().noneMatch(other -> !other.equals(scope) && other.includes(scope))) {
                left.add(scope);
            }
        }
        return left;
    }
}
