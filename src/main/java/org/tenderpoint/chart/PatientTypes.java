package org.tenderpoint.chart;

import static org.tenderpoint.chart.RecordType.each;
import static org.tenderpoint.chart.RecordType.eachOf;
import static org.tenderpoint.chart.RecordType.ofType;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.ClassComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupCharacteristicComponent;
import org.hl7.fhir.r4.model.Group.GroupMemberComponent;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.PatientCommunicationComponent;
import org.hl7.fhir.r4.model.Patient.PatientLinkComponent;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Who is treated, who is close to them, who pays. */
final class PatientTypes {

    private static final String US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/";
    private static final Set<String> PAYING = Set.of("Organization", "Patient", "RelatedPerson");

    static final List<RecordType<?>> ALL = List.of(
            RecordType.of(Patient.class)
                    .tokens("identifier", "Any identifier, such as a record number", Patient::getIdentifier)
                    .strings("name", "Any part of the name", Patient::getName)
                    .strings("family", "Family name", p -> each(p.getName(), HumanName::getFamilyElement))
                    .strings("given", "Given name", p -> eachOf(p.getName(), HumanName::getGiven))
                    .date("birthdate", "Date of birth", Patient::getBirthDateElement)
                    .date("death-date", "Date of death", p -> ofType(DateTimeType.class, p.getDeceased()))
                    .token("deceased", "Whether the patient has died", PatientTypes::hasDied)
                    .token("gender", "Administrative gender", Patient::getGenderElement)
                    .token("active", "In use or not", Patient::getActiveElement)
                    .tokens(
                            "language",
                            "A language spoken",
                            p -> each(p.getCommunication(), PatientCommunicationComponent::getLanguage))
                    .addresses(Patient::getAddress)
                    .telecoms(Patient::getTelecom)
                    .reference(
                            "organization",
                            "Custodian of the record",
                            Set.of("Organization"),
                            Patient::getManagingOrganization)
                    .references(
                            "general-practitioner",
                            "The patient's own physician",
                            Set.of("Practitioner", "PractitionerRole", "Organization"),
                            Patient::getGeneralPractitioner)
                    .references(
                            "link",
                            "Another record of the same person",
                            Set.of("Patient", "RelatedPerson"),
                            p -> each(p.getLink(), PatientLinkComponent::getOther))
                    .tokens("race", "Race (US Core)", p -> codesInside(p, US_CORE + "us-core-race"))
                    .tokens("ethnicity", "Ethnicity (US Core)", p -> codesInside(p, US_CORE + "us-core-ethnicity"))
                    .tokens("gender-identity", "Gender identity (US Core)", PatientTypes::genderIdentity),
            RecordType.of(RelatedPerson.class)
                    .patient(RelatedPerson::getPatient, "patient")
                    .tokens("identifier", "Any identifier", RelatedPerson::getIdentifier)
                    .strings("name", "Any part of the name", RelatedPerson::getName)
                    .date("birthdate", "Date of birth", RelatedPerson::getBirthDateElement)
                    .token("gender", "Administrative gender", RelatedPerson::getGenderElement)
                    .token("active", "In use or not", RelatedPerson::getActiveElement)
                    .addresses(RelatedPerson::getAddress)
                    .telecoms(RelatedPerson::getTelecom)
                    .tokens("relationship", "Relationship to the patient", RelatedPerson::getRelationship),
            RecordType.of(Coverage.class)
                    .patient(Coverage::getBeneficiary, "patient", "beneficiary")
                    .tokens("identifier", "Any identifier", Coverage::getIdentifier)
                    .token("status", "Status", Coverage::getStatusElement)
                    .token("type", "Kind of cover", Coverage::getType)
                    .references("payor", "Who pays", PAYING, Coverage::getPayor)
                    .reference("policy-holder", "Who holds the policy", PAYING, Coverage::getPolicyHolder)
                    .reference(
                            "subscriber",
                            "Whose insurance it is",
                            Set.of("Patient", "RelatedPerson"),
                            Coverage::getSubscriber)
                    .string("dependent", "Number of the dependent", Coverage::getDependentElement)
                    .tokens("class-type", "Kind of class", c -> each(c.getClass_(), ClassComponent::getType))
                    .strings(
                            "class-value",
                            "Value of a class, such as a plan's number",
                            c -> each(c.getClass_(), ClassComponent::getValueElement)),
            RecordType.of(Group.class)
                    .tokens("identifier", "Any identifier", Group::getIdentifier)
                    .token("type", "Kind", Group::getTypeElement)
                    .token("actual", "Whether its members are named", Group::getActualElement)
                    .token("code", "Kind of members", Group::getCode)
                    .ofComponents(
                            "characteristic",
                            SearchParamType.TOKEN,
                            "What its members have in common",
                            Group::getCharacteristic,
                            GroupCharacteristicComponent::getCode)
                    .ofComponents(
                            "value",
                            SearchParamType.TOKEN,
                            "How they have it",
                            Group::getCharacteristic,
                            PatientTypes::value)
                    .composite(
                            "characteristic-value",
                            "What its members have in common, and how",
                            "characteristic",
                            "value")
                    .tokens(
                            "exclude",
                            "Whether it is what its members lack",
                            g -> each(g.getCharacteristic(), GroupCharacteristicComponent::getExcludeElement))
                    .reference("managing-entity", "Who keeps it", Targets.PEOPLE, Group::getManagingEntity)
                    .references(
                            "member",
                            "Who is in it",
                            Set.of("Patient", "Practitioner", "PractitionerRole", "Device", "Group"),
                            g -> each(g.getMember(), GroupMemberComponent::getEntity)));

    private PatientTypes() {}

    private static Base hasDied(Patient patient) {
        var said = patient.getDeceased();
        return new BooleanType(
                said != null && !said.isEmpty() && !(said instanceof BooleanType died && !died.booleanValue()));
    }

    private static @Nullable Base value(GroupCharacteristicComponent characteristic) {
        var value = characteristic.getValue();
        return value instanceof CodeableConcept || value instanceof BooleanType ? value : null;
    }

    private static List<Base> codesInside(Patient patient, String url) {
        return patient.getExtension().stream()
                .filter(extension -> url.equals(extension.getUrl()))
                .flatMap(extension -> extension.getExtension().stream())
                .map(Extension::getValue)
                .flatMap(value -> value instanceof Coding coding ? Stream.of((Base) coding) : Stream.empty())
                .toList();
    }

    private static List<Base> genderIdentity(Patient patient) {
        return patient.getExtension().stream()
                .filter(extension -> (US_CORE + "us-core-genderIdentity").equals(extension.getUrl()))
                .map(Extension::getValue)
                .flatMap(PatientTypes::codings)
                .toList();
    }

    private static Stream<Base> codings(@Nullable Type value) {
        return value instanceof CodeableConcept concept
                ? concept.getCoding().stream().map(Base.class::cast)
                : Stream.empty();
    }
}
