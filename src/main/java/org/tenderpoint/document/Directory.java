package org.tenderpoint.document;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.server.FhirJson;

/** The people and places that a record names. */
public final class Directory {

    private static final String NPI = "http://hl7.org/fhir/sid/us-npi";

    private final Map<String, Resource> found = new LinkedHashMap<>();

    /**
     * Looks up references, and what the roles among them point at: two questions at most.
     *
     * @param chart the chart's directory door
     */
    public static Directory of(
            FhirContext fhir, Function<Set<UUID>, List<Stored>> chart, Collection<Reference> references) {
        var directory = new Directory();
        directory.load(fhir, chart, references);
        var behindRoles = directory.found.values().stream()
                .filter(PractitionerRole.class::isInstance)
                .map(PractitionerRole.class::cast)
                .flatMap(role -> Stream.of(role.getPractitioner(), role.getOrganization()))
                .toList();
        directory.load(fhir, chart, behindRoles);
        return directory;
    }

    /**
     * Somebody as a document names them.
     *
     * @param reference where the record points
     * @param name the person's name, or the organization's
     * @param npi national provider identifier; null when not recorded
     * @param licence name of the first qualification; null when not recorded
     * @param organization name of the organization, where the reference is to a role; null otherwise
     * @param phone telephone number, the person's at work or else the organization's; null when not recorded
     */
    public record Somebody(
            String reference,
            String name,
            @Nullable String npi,
            @Nullable String licence,
            @Nullable String organization,
            @Nullable String phone) {

        /** {@code Kai Moss, LMT, North Clinic, NPI 1234567893}. */
        public String text() {
            var parts = new ArrayList<String>();
            parts.add(name);
            Optional.ofNullable(licence).ifPresent(parts::add);
            Optional.ofNullable(organization).ifPresent(parts::add);
            Optional.ofNullable(npi).ifPresent(number -> parts.add("NPI " + number));
            return String.join(", ", parts);
        }
    }

    /** The resource behind a reference. */
    public Optional<Resource> find(@Nullable Reference reference) {
        return Optional.ofNullable(found.get(PatientRecord.idOf(reference)));
    }

    /** What a document includes to name somebody: the resource itself, and who and where behind a role. */
    public List<Resource> behind(Reference reference) {
        return find(reference).stream()
                .flatMap(resource -> resource instanceof PractitionerRole role
                        ? Stream.concat(
                                Stream.of(role),
                                Stream.of(role.getPractitioner(), role.getOrganization())
                                        .flatMap(part -> find(part).stream()))
                        : Stream.of(resource))
                .toList();
    }

    /** The person or organization behind a reference; the role's practitioner where it is to a role. */
    public Optional<Somebody> somebody(@Nullable Reference reference) {
        return find(reference).map(resource -> {
            if (resource instanceof PractitionerRole role) {
                var practitioner = find(role.getPractitioner()).map(Practitioner.class::cast);
                var place = find(role.getOrganization()).map(Organization.class::cast);
                return practitioner
                        .map(person -> person(PatientRecord.idOf(role), person, place.orElse(null)))
                        .orElseGet(() -> new Somebody(
                                PatientRecord.idOf(role),
                                place.map(Organization::getName).orElse("name not recorded"),
                                null,
                                null,
                                null,
                                place.map(found -> phone(found.getTelecom())).orElse(null)));
            }
            if (resource instanceof Practitioner practitioner) {
                return person(PatientRecord.idOf(resource), practitioner, null);
            }
            var organization = resource instanceof Organization place ? place : new Organization();
            return new Somebody(
                    PatientRecord.idOf(resource),
                    organization.hasName() ? organization.getName() : "name not recorded",
                    npi(organization.getIdentifier()),
                    null,
                    null,
                    phone(organization.getTelecom()));
        });
    }

    private static Somebody person(String reference, Practitioner person, @Nullable Organization place) {
        var licence = person.getQualification().stream()
                .map(qualification -> Words.of(qualification.getCode()))
                .findFirst()
                .orElse(null);
        var own = phone(person.getTelecom());
        return new Somebody(
                reference,
                Words.name(person.getName()),
                npi(person.getIdentifier()),
                licence,
                place == null ? null : place.getName(),
                own == null && place != null ? phone(place.getTelecom()) : own);
    }

    // Nobody's home or old number stands on a page.
    private static @Nullable String phone(List<ContactPoint> numbers) {
        return numbers.stream()
                .filter(number -> number.getSystem() == ContactPointSystem.PHONE && number.hasValue())
                .filter(number -> !number.hasUse() || number.getUse() == ContactPointUse.WORK)
                .map(ContactPoint::getValue)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String npi(List<Identifier> identifiers) {
        return identifiers.stream()
                .filter(identifier -> NPI.equals(identifier.getSystem()))
                .map(Identifier::getValue)
                .findFirst()
                .orElse(null);
    }

    private void load(FhirContext fhir, Function<Set<UUID>, List<Stored>> chart, Collection<Reference> references) {
        var ids = references.stream()
                .map(PatientRecord::idOf)
                .filter(reference -> reference.contains("/") && !found.containsKey(reference))
                .filter(reference -> AccessRule.DIRECTORY.contains(reference.substring(0, reference.indexOf('/'))))
                .map(reference -> UUID.fromString(reference.substring(reference.indexOf('/') + 1)))
                .collect(Collectors.toSet());
        if (!ids.isEmpty()) {
            chart.apply(ids).forEach(row -> found.put(row.reference(), FhirJson.parse(fhir, row.json())));
        }
    }
}
