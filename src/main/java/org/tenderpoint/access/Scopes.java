package org.tenderpoint.access;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * SMART scopes of one token: {@code system/Type.cruds}, with {@code *} for all types and the version 1 words
 * {@code read}, {@code write} and {@code *}. Anything else is not a scope of ours and allows nothing.
 *
 * @param allowed the scopes, each understood
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html">SMART App Launch 2.2</a>
 */
public record Scopes(Set<Scope> allowed) {

    /** Everything a system may be allowed; the role then says what is left of it. */
    public static final Scopes ALL_SYSTEM = parse(List.of("system/*.cruds"));

    public Scopes {
        allowed = Set.copyOf(allowed);
    }

    /** Reads scope strings; those that are not SMART resource scopes are passed over. */
    public static Scopes parse(Collection<String> scopes) {
        return new Scopes(
                scopes.stream().map(Scope::parse).flatMap(Optional::stream).collect(Collectors.toSet()));
    }

    /** True if one scope covers this interaction on this type. */
    public boolean allow(Interaction interaction, String type) {
        return allowed.stream().anyMatch(scope -> scope.covers(interaction, type));
    }

    /**
     * The part of a request that a registration covers: what a client gets that asks for more than it holds.
     *
     * @param requested scope strings asked for
     * @param registered scope strings registered
     * @return those asked for, each cut to what is registered, in canonical form; empty where nothing is left
     */
    public static Set<String> intersect(Collection<String> requested, Collection<String> registered) {
        var held =
                registered.stream().map(Scope::parse).flatMap(Optional::stream).toList();
        var granted = new LinkedHashSet<String>();
        for (var wish : requested) {
            Scope.parse(wish).ifPresent(scope -> held.stream()
                    .map(scope::intersect)
                    .flatMap(Optional::stream)
                    .map(Scope::toString)
                    .forEach(granted::add));
        }
        return granted;
    }

    /**
     * One resource scope.
     *
     * @param type a FHIR type, or {@code *}
     * @param permissions letters out of c, r, u, d, s
     */
    public record Scope(String type, Set<Character> permissions) {

        private static final Pattern FORM =
                Pattern.compile("system/([A-Z][A-Za-z]{1,39}|\\*)\\.(read|write|\\*|c?r?u?d?s?)");

        static Optional<Scope> parse(String text) {
            var matcher = FORM.matcher(text);
            if (!matcher.matches() || matcher.group(2).isEmpty()) {
                return Optional.empty();
            }
            var letters =
                    switch (matcher.group(2)) {
                        case "read" -> "rs";
                        case "write" -> "cud";
                        case "*" -> "cruds";
                        default -> matcher.group(2);
                    };
            return Optional.of(new Scope(
                    matcher.group(1), letters.chars().mapToObj(c -> (char) c).collect(Collectors.toSet())));
        }

        boolean covers(Interaction interaction, String wanted) {
            return (type.equals("*") || type.equals(wanted)) && permissions.contains(letter(interaction));
        }

        Optional<Scope> intersect(Scope held) {
            if (!type.equals("*") && !held.type.equals("*") && !type.equals(held.type)) {
                return Optional.empty();
            }
            var both = permissions.stream().filter(held.permissions::contains).collect(Collectors.toSet());
            return both.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Scope(type.equals("*") ? held.type : type, both));
        }

        private static char letter(Interaction interaction) {
            return switch (interaction) {
                case CREATE -> 'c';
                case READ, VREAD, HISTORY -> 'r';
                case UPDATE -> 'u';
                case DELETE -> 'd';
                case SEARCH -> 's';
            };
        }

        @Override
        public String toString() {
            var letters = new StringBuilder();
            for (var letter : "cruds".toCharArray()) {
                if (permissions.contains(letter)) {
                    letters.append(letter);
                }
            }
            return "system/" + type + "." + letters;
        }
    }
}
