package org.tenderpoint.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * The record of a few patients, with everything in it that makes a search interesting: codes that are equal in two systems
 * or have none, dates of every precision, open periods, names with accents, texts with the characters that separate values.
 */
final class RandomRecord {

    private final Dice dice;
    private final RandomElements make;
    private final String mark;
    private final List<Resource> sent = new ArrayList<>();

    /**
     * @param known codes of the value sets that {@code :in} asks for
     * @param mark a tag on every resource, which tells this record from all others in the chart
     */
    RandomRecord(Dice dice, List<Coding> known, String mark) {
        this.dice = dice;
        this.make = new RandomElements(dice, known);
        this.mark = mark;
    }

    /** What a referrer sends: a patient, a reason, an order and its Task. */
    List<Resource> referral() {
        sent.clear();
        var patient = patient();
        var reason = condition(patient);
        reason.setCode(make.concept());
        var order = order(patient, reason);
        var task = new Task();
        task.setStatus(Task.TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        task.setCode(new CodeableConcept(new Coding("http://hl7.org/fhir/CodeSystem/task-code", "fulfill", null)));
        task.setFocus(to(order)).setFor(to(patient));
        task.setRequester(organization("north-family-medicine")).setOwner(organization("north-massage-clinic"));
        make.perhaps(80, () -> task.setAuthoredOnElement(make.moment()));
        make.perhaps(40, () -> task.setPriority(dice.of(Task.TaskPriority.ROUTINE, Task.TaskPriority.URGENT)));
        add(task);
        return List.copyOf(sent);
    }

    /** What a clinic writes about a patient, who is sent along where the clinic registered them. */
    List<Resource> course(@Nullable String registered) {
        sent.clear();
        var patient = registered == null ? to(patient()) : new Reference(registered);
        var visits = new ArrayList<Resource>();
        for (int i = 0; i < 3; i++) {
            visits.add(visit(patient.copy()));
        }
        for (int i = 0; i < 8; i++) {
            observation(patient.copy(), dice.of(visits));
        }
        for (int i = 0; i < 3; i++) {
            condition(patient.copy(), dice.of(visits));
            procedure(patient.copy(), dice.of(visits));
        }
        for (int i = 0; i < 2; i++) {
            task(patient.copy(), dice.of(visits));
            medication(patient.copy(), dice.of(visits));
        }
        make.perhaps(70, () -> allergy(patient.copy()));
        return List.copyOf(sent);
    }

    private Patient patient() {
        var patient = new Patient();
        make.perhaps(90, () -> patient.addName(make.name()));
        make.perhaps(30, () -> patient.addName(make.name()));
        make.perhaps(
                90,
                () -> patient.setBirthDateElement(
                        new DateType(dice.of("1971", "1971-05", "1971-05-04", "2003-12-31"))));
        make.perhaps(80, () -> patient.setGender(dice.of(AdministrativeGender.FEMALE, AdministrativeGender.OTHER)));
        make.perhaps(70, () -> patient.setActive(dice.in100(70)));
        make.perhaps(20, () -> patient.setDeceased(dice.in100(50) ? make.moment() : new BooleanType(dice.in100(50))));
        make.perhaps(80, () -> patient.addIdentifier(make.identifier()));
        make.perhaps(
                50,
                () -> patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(dice.of("+1-555-0100", "555")));
        make.perhaps(
                40,
                () -> patient.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue("asta@example.org"));
        make.perhaps(60, () -> patient.addAddress()
                .addLine(dice.of("Main St 1", "main street"))
                .setCity(dice.of("Portland", "Port\u00f3"))
                .setPostalCode(dice.of("97201", "972"))
                .setCountry("US"));
        return add(patient);
    }

    private ServiceRequest order(Patient patient, Condition reason) {
        var order = new ServiceRequest();
        order.setStatus(
                dice.of(ServiceRequest.ServiceRequestStatus.ACTIVE, ServiceRequest.ServiceRequestStatus.ONHOLD));
        order.setIntent(ServiceRequest.ServiceRequestIntent.ORDER)
                .setCode(make.concept())
                .setSubject(to(patient));
        order.addIdentifier()
                .setType(new CodeableConcept(new Coding(RandomElements.PLACER, "PLAC", null)))
                .setSystem("https://ehr.example.org/order")
                .setValue(UUID.nameUUIDFromBytes((mark + sent.size() + dice.below(1_000_000_000))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString());
        order.setRequester(organization("north-family-medicine")).addPerformer(organization("north-massage-clinic"));
        order.addReasonReference(to(reason));
        make.perhaps(80, () -> order.setAuthoredOnElement(make.moment()));
        make.perhaps(60, () -> order.setOccurrence(dice.in100(50) ? make.moment() : make.period(true)));
        make.perhaps(50, () -> order.addCategory(make.concept()));
        make.perhaps(50, () -> order.addBodySite(make.concept()));
        make.perhaps(40, () -> order.addInstantiatesUri(make.uri()));
        make.perhaps(
                40,
                () -> order.setPriority(dice.of(
                        ServiceRequest.ServiceRequestPriority.ASAP, ServiceRequest.ServiceRequestPriority.STAT)));
        return add(order);
    }

    private Encounter visit(Reference patient) {
        var visit = new Encounter();
        visit.setStatus(dice.of(EncounterStatus.FINISHED, EncounterStatus.INPROGRESS, EncounterStatus.CANCELLED));
        visit.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", dice.of("AMB", "HH"), null));
        visit.setSubject(make.identified(patient));
        make.perhaps(40, () -> earlier(visit).map(RandomRecord::to).ifPresent(visit::setPartOf));
        make.perhaps(60, () -> visit.setServiceProvider(make.identified(organization("north-massage-clinic"))));
        var day = dice.of("2026-03-09", "2026-03-10", "2025-12-31", "2026-01-01");
        visit.setPeriod(new Period()
                .setStartElement(new DateTimeType(dice.of(day, day + "T10:00:00Z", day + "T23:30:00-01:00"))));
        make.perhaps(70, () -> visit.getPeriod().setEndElement(new DateTimeType(day + "T23:59:00-02:00")));
        make.perhaps(60, () -> visit.addType(make.concept()));
        make.perhaps(60, () -> visit.addReasonCode(make.concept()));
        make.perhaps(60, () -> visit.addIdentifier(make.identifier()));
        return add(visit);
    }

    private void observation(Reference patient, Resource visit) {
        var observation = new Observation();
        observation.setStatus(
                dice.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.PRELIMINARY));
        observation.setCode(make.concept()).setSubject(make.identified(patient));
        make.perhaps(70, () -> observation.setEncounter(make.identified(to(visit))));
        make.perhaps(30, () -> observation.addPerformer(patient.copy()));
        make.perhaps(30, () -> observation.addPerformer(make.identified(organization("north-massage-clinic"))));
        make.perhaps(20, () -> observation.addPerformer().setIdentifier(make.identifier()));
        make.perhaps(30, () -> earlier(observation).map(RandomRecord::to).ifPresent(observation::addHasMember));
        make.perhaps(30, () -> earlier(observation).map(RandomRecord::to).ifPresent(observation::addDerivedFrom));
        make.perhaps(90, () -> observation.setEffective(dice.in100(60) ? make.moment() : make.period(true)));
        make.perhaps(80, () -> observation.setValue(make.value()));
        make.perhaps(50, () -> observation.addCategory(make.concept()));
        make.perhaps(30, () -> observation.addCategory(make.concept()));
        make.perhaps(40, () -> observation.addIdentifier(make.identifier()));
        make.perhaps(30, () -> observation.setMethod(make.concept()));
        for (int i = dice.below(6); i > 3; i--) {
            var component = observation.addComponent().setCode(make.concept());
            make.perhaps(80, () -> component.setValue(dice.in100(70) ? make.quantity() : make.concept()));
        }
        make.perhaps(20, () -> observation.setDataAbsentReason(make.concept()));
        add(observation);
    }

    private Condition condition(Patient patient) {
        return add(diagnosis(to(patient)));
    }

    private void condition(Reference patient, Resource visit) {
        var condition = diagnosis(patient);
        make.perhaps(60, () -> condition.setEncounter(to(visit)));
        make.perhaps(40, () -> earlier(new Observation())
                .ifPresent(finding -> condition.addEvidence().addDetail(to(finding))));
        make.perhaps(30, () -> condition.setAsserter(dice.of(patient.copy(), logical())));
        add(condition);
    }

    private Condition diagnosis(Reference patient) {
        var condition = new Condition().setSubject(make.identified(patient));
        make.perhaps(85, () -> condition.setCode(make.concept()));
        make.perhaps(60, () -> condition.addCategory(make.concept()));
        make.perhaps(
                70,
                () -> condition.setClinicalStatus(new CodeableConcept(new Coding(
                        "http://terminology.hl7.org/CodeSystem/condition-clinical",
                        dice.of("active", "resolved"),
                        null))));
        make.perhaps(80, () -> condition.setOnset(make.onset()));
        make.perhaps(50, () -> condition.setRecordedDateElement(make.moment()));
        make.perhaps(40, () -> condition.setSeverity(make.concept()));
        make.perhaps(40, () -> condition.addBodySite(make.concept()));
        return condition;
    }

    private void procedure(Reference patient, Resource visit) {
        var procedure = new Procedure();
        procedure.setStatus(dice.of(ProcedureStatus.COMPLETED, ProcedureStatus.INPROGRESS, ProcedureStatus.STOPPED));
        procedure.setSubject(make.identified(patient)).setCode(make.concept());
        make.perhaps(30, () -> earlier(procedure).map(RandomRecord::to).ifPresent(procedure::addPartOf));
        make.perhaps(40, () -> earlier(new Condition()).map(RandomRecord::to).ifPresent(procedure::addReasonReference));
        make.perhaps(40, () -> procedure.addPerformer().setActor(dice.of(patient.copy(), logical())));
        make.perhaps(70, () -> procedure.setEncounter(to(visit)));
        make.perhaps(80, () -> procedure.setPerformed(dice.in100(40) ? make.moment() : make.period(true)));
        make.perhaps(50, () -> procedure.setCategory(make.concept()));
        make.perhaps(50, () -> procedure.addReasonCode(make.concept()));
        make.perhaps(50, () -> procedure.addIdentifier(make.identifier()));
        make.perhaps(40, () -> procedure.addInstantiatesUri(make.uri()));
        add(procedure);
    }

    private void task(Reference patient, Resource visit) {
        var task = new Task();
        task.setStatus(dice.of(Task.TaskStatus.DRAFT, Task.TaskStatus.READY, Task.TaskStatus.INPROGRESS));
        task.setIntent(dice.of(Task.TaskIntent.ORDER, Task.TaskIntent.PLAN))
                .setFor(make.identified(patient))
                .setCode(make.concept());
        make.perhaps(60, () -> task.setFocus(make.identified(to(visit))));
        make.perhaps(50, () -> earlier(task).map(RandomRecord::to).ifPresent(task::addPartOf));
        make.perhaps(30, () -> task.addBasedOn(logical()));
        make.perhaps(40, () -> task.setOwner(organization("north-massage-clinic")));
        make.perhaps(60, () -> task.setEncounter(to(visit)));
        make.perhaps(60, () -> task.setAuthoredOnElement(make.moment()));
        make.perhaps(50, () -> task.setLastModifiedElement(make.moment()));
        make.perhaps(50, () -> task.setExecutionPeriod(make.period(true)));
        make.perhaps(60, () -> task.setBusinessStatus(make.concept()));
        make.perhaps(50, () -> task.addIdentifier(make.identifier()));
        make.perhaps(40, () -> task.setGroupIdentifier(make.identifier()));
        make.perhaps(50, () -> task.addPerformerType(make.concept()));
        add(task);
    }

    private void allergy(Reference patient) {
        var allergy = new AllergyIntolerance().setPatient(make.identified(patient));
        make.perhaps(80, () -> allergy.setCode(make.concept()));
        make.perhaps(60, () -> allergy.setRecordedDateElement(make.moment()));
        make.perhaps(60, () -> allergy.setLastOccurrenceElement(make.moment()));
        make.perhaps(50, () -> allergy.addCategory(AllergyIntolerance.AllergyIntoleranceCategory.MEDICATION));
        make.perhaps(50, () -> allergy.setCriticality(AllergyIntolerance.AllergyIntoleranceCriticality.LOW));
        make.perhaps(40, () -> allergy.setAsserter(dice.of(patient.copy(), logical())));
        for (int i = dice.below(3); i > 0; i--) {
            var reaction = allergy.addReaction().addManifestation(make.concept());
            make.perhaps(50, () -> reaction.setSubstance(make.concept()));
            make.perhaps(50, () -> reaction.setOnsetElement(make.moment()));
            make.perhaps(50, () -> reaction.setSeverity(AllergyIntolerance.AllergyIntoleranceSeverity.MILD));
        }
        add(allergy);
    }

    private void medication(Reference patient, Resource visit) {
        var medication = new MedicationStatement().setSubject(make.identified(patient));
        medication.setStatus(dice.of(
                MedicationStatement.MedicationStatementStatus.ACTIVE,
                MedicationStatement.MedicationStatementStatus.STOPPED));
        medication.setMedication(make.concept());
        make.perhaps(70, () -> medication.setEffective(dice.in100(50) ? make.moment() : make.period(true)));
        make.perhaps(50, () -> medication.setCategory(make.concept()));
        make.perhaps(50, () -> medication.setContext(to(visit)));
        make.perhaps(40, () -> medication.setInformationSource(patient.copy()));
        make.perhaps(30, () -> earlier(new Procedure()).map(RandomRecord::to).ifPresent(medication::addPartOf));
        add(medication);
    }

    /** One of the same type that is sent along already. */
    private Optional<Resource> earlier(Resource resource) {
        var earlier = sent.stream()
                .filter(other -> other.fhirType().equals(resource.fhirType()))
                .toList();
        return earlier.isEmpty() ? Optional.empty() : Optional.of(dice.of(earlier));
    }

    private Reference logical() {
        return new Reference().setIdentifier(make.identifier());
    }

    private static Reference to(Resource resource) {
        return new Reference(resource.getId());
    }

    private static Reference organization(String name) {
        return new Reference("Organization?identifier=https://tenderpoint.org/demo/organization|" + name);
    }

    private <T extends Resource> T add(T resource) {
        resource.setId("urn:uuid:" + new UUID(dice.below(Integer.MAX_VALUE), dice.below(Integer.MAX_VALUE)));
        resource.setMeta(new Meta().addTag(new Coding("urn:tenderpoint:oracle", mark, null)));
        sent.add(resource);
        return resource;
    }
}
