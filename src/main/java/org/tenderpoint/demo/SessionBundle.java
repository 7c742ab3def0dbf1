package org.tenderpoint.demo;

import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.AdverseEvent.AdverseEventActuality;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.tenderpoint.demo.Course.Technique;
import org.tenderpoint.demo.Course.Visit;

/** One visit as a clinic's system sends it: the encounter, what was found, done and felt, and the note. */
final class SessionBundle {

    private static final String EXTENSIONS = "https://tenderpoint.org/fhir/StructureDefinition/";
    private static final String EXAM = "exam";
    private static final String SURVEY = "survey";

    /** Talking and examining before the treatment; the first visit and reviews take longer. */
    private static final int MINUTES_BEFORE = 10;

    private static final int MINUTES_BEFORE_WITH_ASSESSMENT = 25;
    private static final int MINUTES_AFTER = 5;

    private final DemoBundle bundle = new DemoBundle();
    private final Course course;
    private final Visit visit;
    private final String name;
    private final ZonedDateTime start;
    private final ZonedDateTime handsOn;
    private final ZonedDateTime end;

    private SessionBundle(Course course, Visit visit, Days days) {
        this.course = course;
        this.visit = visit;
        this.name = name(course, visit);
        this.start = days.at(visit.day(), visit.time());
        this.handsOn =
                start.plusMinutes(visit.kind().equals("treatment") ? MINUTES_BEFORE : MINUTES_BEFORE_WITH_ASSESSMENT);
        var minutes =
                course.techniquesIn(visit).stream().mapToInt(Technique::minutes).sum();
        this.end = handsOn.plusMinutes(minutes + (long) MINUTES_AFTER);
    }

    /** What the identifiers of a visit begin with; the whole identifier of its Encounter. */
    static String name(Course course, Visit visit) {
        return course.key() + "-visit-" + (course.visits().indexOf(visit) + 1);
    }

    static Bundle of(Course course, Visit visit, Days days) {
        var making = new SessionBundle(course, visit, days);
        if (!visit.postponed().isEmpty()) {
            making.postponed();
            return making.bundle.bundle();
        }
        making.encounter();
        var findings = making.observations();
        var done = making.techniques();
        making.afterwards(done);
        making.note(findings, done);
        return making.bundle.bundle();
    }

    private void postponed() {
        bundle.add(
                visit(EncounterStatus.CANCELLED).addReasonCode(new CodeableConcept().setText(visit.postponed())), name);
    }

    private void encounter() {
        var encounter = visit(visit.draft() ? EncounterStatus.INPROGRESS : EncounterStatus.FINISHED);
        encounter.addParticipant().setIndividual(therapist());
        bundle.add(encounter, name);
    }

    private Encounter visit(EncounterStatus status) {
        var encounter = new Encounter()
                .setStatus(status)
                .setClass_(Codes.coding(Codes.HL7 + "v3-ActCode", "AMB"))
                .setSubject(patient())
                .addBasedOn(DemoBundle.to("ServiceRequest", course.key()))
                .setPeriod(period(start, end))
                .setServiceProvider(DemoBundle.to("Organization", course.clinic()));
        var type = encounter.addType().addCoding(Codes.coding(Codes.MASSAGE, visit.kind()));
        if (!visit.kind().equals("initial-assessment")) {
            type.addCoding(Codes.coding(Codes.SNOMED, "390906007", "Follow-up encounter"));
        }
        return encounter;
    }

    private List<Reference> observations() {
        var findings = new ArrayList<Reference>();
        var pain = visit.pain();
        findings.add(bundle.add(pain("pre", pain.get(0), start.plusMinutes(5)), name + "-pain-pre"));
        if (pain.size() > 1) {
            findings.add(bundle.add(pain("post", pain.get(1), end.minusMinutes(2)), name + "-pain-post"));
        }
        if (!visit.peg().isEmpty()) {
            findings.add(bundle.add(peg(), name + "-peg"));
        }
        visit.scores()
                .forEach((measure, value) -> findings.add(bundle.add(score(measure, value), name + "-" + measure)));
        if (!visit.work().isEmpty()) {
            findings.add(bundle.add(work(), name + "-work-status"));
        }
        if (!visit.analgesics().isEmpty()) {
            findings.add(bundle.add(analgesics(), name + "-analgesics"));
        }
        for (var finding : visit.findings()) {
            findings.add(bundle.add(finding(finding), name + "-" + finding.what() + "-" + finding.side()));
        }
        visit.motion()
                .forEach(motion -> findings.add(
                        bundle.add(motion(motion), name + "-rom-" + motion.joint() + "-" + motion.side())));
        visit.triggerPoints()
                .forEach(point -> findings.add(bundle.add(
                        triggerPoint(point), name + "-trigger-point-" + point.muscle() + "-" + point.side())));
        return findings;
    }

    private Observation pain(String phase, int points, ZonedDateTime time) {
        var code = Codes.concept("pain").addCoding(Codes.coding(Codes.SNOMED, "225908003", "Pain score"));
        return observation(code, SURVEY, phase, time).setValue(Measures.quantity("pain", points));
    }

    private Observation peg() {
        var peg = observation(Codes.concept("peg"), SURVEY, phase(), start)
                .setValue(Measures.quantity("peg", Measures.peg(visit.peg())));
        var items = List.of("peg-pain", "peg-enjoyment", "peg-activity");
        for (int i = 0; i < items.size(); i++) {
            peg.addComponent()
                    .setCode(Codes.concept(items.get(i)))
                    .setValue(Measures.quantity("peg", visit.peg().get(i)));
        }
        return peg;
    }

    private Observation score(String measure, BigDecimal value) {
        var phase = Measures.isFromDiary(measure) ? "diary" : phase();
        var measured = Measures.isMeasured(measure);
        var score = observation(Codes.concept(measure), measured ? EXAM : SURVEY, phase, start)
                .setValue(Measures.quantity(measure, value));
        if (measured) {
            score.setPerformer(List.of(therapist())).setBodySite(site("upper-arm", "left"));
        }
        if (Measures.isAboutMood(measure)) {
            score.getMeta().addSecurity(Codes.coding(Codes.HL7 + "v3-ActCode", "PSY"));
        }
        return score;
    }

    private Observation work() {
        return observation(Codes.local("work-status"), SURVEY, phase(), start).setValue(Codes.local(visit.work()));
    }

    private Observation analgesics() {
        return observation(Codes.concept("analgesic-use-change"), SURVEY, phase(), start)
                .setValue(new CodeableConcept().setText(visit.analgesics()));
    }

    private Observation motion(Course.Motion motion) {
        var joint = motion.joint().substring(0, motion.joint().indexOf('-'));
        var movement = motion.joint().substring(joint.length() + 1);
        var observation = observation(Codes.motion(motion.joint()), EXAM, phase(), start.plusMinutes(6))
                .setValue(Measures.quantity("rom", motion.degrees()))
                .setBodySite(Codes.concept(
                        joint.equals("lumbar") ? "lumbar-spine" : joint.equals("cervical") ? "neck" : joint))
                .setPerformer(List.of(therapist()));
        component(observation, "movement", Codes.concept(movement));
        component(observation, "side", Codes.concept(motion.side()));
        component(observation, "active-passive", Codes.local("active"));
        return observation;
    }

    private Observation finding(Course.Finding finding) {
        var observation = observation(Codes.concept(finding.what()), EXAM, phase(), start.plusMinutes(7))
                .setValue(new org.hl7.fhir.r4.model.BooleanType(true))
                .setBodySite(site(finding.site(), finding.side()))
                .setPerformer(List.of(therapist()));
        observation.getCode().setText(finding.text());
        return observation;
    }

    private Observation triggerPoint(Course.TriggerPoint point) {
        var observation = observation(Codes.local("trigger-point"), EXAM, "pre", start.plusMinutes(8))
                .setBodySite(Codes.concept(point.muscle()))
                .setMethod(Codes.of(Codes.SNOMED, "113011001").setText("Palpation"))
                .setPerformer(List.of(therapist()));
        component(observation, "side", Codes.concept(point.side()));
        component(observation, "state", Codes.local(point.active() ? "active-trigger-point" : "latent-trigger-point"));
        if (!point.zone().isEmpty()) {
            component(observation, "referral-zone", Codes.concept(point.zone()));
        }
        observation
                .addComponent()
                .setCode(Codes.local("reproduces-familiar-pain"))
                .setValue(new org.hl7.fhir.r4.model.BooleanType(point.active()));
        observation
                .addComponent()
                .setCode(Codes.of(Codes.SNOMED, "247348008").setText("Tenderness, 0-4"))
                .setValue(new org.hl7.fhir.r4.model.IntegerType(point.tenderness()));
        return observation;
    }

    private List<Reference> techniques() {
        var done = new ArrayList<Reference>();
        var from = handsOn;
        for (var technique : course.techniquesIn(visit)) {
            var to = from.plusMinutes(technique.minutes());
            done.add(bundle.add(technique(technique, from, to), name + "-technique-" + (done.size() + 1)));
            from = to;
        }
        return done;
    }

    private Procedure technique(Technique technique, ZonedDateTime from, ZonedDateTime to) {
        var code = Codes.of(Codes.SNOMED, "387854002");
        Codes.local(technique.what()).getCoding().forEach(code::addCoding);
        code.addCoding(Codes.coding(Codes.CPT, technique.cpt()));
        code.setText(technique.what().replace('-', ' '));
        var procedure = new Procedure()
                .setStatus(visit.draft() ? ProcedureStatus.INPROGRESS : ProcedureStatus.COMPLETED)
                .setCode(code)
                .setSubject(patient())
                .setEncounter(DemoBundle.to("Encounter", name))
                .addBasedOn(DemoBundle.to("ServiceRequest", course.key()))
                .setPerformed(period(from, to))
                .addReasonReference(DemoBundle.to("Condition", ReferralBundle.conditionName(course, 0)));
        procedure.addPerformer().setActor(therapist());
        if (!visit.draft()) {
            procedure.addExtension(EXTENSIONS + "technique-minutes", minutes(technique.minutes()));
        }
        if (technique.pressure() > 0) {
            procedure.addExtension(
                    EXTENSIONS + "pressure-level", new org.hl7.fhir.r4.model.IntegerType(technique.pressure()));
            procedure.addExtension(EXTENSIONS + "treatment-position", Codes.concept(technique.position()));
            procedure.addExtension(EXTENSIONS + "one-on-one", new org.hl7.fhir.r4.model.BooleanType(true));
        }
        if (!technique.site().isEmpty()) {
            procedure.addBodySite(site(technique.site(), technique.side()));
        }
        return procedure;
    }

    private void afterwards(List<Reference> done) {
        visit.medications()
                .forEach(drug -> bundle.add(
                        ReferralBundle.medication(drug, patient())
                                .setEffective(Days.dateTime(start))
                                .setContext(DemoBundle.to("Encounter", name)),
                        name + "-" + drug.name()));
        if (visit.relief() > 0) {
            var asked = end.plusHours(Math.max(24, visit.relief()));
            bundle.add(
                    observation(Codes.concept("relief-duration"), SURVEY, "24h", asked)
                            .setValue(Measures.quantity("relief-duration", visit.relief())),
                    name + "-relief");
        }
        if (visit.event() != null) {
            bundle.add(event(visit.event(), done.get(0)), name + "-event");
        }
    }

    private AdverseEvent event(Course.Event what, Reference suspect) {
        var noticed = Days.dateTime(end.plusHours(14));
        var event = new AdverseEvent()
                .setActuality(AdverseEventActuality.ACTUAL)
                .setEvent(Codes.concept(what.what()))
                .setSubject(patient())
                .setEncounter(DemoBundle.to("Encounter", name))
                .setDateElement(noticed)
                .setDetectedElement(noticed.copy())
                .setSeriousness(Codes.of(Codes.HL7 + "adverse-event-seriousness", "Non-serious"))
                .setSeverity(Codes.of(Codes.HL7 + "adverse-event-severity", what.severity()))
                .setOutcome(Codes.of(Codes.HL7 + "adverse-event-outcome", "resolved"))
                .setRecorder(therapist());
        event.getEvent().setText(what.text());
        if (what.what().equals("post-session-soreness")) {
            event.getEvent().addCoding(Codes.coding(Codes.SNOMED, "68962001", "Muscle pain"));
        }
        event.addSuspectEntity().setInstance(suspect.copy());
        return event;
    }

    private void note(List<Reference> findings, List<Reference> done) {
        bundle.add(
                SessionNote.of(visit, name, findings, done)
                        .setSubject(patient())
                        .setEncounter(DemoBundle.to("Encounter", name))
                        .setDateElement(Days.dateTime(visit.draft() ? start : end))
                        .addAuthor(therapist()),
                name + "-note");
    }

    private Observation observation(CodeableConcept code, String category, String phase, ZonedDateTime time) {
        var observation = new Observation()
                .setStatus(visit.draft() ? ObservationStatus.PRELIMINARY : ObservationStatus.FINAL)
                .setCode(code)
                .setSubject(patient())
                .setEncounter(DemoBundle.to("Encounter", name))
                .addBasedOn(DemoBundle.to("ServiceRequest", course.key()))
                .setEffective(Days.dateTime(time))
                .addPerformer(patient());
        observation.addCategory(Codes.of(Codes.HL7 + "observation-category", category));
        observation.addExtension(EXTENSIONS + "session-phase", new org.hl7.fhir.r4.model.CodeType(phase));
        return observation;
    }

    private static void component(Observation observation, String local, CodeableConcept value) {
        observation.addComponent().setCode(Codes.local(local)).setValue(value);
    }

    private static CodeableConcept site(String site, String side) {
        var concept = Codes.concept(site);
        concept.addExtension(EXTENSIONS + "side", Codes.concept(side));
        return concept;
    }

    private String phase() {
        return switch (visit.kind()) {
            case "initial-assessment" -> "intake";
            case "visit-reassessment" -> "reassessment";
            case "visit-discharge" -> "discharge";
            default -> "pre";
        };
    }

    private Period period(ZonedDateTime from, ZonedDateTime to) {
        var period = new Period().setStartElement(Days.dateTime(from));
        return visit.draft() ? period : period.setEndElement(Days.dateTime(to));
    }

    private static Quantity minutes(int minutes) {
        return new Quantity()
                .setValue(minutes)
                .setUnit("min")
                .setSystem(Codes.UCUM)
                .setCode("min");
    }

    private Reference patient() {
        return DemoBundle.to("Patient", course.key());
    }

    private Reference therapist() {
        return DemoBundle.to("Practitioner", course.therapist());
    }
}
