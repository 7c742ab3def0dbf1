package org.tenderpoint.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.MonthDay;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;

/** A referral as a physician's EHR sends it: the patient, the diagnoses, the drugs, the cover, the order, the task. */
final class ReferralBundle {

    static final String BUSINESS_STATUS = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS";

    private static final String MORNING = "09:30";

    private final DemoBundle bundle = new DemoBundle();
    private final Course course;
    private final Days days;

    private ReferralBundle(Course course, Days days) {
        this.course = course;
        this.days = days;
    }

    static Bundle of(Course course, Days days) {
        var making = new ReferralBundle(course, days);
        making.patient();
        for (int i = 0; i < course.conditions().size(); i++) {
            making.condition(i);
        }
        for (int i = 0; i < course.medications().size(); i++) {
            making.bundle.add(making.medication(i), course.key() + "-" + (i + 1));
        }
        making.coverage();
        if (!course.letter().isEmpty()) {
            making.bundle.add(Letter.of(course, days), course.key() + "-letter");
        }
        making.order();
        making.task();
        return making.bundle.bundle();
    }

    private void patient() {
        var who = course.patient();
        var patient = new Patient().setActive(true).setGender(AdministrativeGender.fromCode(who.gender()));
        patient.addIdentifier(DemoBundle.identifier("Patient", course.key()).setType(identifierType("MR")));
        patient.addIdentifier(new Identifier()
                .setType(identifierType("MB"))
                .setSystem(DemoBundle.IDENTIFIERS + "member")
                .setValue(course.coverage().member())
                .setAssigner(DemoBundle.to("Organization", course.insurer())));
        patient.addName().setFamily(who.family()).addGiven(who.given());
        patient.setBirthDateElement(new DateType(born().toString()));
        patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("+1 206 555 0100");
        patient.addAddress()
                .addLine("1 Example Street")
                .setCity(who.city())
                .setState("WA")
                .setCountry("US");
        patient.addGeneralPractitioner(DemoBundle.to("Practitioner", course.physician()));
        bundle.add(patient, course.key());
    }

    private LocalDate born() {
        var birthday = MonthDay.parse("--" + course.patient().birthday());
        var lastBirthday = birthday.atYear(days.firstVisit().getYear());
        var thisYear = lastBirthday.isAfter(days.firstVisit()) ? 1 : 0;
        return lastBirthday.minusYears(course.patient().age() + (long) thisYear);
    }

    private void condition(int index) {
        var diagnosis = course.conditions().get(index);
        var code = new CodeableConcept().setText(diagnosis.text());
        code.addCoding(Codes.coding(Codes.ICD10CM, diagnosis.icd()));
        if (!diagnosis.snomed().isEmpty()) {
            code.addCoding(Codes.coding(Codes.SNOMED, diagnosis.snomed()));
        }
        var condition = new Condition()
                .setCode(code)
                .setSubject(patientReference())
                .setClinicalStatus(Codes.of(Codes.HL7 + "condition-clinical", "active"))
                .setVerificationStatus(Codes.of(Codes.HL7 + "condition-ver-status", "confirmed"))
                .setOnset(days.wholeDay(diagnosis.onsetDay()))
                .setAsserter(DemoBundle.to("Practitioner", course.physician()));
        condition.addCategory(Codes.of(Codes.HL7 + "condition-category", "problem-list-item"));
        bundle.add(condition, conditionName(index));
    }

    private MedicationStatement medication(int index) {
        var drug = course.medications().get(index);
        return medication(drug, patientReference())
                .setEffective(new Period()
                        .setStartElement(Days.dateTime(days.at(course.order().day(), MORNING))));
    }

    static MedicationStatement medication(Course.Drug drug, Reference patient) {
        var medication = new MedicationStatement()
                .setStatus(MedicationStatementStatus.ACTIVE)
                .setMedication(Codes.of(Codes.RXNORM, drug.rxnorm()).setText(drug.name()))
                .setSubject(patient);
        medication.addDosage().setText(drug.dosage());
        return medication;
    }

    private void coverage() {
        var cover = course.coverage();
        var coverage = new Coverage()
                .setStatus(CoverageStatus.ACTIVE)
                .setType(Codes.of(Codes.HL7 + "v3-ActCode", cover.type()))
                .setSubscriberId(cover.member())
                .setSubscriber(patientReference())
                .setBeneficiary(patientReference())
                .setRelationship(Codes.of(Codes.HL7 + "subscriber-relationship", "self"))
                .setPeriod(new Period()
                        .setStartElement(days.wholeDay(course.order().day() - 30)))
                .addPayor(DemoBundle.to("Organization", course.insurer()));
        if (!cover.claim().isEmpty()) {
            coverage.addIdentifier()
                    .setSystem(DemoBundle.IDENTIFIERS + "claim-number")
                    .setValue(cover.claim());
        }
        if (!cover.employer().isEmpty()) {
            coverage.setPolicyHolder(DemoBundle.to("Organization", cover.employer()));
        }
        bundle.add(coverage, course.key());
    }

    private void order() {
        var order = course.order();
        var referrer = DemoBundle.to("Organization", course.referrer());
        var request = new ServiceRequest()
                .setStatus(ServiceRequestStatus.ACTIVE)
                .setIntent(ServiceRequestIntent.ORDER)
                .setCode(Codes.of(Codes.SNOMED, "103700007").setText("Referral for massage therapy"))
                .setSubject(patientReference())
                .setQuantity(visits(order.visits()))
                .setOccurrence(timing(order))
                .setAuthoredOnElement(Days.dateTime(days.at(order.day(), MORNING)))
                .setRequester(DemoBundle.to("PractitionerRole", course.physician()))
                .addPerformer(DemoBundle.to("Organization", course.clinic()))
                .addInsurance(DemoBundle.to("Coverage", course.key()));
        request.addCategory(new CodeableConcept().addCoding(Codes.coding(Codes.SNOMED, "3457005", "Patient referral")));
        for (int i = 0; i < course.conditions().size(); i++) {
            request.addReasonReference(DemoBundle.to("Condition", conditionName(i)));
        }
        if (!course.letter().isEmpty()) {
            request.addReasonCode(new CodeableConcept().setText("As the attached letter says"));
            request.addSupportingInfo(DemoBundle.to("DocumentReference", course.key() + "-letter"));
        }
        order.report().forEach(topic -> request.addOrderDetail(Codes.local(topic)));
        request.addNote().setText(order.text());
        request.addIdentifier(DemoBundle.identifier("ServiceRequest", course.key())
                .setType(identifierType("PLAC"))
                .setAssigner(referrer.copy()));
        bundle.add(request, course.key());
    }

    private static Quantity visits(int number) {
        return new Quantity()
                .setValue(BigDecimal.valueOf(number))
                .setUnit("visits")
                .setSystem(Codes.UCUM)
                .setCode("{visits}");
    }

    private Timing timing(Course.Order order) {
        var bounds = new Period()
                .setStartElement(days.wholeDay(order.day()))
                .setEndElement(days.wholeDay(order.weeks() * 7));
        return new Timing()
                .setRepeat(new Timing.TimingRepeatComponent()
                        .setCount(order.visits())
                        .setBounds(bounds));
    }

    private void task() {
        var sent = Days.dateTime(days.at(course.order().day(), MORNING));
        var task = new Task()
                .setStatus(TaskStatus.REQUESTED)
                .setBusinessStatus(Codes.of(BUSINESS_STATUS, "2.0"))
                .setIntent(TaskIntent.ORDER)
                .setCode(Codes.of("http://hl7.org/fhir/CodeSystem/task-code", "fulfill"))
                .setFocus(DemoBundle.to("ServiceRequest", course.key()))
                .setFor(patientReference())
                .setAuthoredOnElement(sent)
                .setLastModifiedElement(sent.copy())
                .setRequester(DemoBundle.to("Organization", course.referrer()))
                .setOwner(DemoBundle.to("Organization", course.clinic()));
        bundle.add(task, course.key());
    }

    private Reference patientReference() {
        return DemoBundle.to("Patient", course.key());
    }

    private String conditionName(int index) {
        return conditionName(course, index);
    }

    static String conditionName(Course course, int index) {
        return course.key() + "-" + (index + 1);
    }

    private static CodeableConcept identifierType(String code) {
        return Codes.of(Codes.HL7 + "v2-0203", code);
    }
}
