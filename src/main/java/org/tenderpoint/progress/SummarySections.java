package org.tenderpoint.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.progress.ProgressSummary.Cited;
import org.tenderpoint.progress.ProgressSummary.Diagnosis;
import org.tenderpoint.progress.ProgressSummary.GoalState;

/**
 * Sections that stand alike in everything a clinic writes about one referral: the progress summary and the letters.
 * What a section cites goes into the document with it.
 */
public final class SummarySections {

    // The BSeR feedback profile fixes this address as the system of its section codes, not the one of its CodeSystem.
    private static final Coding REFERRAL_FEEDBACK =
            new Coding("http://hl7.org/fhir/us/bser/ImplementationGuide/hl7.fhir.us.bser", "RSRFS", null);

    private final ProgressSummary summary;
    private final PatientRecord record;
    private final Directory directory;
    private final SummaryDocument document;

    /** @param document to which the sections are added */
    public SummarySections(
            ProgressSummary summary, PatientRecord record, Directory directory, SummaryDocument document) {
        this.summary = summary;
        this.record = record;
        this.directory = directory;
        this.document = document;
    }

    /** The patient, as the document's subject. */
    public Reference subject() {
        return cite(summary.patient().source());
    }

    /** The therapist, with where she works, as the document's author. */
    public Reference author() {
        var therapist = summary.contact().therapist();
        if (therapist == null) {
            return new Reference().setDisplay("Therapist not recorded");
        }
        var reference = new Reference(therapist.reference());
        directory.behind(reference).forEach(document::include);
        return reference.setDisplay(therapist.name());
    }

    /** Whom it is about, and what was asked. */
    public void referral() {
        var referral = summary.referral();
        var text = new SectionText().say(patient());
        text.say(String.join(
                ", ",
                Stream.of(
                                "Referred " + Words.day(referral.signed()),
                                referral.number() == null ? "" : "number " + referral.number(),
                                referral.requester() == null
                                        ? ""
                                        : "by " + referral.requester().text())
                        .filter(part -> !part.isEmpty())
                        .toList()));
        text.sayIfAny(referral.question());
        text.list(summary.diagnoses().stream().map(SummarySections::line).toList());
        var sources = Stream.concat(
                Stream.of(referral.source()), summary.diagnoses().stream().map(Diagnosis::source));
        var section = document.section(
                "Patient and referral", SummaryDocument.loinc("42349-1", "Reason for referral"), text, found(sources));
        section.getCode().addCoding(REFERRAL_FEEDBACK);
        section.setFocus(cite(referral.source()));
        if (referral.requester() != null) {
            directory.behind(new Reference(referral.requester().reference())).forEach(document::include);
        }
    }

    private String patient() {
        var patient = summary.patient();
        return patient.name()
                + (patient.born() == null ? "" : ", born " + Words.day(patient.born()))
                + patient.identifiers().stream().map(number -> ", " + number).collect(Collectors.joining());
    }

    /** {@code Low back pain (M54.50), since 2025-06-01}. */
    public static String line(Diagnosis diagnosis) {
        return diagnosis.text()
                + (diagnosis.code() == null ? "" : " (" + diagnosis.code() + ")")
                + (diagnosis.onset() == null ? "" : ", since " + diagnosis.onset())
                + (diagnosis.threeMonthsOrLonger() ? ", three months or longer before the referral" : "");
    }

    /** What screening found, what happened, and what the plan rules out. */
    public void safety() {
        var safety = summary.safety();
        var text = new SectionText();
        if (safety.adverseEvents().isEmpty()) {
            text.say("No adverse events recorded.");
        }
        text.list(Stream.of(
                        safety.adverseEvents().stream().map(Cited::text),
                        safety.warnings().stream().map(Cited::text),
                        safety.precautions().stream())
                .flatMap(lines -> lines)
                .toList());
        document.section(
                "Safety",
                new Coding(Words.MASSAGE, "safety-summary", "Safety"),
                text,
                found(Stream.concat(safety.adverseEvents().stream(), safety.warnings().stream())
                        .map(Cited::source)));
    }

    /** What is aimed at. */
    public void goals() {
        document.section(
                "Goals",
                SummaryDocument.loinc("61146-7", "Goals Narrative"),
                new SectionText()
                        .table(
                                List.of("Goal", "Target", "Due", "Latest value", "Attainment"),
                                summary.goals().stream()
                                        .map(goal -> List.of(
                                                goal.text(),
                                                goal.target(),
                                                Words.day(goal.due()),
                                                goal.latest() == null ? "" : Words.number(goal.latest()),
                                                goal.attainment()))
                                        .toList()),
                found(summary.goals().stream().map(GoalState::source)));
    }

    /** What the patient does alone. */
    public void home() {
        var home = summary.home();
        var text = new SectionText().list(home.exercises());
        if (!home.adherence().isEmpty()) {
            text.say("Home exercises: " + home.adherence() + ".");
        }
        document.section(
                "Home programme", new Coding(Words.MASSAGE, "home-programme", "Home programme"), text, List.of());
    }

    /** What comes next, and who answers questions. */
    public void contact() {
        var contact = summary.contact();
        var next = new ArrayList<String>();
        if (contact.nextVisit() != null) {
            next.add("Next visit " + Words.day(contact.nextVisit()) + ".");
        }
        if (contact.reassessment() != null) {
            next.add("Reassessment by " + Words.day(contact.reassessment()) + ", when the next goal is due.");
        }
        var text = new SectionText().sayIfAny(String.join(" ", next));
        text.say((contact.therapist() == null
                        ? "Therapist not recorded"
                        : "Therapist: " + contact.therapist().text())
                + (contact.phone() == null ? "." : ". Call " + contact.phone() + "."));
        text.say("The notes of the visits are in the record: Composition?patient="
                + summary.patient().source() + "&type=11506-3");
        document.section(
                "Next, and whom to call",
                new Coding(Words.MASSAGE, "contact", "Next steps and contact"),
                text,
                List.of());
    }

    /** What of the record a section cites. */
    public List<Resource> found(Stream<String> references) {
        return references.flatMap(reference -> record.find(reference).stream()).toList();
    }

    private Reference cite(String reference) {
        return record.find(reference).map(document::include).orElseGet(() -> new Reference(reference));
    }
}
