package org.tenderpoint.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.progress.ProgressSummary.Cited;
import org.tenderpoint.progress.ProgressSummary.Diagnosis;
import org.tenderpoint.progress.ProgressSummary.GoalState;

/**
 * A progress summary as a FHIR document: what was asked, the answer, then what it rests on. It keeps to the BSeR referral feedback,
 * whose one required section points at the referral.
 */
final class ProgressDocument {

    // The BSeR feedback profile fixes this address as the system of its section codes, not the one of its CodeSystem.
    private static final Coding REFERRAL_FEEDBACK =
            new Coding("http://hl7.org/fhir/us/bser/ImplementationGuide/hl7.fhir.us.bser", "RSRFS", null);

    /** What stands above a page that nobody has signed. */
    static final String UNSIGNED = "Draft: generated from the record, read and signed by nobody.";

    private final ProgressSummary summary;
    private final PatientRecord record;
    private final Directory directory;
    private final SummaryDocument document;

    private ProgressDocument(ProgressSummary summary, PatientRecord record, Directory directory, String base) {
        this.summary = summary;
        this.record = record;
        this.directory = directory;
        this.document = new SummaryDocument(
                base,
                "11488-4",
                "Consult note",
                "Progress summary of massage therapy",
                "progress " + summary.referral().source());
    }

    /**
     * Writes the document.
     *
     * @param base address of the FHIR server
     */
    static SummaryDocument write(ProgressSummary summary, PatientRecord record, Directory directory, String base) {
        return new ProgressDocument(summary, record, directory, base).write();
    }

    private SummaryDocument write() {
        head();
        referral();
        bottomLine();
        ask();
        safety();
        visits();
        plan();
        techniques();
        outcomes();
        findings();
        sessions();
        goals();
        medications();
        home();
        contact();
        var sources = new ArrayList<>(record.versions());
        sources.add("as of " + summary.days().asOf());
        if (summary.days().from() != null) {
            sources.add("from " + summary.days().from());
        }
        return document.drawnFrom(sources, record.lastChanged());
    }

    private void head() {
        var composition = document.composition();
        composition.setSubject(cite(summary.patient().source()));
        composition.addAuthor(author());
        var first = Objects.requireNonNullElse(
                summary.days().from(),
                Objects.requireNonNullElse(
                        summary.visits().first(),
                        Objects.requireNonNullElse(
                                summary.referral().signed(), summary.days().asOf())));
        var period = new Period();
        period.setStartElement(new DateTimeType(first.toString()));
        period.setEndElement(new DateTimeType(summary.days().asOf().toString()));
        composition.addEvent().setPeriod(period);
    }

    private Reference author() {
        var therapist = summary.contact().therapist();
        if (therapist == null) {
            return new Reference().setDisplay("Therapist not recorded");
        }
        var reference = new Reference(therapist.reference());
        directory.behind(reference).forEach(document::include);
        return reference.setDisplay(therapist.name());
    }

    private void referral() {
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
        text.list(summary.diagnoses().stream().map(ProgressDocument::line).toList());
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

    private static String line(Diagnosis diagnosis) {
        return diagnosis.text()
                + (diagnosis.code() == null ? "" : " (" + diagnosis.code() + ")")
                + (diagnosis.onset() == null ? "" : ", since " + diagnosis.onset())
                + (diagnosis.threeMonthsOrLonger() ? ", three months or longer before the referral" : "");
    }

    private void bottomLine() {
        document.section(
                "Bottom line",
                SummaryDocument.loinc("51848-0", "Evaluation note"),
                new SectionText().state(summary.bottomLine().sentence()),
                List.of());
    }

    private void ask() {
        var ask = summary.ask();
        document.section(
                "Asked of you",
                new Coding(Words.MASSAGE, "recommendations", "Recommendations"),
                new SectionText()
                        .say((ask.isGenerated() ? "Request, generated from the numbers: " : "Request: ") + ask.text()),
                ask.source() == null ? List.of() : found(Stream.of(ask.source())));
    }

    private void safety() {
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

    private void visits() {
        var visits = summary.visits();
        var text = new ArrayList<String>();
        text.add(visits.text() + ", " + visits.missed() + " missed.");
        if (visits.first() != null && visits.last() != null) {
            text.add("First visit " + Words.day(visits.first()) + ", last visit " + Words.day(visits.last()) + ".");
        }
        document.section(
                "Visits",
                new Coding(Words.MASSAGE, "visits", "Visits"),
                new SectionText().say(String.join(" ", text)),
                List.of());
    }

    private void plan() {
        var text = new SectionText();
        var plan = summary.plan();
        if (plan != null) {
            text.sayIfAny(plan.text());
            var lines = String.join("; ", plan.activities());
            var ends = plan.ends() == null ? "" : "The plan ends " + Words.day(plan.ends()) + ".";
            text.sayIfAny((lines.isEmpty() ? ends : lines + ". " + ends).trim());
        }
        document.section(
                "Plan of care",
                SummaryDocument.loinc("18776-5", "Plan of care note"),
                text,
                plan == null ? List.of() : found(Stream.of(plan.source())));
    }

    private void techniques() {
        document.section(
                "Techniques used",
                SummaryDocument.loinc("62387-6", "Interventions Narrative"),
                new SectionText()
                        .list(summary.techniques().stream()
                                .map(use -> "%s%s: %d minutes in %s"
                                        .formatted(
                                                use.technique(),
                                                use.region().isEmpty() ? "" : ", " + use.region(),
                                                use.minutes(),
                                                Words.count(use.sessions(), "visit")))
                                .toList()),
                List.of());
    }

    private void outcomes() {
        var section = document.section(
                "Pain and function",
                SummaryDocument.loinc("47420-5", "Functional status assessment note"),
                TrendTable.write(new SectionText(), summary.outcomes()).charts(summary.charts()),
                found(sources(summary.outcomes())));
        section.getCode().addCoding(new Coding(Words.MASSAGE, "pain-trend", null));
        if (section.getEntry().isEmpty()) {
            section.setEmptyReason(new CodeableConcept(new Coding(
                    "http://terminology.hl7.org/CodeSystem/list-empty-reason", "unavailable", "Unavailable")));
        }
    }

    private void findings() {
        var counts = summary.findingCounts().stream()
                .map(count -> "%s: %d on %s".formatted(count.finding(), count.first(), Words.day(count.firstDay()))
                        + (count.firstDay().equals(count.lastDay())
                                ? ""
                                : ", %d on %s".formatted(count.last(), Words.day(count.lastDay()))))
                .toList();
        document.section(
                "Objective findings",
                SummaryDocument.loinc("10210-3", "Physical findings of General status Narrative"),
                TrendTable.write(new SectionText(), summary.findings()).list(counts),
                found(sources(summary.findings())));
    }

    private void sessions() {
        var text = new ArrayList<String>();
        var response = summary.sessions().response();
        if (response != null) {
            text.add("Mean pain " + Words.number(response.meanBefore()) + " before and "
                    + Words.number(response.meanAfter()) + " after the hands-on work, "
                    + Words.count(response.pairs(), "visit") + "; no part of the change above.");
        }
        var relief = summary.sessions().relief();
        if (relief != null) {
            text.add("Median hours of relief after a session: " + Words.number(relief.first())
                    + " after the first three, " + Words.number(relief.last()) + " after the last three, of "
                    + Words.count(relief.sessions(), "session") + ".");
        }
        document.section(
                "Response to a session",
                new Coding(Words.MASSAGE, "session-response", "Response to a session"),
                new SectionText().sayIfAny(String.join(" ", text)),
                List.of());
    }

    private void goals() {
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

    private void medications() {
        document.section(
                "Medication, other care",
                SummaryDocument.loinc("10160-0", "History of Medication use Narrative"),
                new SectionText()
                        .list(summary.medications().stream().map(Cited::text).toList()),
                found(summary.medications().stream().map(Cited::source)));
    }

    private void home() {
        var home = summary.home();
        var text = new SectionText().list(home.exercises());
        if (!home.adherence().isEmpty()) {
            text.say("Home exercises: " + home.adherence() + ".");
        }
        document.section(
                "Home programme", new Coding(Words.MASSAGE, "home-programme", "Home programme"), text, List.of());
    }

    private void contact() {
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

    private static Stream<String> sources(List<OutcomeTrend> trends) {
        return trends.stream()
                .flatMap(trend ->
                        Stream.of(trend.baseline().observation(), trend.latest().observation()))
                .filter(Objects::nonNull)
                .distinct();
    }

    private List<Resource> found(Stream<String> references) {
        return references.flatMap(reference -> record.find(reference).stream()).toList();
    }

    private Reference cite(String reference) {
        return record.find(reference).map(document::include).orElseGet(() -> new Reference(reference));
    }
}
