package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.all;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Questionnaire;

/** Organizations, people and forms: types that belong to no patient. */
final class DirectoryTypes {

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Organization.class)
                    .tokens("identifier", "Any identifier, such as an NPI", Organization::getIdentifier)
                    .strings("name", "Name or alias", o -> all(List.of(o.getNameElement()), o.getAlias()))
                    .tokens("type", "Kind of organization", Organization::getType)
                    .token("active", "In use or not", Organization::getActiveElement)
                    .strings("address", "Any part of the address", Organization::getAddress)
                    .reference(
                            "partof",
                            "The organization it is part of",
                            Set.of("Organization"),
                            Organization::getPartOf),
            RecordType.of(Practitioner.class)
                    .tokens("identifier", "Any identifier, such as an NPI", Practitioner::getIdentifier)
                    .strings("name", "Any part of the name", Practitioner::getName)
                    .strings("family", "Family name", p -> p.getName().stream()
                            .map(name -> name.getFamilyElement())
                            .toList())
                    .strings("given", "Given name", p -> p.getName().stream()
                            .flatMap(name -> name.getGiven().stream())
                            .toList())
                    .token("active", "In use or not", Practitioner::getActiveElement),
            RecordType.of(PractitionerRole.class)
                    .tokens("identifier", "Any identifier", PractitionerRole::getIdentifier)
                    .reference(
                            "practitioner",
                            "Who fills the role",
                            Set.of("Practitioner"),
                            PractitionerRole::getPractitioner)
                    .reference("organization", "Where", Set.of("Organization"), PractitionerRole::getOrganization)
                    .tokens("role", "Role", PractitionerRole::getCode)
                    .tokens("specialty", "Specialty, such as NUCC 225700000X", PractitionerRole::getSpecialty)
                    .token("active", "In use or not", PractitionerRole::getActiveElement),
            RecordType.of(Location.class)
                    .tokens("identifier", "Any identifier", Location::getIdentifier)
                    .string("name", "Name", Location::getNameElement)
                    .token("status", "Status", Location::getStatusElement)
                    .strings("address", "Any part of the address", l -> List.of(l.getAddress()))
                    .reference(
                            "organization", "Who runs it", Set.of("Organization"), Location::getManagingOrganization),
            RecordType.of(Endpoint.class)
                    .tokens("identifier", "Any identifier", Endpoint::getIdentifier)
                    .string("name", "Name", Endpoint::getNameElement)
                    .token("status", "Status", Endpoint::getStatusElement)
                    .token("connection-type", "Protocol", Endpoint::getConnectionType)
                    .reference(
                            "organization", "Who runs it", Set.of("Organization"), Endpoint::getManagingOrganization),
            RecordType.of(Questionnaire.class)
                    .tokens("identifier", "Any identifier", Questionnaire::getIdentifier)
                    .uri("url", "Canonical URL", Questionnaire::getUrlElement)
                    .string("name", "Name for computers", Questionnaire::getNameElement)
                    .string("title", "Name for people", Questionnaire::getTitleElement)
                    .token("status", "Status", Questionnaire::getStatusElement)
                    .token("version", "Business version", Questionnaire::getVersionElement));

    private DirectoryTypes() {}
}
