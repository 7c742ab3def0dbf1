package org.tenderpoint.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Age;
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
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The record of a few patients, with everything in it that makes a search interesting: codes that are equal in two systems
 * or have none, dates of every precision, open periods, names with accents, texts with the characters that separate values.
 */
final class RandomRecord {

    static final String PLACER = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final List<String> SYSTEMS =
            List.of("https://one.example.org/codes", "https://two.example.org/codes", "urn:oid:1.2.3");
    private static final List<String> CODES =
            List.of("8480-6", "8462-4", "A", "a", "x,y", "x|y", "x$y", "x\\y", "12 3");
    private static final List<String> TEXTS =
            List.of("better", "Better after rest", "worse, by far", "M\u00fcde", "50% $ | \\", "\u00c9lan", "(none)");
    private static final List<String> FAMILIES = List.of(
            "M\u00fcller", "Muller", "mulligan", "Smith, Jr", "D'Angelo", "\u00c5str\u00f6m", "Gro\u00df", "Ma", "Mu");
    private static final List<String> GIVEN =
            List.of("Ren\u00e9e", "Rene", "Asta", "asta-maria", "Jos\u00e9 Luis", "A_B", "A%B");

    private final Dice dice;
    private final String mark;
    private final List<Resource> sent = new ArrayList<>();

    /**
     * @param mark a tag on every resource, which tells this record from all others in the chart
     */
    RandomRecord(Dice dice, String mark) {
        this.dice = dice;
        this.mark = mark;
    }

    /** What a referrer sends: a patient, a reason, an order and its Task. */
    List<Resource> referral() {
        sent.clear();
        var patient = patient();
        var reason = condition(patient);
        reason.setCode(concept());
        var order = order(patient, reason);
        var task = new Task();
        task.setStatus(Task.TaskStatus.REQUESTED).setIntent(Task.TaskIntent.ORDER);
        task.setCode(new CodeableConcept(new Coding("http://hl7.org/fhir/CodeSystem/task-code", "fulfill", null)));
        task.setFocus(to(order)).setFor(to(patient));
        task.setRequester(organization("north-family-medicine")).setOwner(organization("north-massage-clinic"));
        perhaps(80, () -> task.setAuthoredOnElement(moment()));
        perhaps(40, () -> task.setPriority(dice.of(Task.TaskPriority.ROUTINE, Task.TaskPriority.URGENT)));
        add(task);
        return List.copyOf(sent);
    }

    /** What a clinic writes about a patient, who is sent along where the clinic registered them. */
    List<Resource> course(@Nullable String registered) {
        sent.clear();
        var patient = registered == null ? to(patient()) : new Reference(registered);
        var visits = new ArrayList<Resource>();
        for (int i = 0; i < 3; i++) {
            visits.add(visit(patient));
        }
        for (int i = 0; i < 8; i++) {
            observation(patient, dice.of(visits));
        }
        for (int i = 0; i < 3; i++) {
            condition(patient, dice.of(visits));
            procedure(patient, dice.of(visits));
        }
        for (int i = 0; i < 2; i++) {
            task(patient, dice.of(visits));
        }
        return List.copyOf(sent);
    }

    private Patient patient() {
        var patient = new Patient();
        perhaps(90, () -> patient.addName(name()));
        perhaps(30, () -> patient.addName(name()));
        perhaps(
                90,
                () -> patient.setBirthDateElement(
                        new DateType(dice.of("1971", "1971-05", "1971-05-04", "2003-12-31"))));
        perhaps(80, () -> patient.setGender(dice.of(AdministrativeGender.FEMALE, AdministrativeGender.OTHER)));
        perhaps(70, () -> patient.setActive(dice.in100(70)));
        perhaps(20, () -> patient.setDeceased(dice.in100(50) ? moment() : new BooleanType(dice.in100(50))));
        perhaps(80, () -> patient.addIdentifier(identifier()));
        perhaps(
                50,
                () -> patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(dice.of("+1-555-0100", "555")));
        perhaps(
                40,
                () -> patient.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue("asta@example.org"));
        perhaps(60, () -> patient.addAddress()
                .addLine(dice.of("Main St 1", "main street"))
                .setCity(dice.of("Portland", "Port\u00f3"))
                .setPostalCode(dice.of("97201", "972"))
                .setCountry("US"));
        return add(patient);
    }

    private HumanName name() {
        var name = new HumanName();
        perhaps(85, () -> name.setFamily(dice.of(FAMILIES)));
        dice.some(GIVEN, 2).forEach(name::addGiven);
        perhaps(20, () -> name.addPrefix("Dr."));
        perhaps(20, () -> name.setText(dice.of(GIVEN) + " " + dice.of(FAMILIES)));
        return name;
    }

    private ServiceRequest order(Patient patient, Condition reason) {
        var order = new ServiceRequest();
        order.setStatus(
                dice.of(ServiceRequest.ServiceRequestStatus.ACTIVE, ServiceRequest.ServiceRequestStatus.ONHOLD));
        order.setIntent(ServiceRequest.ServiceRequestIntent.ORDER)
                .setCode(concept())
                .setSubject(to(patient));
        order.addIdentifier()
                .setType(new CodeableConcept(new Coding(PLACER, "PLAC", null)))
                .setSystem("https://ehr.example.org/order")
                .setValue(UUID.nameUUIDFromBytes((mark + sent.size() + dice.below(1_000_000_000))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString());
        order.setRequester(organization("north-family-medicine")).addPerformer(organization("north-massage-clinic"));
        order.addReasonReference(to(reason));
        perhaps(80, () -> order.setAuthoredOnElement(moment()));
        perhaps(60, () -> order.setOccurrence(dice.in100(50) ? moment() : period(true)));
        perhaps(50, () -> order.addCategory(concept()));
        perhaps(50, () -> order.addBodySite(concept()));
        perhaps(40, () -> order.addInstantiatesUri(uri()));
        perhaps(
                40,
                () -> order.setPriority(dice.of(
                        ServiceRequest.ServiceRequestPriority.ASAP, ServiceRequest.ServiceRequestPriority.STAT)));
        return add(order);
    }

    private Encounter visit(Reference patient) {
        var visit = new Encounter();
        visit.setStatus(dice.of(EncounterStatus.FINISHED, EncounterStatus.INPROGRESS, EncounterStatus.CANCELLED));
        visit.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", dice.of("AMB", "HH"), null));
        visit.setSubject(patient);
        var day = dice.of("2026-03-09", "2026-03-10", "2025-12-31", "2026-01-01");
        visit.setPeriod(new Period()
                .setStartElement(new DateTimeType(dice.of(day, day + "T10:00:00Z", day + "T23:30:00-01:00"))));
        perhaps(70, () -> visit.getPeriod().setEndElement(new DateTimeType(day + "T23:59:00-02:00")));
        perhaps(60, () -> visit.addType(concept()));
        perhaps(60, () -> visit.addReasonCode(concept()));
        perhaps(60, () -> visit.addIdentifier(identifier()));
        return add(visit);
    }

    private void observation(Reference patient, Resource visit) {
        var observation = new Observation();
        observation.setStatus(
                dice.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.PRELIMINARY));
        observation.setCode(concept()).setSubject(patient);
        perhaps(70, () -> observation.setEncounter(to(visit)));
        perhaps(30, () -> observation.addPerformer(patient));
        perhaps(90, () -> observation.setEffective(dice.in100(60) ? moment() : period(true)));
        perhaps(80, () -> observation.setValue(value()));
        perhaps(50, () -> observation.addCategory(concept()));
        perhaps(30, () -> observation.addCategory(concept()));
        perhaps(40, () -> observation.addIdentifier(identifier()));
        perhaps(30, () -> observation.setMethod(concept()));
        for (int i = dice.below(6); i > 3; i--) {
            var component = observation.addComponent().setCode(concept());
            perhaps(80, () -> component.setValue(dice.in100(70) ? quantity() : concept()));
        }
        perhaps(20, () -> observation.setDataAbsentReason(concept()));
        add(observation);
    }

    private Condition condition(Patient patient) {
        return add(diagnosis(to(patient)));
    }

    private void condition(Reference patient, Resource visit) {
        var condition = diagnosis(patient);
        perhaps(60, () -> condition.setEncounter(to(visit)));
        add(condition);
    }

    private Condition diagnosis(Reference patient) {
        var condition = new Condition().setSubject(patient);
        perhaps(85, () -> condition.setCode(concept()));
        perhaps(60, () -> condition.addCategory(concept()));
        perhaps(
                70,
                () -> condition.setClinicalStatus(new CodeableConcept(new Coding(
                        "http://terminology.hl7.org/CodeSystem/condition-clinical",
                        dice.of("active", "resolved"),
                        null))));
        perhaps(80, () -> condition.setOnset(onset()));
        perhaps(50, () -> condition.setRecordedDateElement(moment()));
        perhaps(40, () -> condition.setSeverity(concept()));
        perhaps(40, () -> condition.addBodySite(concept()));
        return condition;
    }

    private Type onset() {
        return switch (dice.below(4)) {
            case 0 -> period(true);
            case 1 -> new StringType(dice.of(TEXTS));
            case 2 -> {
                var age = new Age();
                age.setValue(dice.of(30, 42, 55)).setSystem(UCUM).setCode("a").setUnit("years");
                yield age;
            }
            default -> moment();
        };
    }

    private void procedure(Reference patient, Resource visit) {
        var procedure = new Procedure();
        procedure.setStatus(dice.of(ProcedureStatus.COMPLETED, ProcedureStatus.INPROGRESS, ProcedureStatus.STOPPED));
        procedure.setSubject(patient).setCode(concept());
        perhaps(70, () -> procedure.setEncounter(to(visit)));
        perhaps(80, () -> procedure.setPerformed(dice.in100(40) ? moment() : period(true)));
        perhaps(50, () -> procedure.setCategory(concept()));
        perhaps(50, () -> procedure.addReasonCode(concept()));
        perhaps(50, () -> procedure.addIdentifier(identifier()));
        perhaps(40, () -> procedure.addInstantiatesUri(uri()));
        add(procedure);
    }

    private void task(Reference patient, Resource visit) {
        var task = new Task();
        task.setStatus(dice.of(Task.TaskStatus.DRAFT, Task.TaskStatus.READY, Task.TaskStatus.INPROGRESS));
        task.setIntent(dice.of(Task.TaskIntent.ORDER, Task.TaskIntent.PLAN))
                .setFor(patient)
                .setCode(concept());
        perhaps(60, () -> task.setFocus(to(visit)));
        perhaps(60, () -> task.setEncounter(to(visit)));
        perhaps(60, () -> task.setAuthoredOnElement(moment()));
        perhaps(50, () -> task.setLastModifiedElement(moment()));
        perhaps(50, () -> task.setExecutionPeriod(period(true)));
        perhaps(60, () -> task.setBusinessStatus(concept()));
        perhaps(50, () -> task.addIdentifier(identifier()));
        perhaps(40, () -> task.setGroupIdentifier(identifier()));
        perhaps(50, () -> task.addPerformerType(concept()));
        add(task);
    }

    private CodeableConcept concept() {
        var concept = new CodeableConcept();
        concept.setText(dice.of(TEXTS));
        for (int i = dice.below(10) < 7 ? 1 : 2; i > 0; i--) {
            var coding = concept.addCoding().setCode(dice.of(CODES));
            perhaps(80, () -> coding.setSystem(dice.of(SYSTEMS)));
        }
        return concept;
    }

    private Identifier identifier() {
        var identifier = new Identifier().setValue(dice.of("N-1", "N-2", "n-1", "7|8", "7,8"));
        perhaps(75, () -> identifier.setSystem(dice.of("https://clinic.example.org/n", "urn:oid:1.2.3")));
        perhaps(50, () -> identifier.setType(new CodeableConcept(new Coding(PLACER, dice.of("MR", "VN"), null))));
        return identifier;
    }

    private String uri() {
        return dice.of(
                "https://example.org/protocol/a",
                "https://example.org/protocol",
                "urn:uuid:53fefa32-1111-2222-3333-444455556666");
    }

    private Type value() {
        return switch (dice.below(6)) {
            case 0 -> concept();
            case 1 -> new StringType(dice.of(TEXTS));
            case 2 -> moment();
            default -> quantity();
        };
    }

    private Quantity quantity() {
        var quantity = new Quantity()
                .setValue(new BigDecimal(
                        dice.of("5", "5.0", "5.4", "5.35", "5.45", "-5", "100", "99.5", "100.5", "0", "0.001", "120")));
        quantity.setSystem(UCUM).setCode(dice.of("mm", "mm[Hg]", "{score}", "cm"));
        perhaps(60, () -> quantity.setUnit(dice.of("mm", "mmHg", "points")));
        return quantity;
    }

    private DateTimeType moment() {
        return new DateTimeType(dice.of(RandomSearch.MOMENTS));
    }

    private Period period(boolean mayBeOpen) {
        var period = new Period();
        var start = dice.of("2025", "2025-12", "2025-12-31", "2026-01-01T00:00:00Z", "2026-03-01T10:00:00+02:00");
        var end = dice.of("2026-03-09", "2026-03", "2026", "2026-03-09T11:00:00Z", "2027-01-01T00:00:00.000Z");
        perhaps(mayBeOpen ? 80 : 100, () -> period.setStartElement(new DateTimeType(start)));
        if (!period.hasStart() || dice.in100(75)) {
            period.setEndElement(new DateTimeType(end));
        }
        return period;
    }

    private static Reference to(Resource resource) {
        return new Reference(resource.getId());
    }

    private static Reference organization(String name) {
        return new Reference("Organization?identifier=https://tenderpoint.org/demo/organization|" + name);
    }

    private void perhaps(int percent, Runnable act) {
        if (dice.in100(percent)) {
            act.run();
        }
    }

    private <T extends Resource> T add(T resource) {
        resource.setId("urn:uuid:" + new UUID(dice.below(Integer.MAX_VALUE), dice.below(Integer.MAX_VALUE)));
        resource.setMeta(new Meta().addTag(new Coding("urn:tenderpoint:oracle", mark, null)));
        sent.add(resource);
        return resource;
    }
}
