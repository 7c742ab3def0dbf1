package org.tenderpoint.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.progress.ProgressSummary.Cited;

/**
 * A progress summary as a FHIR document: what was asked, the answer, then what it rests on. It keeps to the BSeR referral feedback,
 * whose one required section points at the referral.
 */
final class ProgressDocument {

    /** What stands above a page that nobody has signed. */
    static final String UNSIGNED = "Draft: generated from the record, read and signed by nobody.";

    private final ProgressSummary summary;
    private final PatientRecord record;
    private final SummaryDocument document;
    private final SummarySections sections;

    private ProgressDocument(ProgressSummary summary, PatientRecord record, Directory directory, String base) {
        this.summary = summary;
        this.record = record;
        this.document = new SummaryDocument(
                base,
                "11488-4",
                "Consult note",
                "Progress summary of massage therapy",
                "progress " + summary.referral().source());
        this.sections = new SummarySections(summary, record, directory, document);
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
        sections.referral();
        bottomLine();
        ask();
        sections.safety();
        visits();
        plan();
        techniques();
        outcomes();
        findings();
        sessions();
        sections.goals();
        medications();
        sections.home();
        sections.contact();
        var sources = new ArrayList<>(record.versions());
        sources.add("as of " + summary.days().asOf());
        if (summary.days().from() != null) {
            sources.add("from " + summary.days().from());
        }
        return document.drawnFrom(sources, record.lastChanged());
    }

    private void head() {
        var composition = document.composition();
        composition.setSubject(sections.subject());
        composition.addAuthor(sections.author());
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
                ask.source() == null ? List.of() : sections.found(Stream.of(ask.source())));
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
                plan == null ? List.of() : sections.found(Stream.of(plan.source())));
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
        var text = TrendTable.write(new SectionText(), summary.outcomes());
        // The label of a score keeps it in the clinic; that one exists is not said either.
        summary.unanswered()
                .forEach(topic ->
                        text.remark("The referral asks for " + topic + ": nothing is recorded that may be shown."));
        var section = document.section(
                "Pain and function",
                SummaryDocument.loinc("47420-5", "Functional status assessment note"),
                text.charts(summary.charts()),
                sections.found(sources(summary.outcomes())));
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
                sections.found(sources(summary.findings())));
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

    private void medications() {
        document.section(
                "Medication, other care",
                SummaryDocument.loinc("10160-0", "History of Medication use Narrative"),
                new SectionText()
                        .list(summary.medications().stream().map(Cited::text).toList()),
                sections.found(summary.medications().stream().map(Cited::source)));
    }

    private static Stream<String> sources(List<OutcomeTrend> trends) {
        return trends.stream()
                .flatMap(trend ->
                        Stream.of(trend.baseline().observation(), trend.latest().observation()))
                .filter(Objects::nonNull)
                .distinct();
    }
}
