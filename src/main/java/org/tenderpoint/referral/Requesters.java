package org.tenderpoint.referral;

import ca.uhn.fhir.context.FhirContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.server.FhirJson;

/** For whom a requester or an owner speaks, as far as the directory knows. */
@Component
class Requesters {

    static final Set<String> TYPES = Set.of("Organization", "PractitionerRole", "Practitioner");

    private final Chart chart;
    private final FhirContext fhir;

    Requesters(Chart chart, FhirContext fhir) {
        this.chart = chart;
        this.fhir = fhir;
    }

    /**
     * True if {@code who} speaks for an organization and not for the caller's. Somebody whose organization nobody
     * wrote down speaks for no other one: a referrer may name a practitioner whom the directory does not know.
     */
    boolean speaksForAnother(Caller caller, Reference who) {
        var own = Objects.toString(caller.organization(), "").toLowerCase(Locale.ROOT);
        if ("Organization".equals(Pointer.type(who)) && !Pointer.isContainedOrganization(who)) {
            return !organization(who).filter(own::equals).isPresent();
        }
        var organizations = organizations(caller, who);
        return !organizations.isEmpty() && !organizations.contains(own);
    }

    /** True if an identifier leads to an organization of the directory. */
    boolean isKnownOrganization(Reference who) {
        return organization(who).isPresent();
    }

    private Set<String> organizations(Caller caller, Reference who) {
        if (!who.hasReference()) {
            return organization(who).stream().collect(Collectors.toSet());
        }
        var sentAlong = Pointer.sentAlong(who);
        // Type/id means the stored resource, even where an entry of the Bundle happens to carry the same id.
        if (sentAlong != null && !Pointer.isRelative(who)) {
            return ofRole(sentAlong).collect(Collectors.toSet());
        }
        return inDirectory(caller, who)
                .flatMap(found -> found instanceof Practitioner ? rolesOf(caller, found) : Stream.of(found))
                .flatMap(this::ofRole)
                .collect(Collectors.toSet());
    }

    private Stream<String> ofRole(Resource someone) {
        return someone instanceof PractitionerRole role
                ? organization(role.getOrganization()).stream()
                : Stream.empty();
    }

    private Stream<Resource> rolesOf(Caller caller, Resource practitioner) {
        var reference = "Practitioner/" + practitioner.getIdElement().getIdPart();
        return search(caller, "PractitionerRole", "practitioner", reference);
    }

    private Stream<Resource> inDirectory(Caller caller, Reference who) {
        var type = Pointer.type(who);
        if (type == null || !TYPES.contains(type)) {
            return Stream.empty();
        }
        var condition = Pointer.condition(who);
        if (condition != null) {
            return search(caller, type, "identifier", URLDecoder.decode(condition, StandardCharsets.UTF_8));
        }
        var id = Pointer.isRelative(who) ? Pointer.id(who) : null;
        return uuid(id).map(known -> chart.directory(Set.of(known))).orElseGet(List::of).stream()
                .filter(stored -> stored.type().equals(type))
                .map(stored -> FhirJson.parse(fhir, stored.json()));
    }

    private Stream<Resource> search(Caller caller, String type, String param, String value) {
        if (AccessRule.permitting(caller, Interaction.SEARCH, type).isEmpty()) {
            return Stream.empty();
        }
        var query = QueryReader.read(RecordTypes.require(type), Map.of(param, new String[] {value}));
        return chart.matches(caller, query).stream().map(stored -> FhirJson.parse(fhir, stored.json()));
    }

    /** The id of the Organization that a reference names literally, by a condition or by an identifier. */
    private Optional<String> organization(Reference reference) {
        var condition = Pointer.condition(reference);
        if (condition != null) {
            var decoded = URLDecoder.decode(condition, StandardCharsets.UTF_8);
            var bar = decoded.indexOf('|');
            return known(bar < 0 ? null : decoded.substring(0, bar), decoded.substring(bar + 1));
        }
        if (reference.hasReference()) {
            return "Organization".equals(Pointer.type(reference))
                    ? Optional.ofNullable(Pointer.id(reference)).map(id -> id.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        }
        var identifier = reference.getIdentifier();
        return identifier.hasValue() ? known(identifier.getSystem(), identifier.getValue()) : Optional.empty();
    }

    private Optional<String> known(@Nullable String system, String value) {
        return chart.organizationWith(system, value).map(UUID::toString);
    }

    private static Optional<UUID> uuid(@Nullable String id) {
        try {
            return Optional.ofNullable(id).map(UUID::fromString);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
