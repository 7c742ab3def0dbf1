package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.all;
import static org.tenderpoint.chart.RecordType.each;
import static org.tenderpoint.chart.RecordType.eachOf;
import static org.tenderpoint.chart.RecordType.ofType;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.UsageContext;

/** Organizations, people and forms: types that belong to no patient. */
final class DirectoryTypes {

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Organization.class)
                    .tokens("identifier", "Any identifier, such as an NPI", Organization::getIdentifier)
                    .strings("name", "Name or alias", o -> all(List.of(o.getNameElement()), o.getAlias()))
                    .tokens("type", "Kind of organization", Organization::getType)
                    .token("active", "In use or not", Organization::getActiveElement)
                    .addresses(Organization::getAddress)
                    .reference(
                            "partof", "The organization it is part of", Set.of("Organization"), Organization::getPartOf)
                    .references(
                            "endpoint", "Where it receives messages", Set.of("Endpoint"), Organization::getEndpoint),
            RecordType.of(Practitioner.class)
                    .tokens("identifier", "Any identifier, such as an NPI", Practitioner::getIdentifier)
                    .strings("name", "Any part of the name", Practitioner::getName)
                    .strings("family", "Family name", p -> each(p.getName(), HumanName::getFamilyElement))
                    .strings("given", "Given name", p -> eachOf(p.getName(), HumanName::getGiven))
                    .token("active", "In use or not", Practitioner::getActiveElement)
                    .token("gender", "Administrative gender", Practitioner::getGenderElement)
                    .tokens("communication", "A language spoken with patients", Practitioner::getCommunication)
                    .addresses(Practitioner::getAddress)
                    .telecoms(Practitioner::getTelecom),
            RecordType.of(PractitionerRole.class)
                    .tokens("identifier", "Any identifier", PractitionerRole::getIdentifier)
                    .reference(
                            "practitioner",
                            "Who fills the role",
                            Set.of("Practitioner"),
                            PractitionerRole::getPractitioner)
                    .reference("organization", "Where", Set.of("Organization"), PractitionerRole::getOrganization)
                    .references("location", "At which place", Set.of("Location"), PractitionerRole::getLocation)
                    .references("endpoint", "Where messages go", Set.of("Endpoint"), PractitionerRole::getEndpoint)
                    .tokens("role", "Role", PractitionerRole::getCode)
                    .tokens("specialty", "Specialty, such as NUCC 225700000X", PractitionerRole::getSpecialty)
                    .token("active", "In use or not", PractitionerRole::getActiveElement)
                    .date("date", "From when to when", PractitionerRole::getPeriod)
                    .telecoms(PractitionerRole::getTelecom),
            RecordType.of(Location.class)
                    .tokens("identifier", "Any identifier", Location::getIdentifier)
                    .strings("name", "Name or alias", l -> all(List.of(l.getNameElement()), l.getAlias()))
                    .token("status", "Status", Location::getStatusElement)
                    .token("operational-status", "Whether it can be used now", Location::getOperationalStatus)
                    .tokens("type", "Kind of place", Location::getType)
                    .addresses(l -> List.of(l.getAddress()))
                    .reference("partof", "The place it is part of", Set.of("Location"), Location::getPartOf)
                    .references("endpoint", "Where messages go", Set.of("Endpoint"), Location::getEndpoint)
                    .reference(
                            "organization", "Who runs it", Set.of("Organization"), Location::getManagingOrganization),
            RecordType.of(Endpoint.class)
                    .tokens("identifier", "Any identifier", Endpoint::getIdentifier)
                    .string("name", "Name", Endpoint::getNameElement)
                    .token("status", "Status", Endpoint::getStatusElement)
                    .token("connection-type", "Protocol", Endpoint::getConnectionType)
                    .tokens("payload-type", "What it takes", Endpoint::getPayloadType)
                    .reference(
                            "organization", "Who runs it", Set.of("Organization"), Endpoint::getManagingOrganization),
            RecordType.of(Questionnaire.class)
                    .tokens("identifier", "Any identifier", Questionnaire::getIdentifier)
                    .uri("url", "Canonical URL", Questionnaire::getUrlElement)
                    .string("name", "Name for computers", Questionnaire::getNameElement)
                    .string("title", "Name for people", Questionnaire::getTitleElement)
                    .string("description", "Description", Questionnaire::getDescriptionElement)
                    .string("publisher", "Who publishes it", Questionnaire::getPublisherElement)
                    .token("status", "Status", Questionnaire::getStatusElement)
                    .token("version", "Business version", Questionnaire::getVersionElement)
                    .date("date", "When it last changed", Questionnaire::getDateElement)
                    .date("effective", "When it is to be used", Questionnaire::getEffectivePeriod)
                    .tokens("jurisdiction", "Where it is to be used", Questionnaire::getJurisdiction)
                    .tokens("subject-type", "Whom it is about", Questionnaire::getSubjectType)
                    .tokens(
                            "code",
                            "Code of a question or a group, at the top",
                            q -> eachOf(q.getItem(), QuestionnaireItemComponent::getCode))
                    .uris(
                            "definition",
                            "Definition of a question or a group, at the top",
                            q -> each(q.getItem(), QuestionnaireItemComponent::getDefinitionElement))
                    .ofComponents(
                            "context-type",
                            SearchParamType.TOKEN,
                            "In which respect its use is limited",
                            Questionnaire::getUseContext,
                            UsageContext::getCode)
                    .ofComponents(
                            "context",
                            SearchParamType.TOKEN,
                            "To what its use is limited",
                            Questionnaire::getUseContext,
                            context -> ofType(CodeableConcept.class, context.getValue()))
                    .ofComponents(
                            "context-quantity",
                            SearchParamType.QUANTITY,
                            "To what quantity its use is limited",
                            Questionnaire::getUseContext,
                            context -> ofType(Quantity.class, context.getValue()))
                    .composite(
                            "context-type-value",
                            "In which respect and to what its use is limited",
                            "context-type",
                            "context")
                    .composite(
                            "context-type-quantity",
                            "In which respect and to what quantity its use is limited",
                            "context-type",
                            "context-quantity"));

    private DirectoryTypes() {}
}
