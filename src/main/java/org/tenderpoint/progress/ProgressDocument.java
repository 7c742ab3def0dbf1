package org.tenderpoint.progress;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
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
import org.tenderpoint.observation.SessionResponse;
import org.tenderpoint.progress.ProgressSummary.Cited;
import org.tenderpoint.progress.ProgressSummary.Diagnosis;
import org.tenderpoint.progress.ProgressSummary.GoalState;

/**
 * A progress summary as a FHIR document: answer first, then what it rests on. It keeps to the BSeR referral feedback,
 * whose one required section points at the referral.
 */
final class ProgressDocument {

    // The BSeR feedback profile fixes this address as the system of its section codes, not the one of its CodeSystem.
    private static final Coding REFERRAL_FEEDBACK =
            new Coding("http://hl7.org/fhir/us/bser/ImplementationGuide/hl7.fhir.us.bser", "RSRFS", null);

    private static final List<String> TREND_COLUMNS =
            List.of("Measure", "Baseline", "Latest", "Change", "Threshold", "Class", "Source of the threshold");

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
     * @param now when the Bundle is assembled
     */
    static Bundle write(ProgressSummary summary, PatientRecord record, Directory directory, String base, Instant now) {
        return new ProgressDocument(summary, record, directory, base).write(now);
    }

    private Bundle write(Instant now) {
        head();
        bottomLine();
        referral();
        visits();
        outcomes();
        findings();
        techniques();
        goals();
        safety();
        ask();
        var sources = new ArrayList<>(record.versions());
        sources.add("as of " + summary.asOf());
        return document.assemble(sources, record.lastChanged(), now);
    }

    private void head() {
        var composition = document.composition();
        composition.setSubject(cite(summary.patient().source()));
        composition.addAuthor(author());
        var first = summary.visits().first();
        var period = new Period();
        period.setStartElement(new DateTimeType(Objects.requireNonNullElse(
                        first, Objects.requireNonNullElse(summary.referral().signed(), summary.asOf()))
                .toString()));
        period.setEndElement(new DateTimeType(summary.asOf().toString()));
        composition.addEvent().setPeriod(period);
    }

    private Reference author() {
        var therapist = summary.therapist();
        if (therapist == null) {
            return new Reference().setDisplay("Therapist not recorded");
        }
        var reference = new Reference(therapist.reference());
        directory.behind(reference).forEach(document::include);
        return reference.setDisplay(therapist.name());
    }

    private void bottomLine() {
        document.section(
                "Bottom line",
                SummaryDocument.loinc("51848-0", "Evaluation note"),
                new SectionText().say(summary.bottomLine().sentence()),
                List.of());
    }

    private void referral() {
        var referral = summary.referral();
        var text = new SectionText();
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
        text.say(referral.question());
        text.list(summary.diagnoses().stream().map(ProgressDocument::line).toList());
        var sources = Stream.concat(
                Stream.of(referral.source()), summary.diagnoses().stream().map(Diagnosis::source));
        var section = document.section(
                "Referral", SummaryDocument.loinc("42349-1", "Reason for referral"), text, found(sources));
        section.getCode().addCoding(REFERRAL_FEEDBACK);
        section.setFocus(cite(referral.source()));
        if (referral.requester() != null) {
            directory.behind(new Reference(referral.requester().reference())).forEach(document::include);
        }
    }

    private static String line(Diagnosis diagnosis) {
        return diagnosis.text()
                + (diagnosis.code() == null ? "" : " (" + diagnosis.code() + ")")
                + (diagnosis.onset() == null ? "" : ", since " + diagnosis.onset())
                + (diagnosis.threeMonthsOrLonger() ? ", three months or longer before the referral" : "");
    }

    private void visits() {
        var visits = summary.visits();
        var text = new SectionText().say(visits.text() + ", " + visits.missed() + " missed.");
        if (visits.first() != null && visits.last() != null) {
            text.say("First visit " + Words.day(visits.first()) + ", last visit " + Words.day(visits.last()) + ".");
        }
        if (summary.nextVisit() != null) {
            text.say("Next visit " + Words.day(summary.nextVisit()) + ".");
        }
        document.section("Visits", new Coding(Words.MASSAGE, "visits", "Visits"), text, List.of());
    }

    private void outcomes() {
        var text = new SectionText().table(TREND_COLUMNS, rows(summary.outcomes()));
        var response = summary.sessions().response();
        if (response != null) {
            text.say("Within a session, apart from the above: " + session(response));
        }
        var relief = summary.sessions().relief();
        if (relief != null) {
            text.say("Median hours of relief after a session: " + Words.number(relief.first())
                    + " after the first three, " + Words.number(relief.last()) + " after the last three, of "
                    + Words.count(relief.sessions(), "session") + ".");
        }
        var section = document.section(
                "Pain and function",
                SummaryDocument.loinc("47420-5", "Functional status assessment note"),
                text,
                found(sources(summary.outcomes())));
        section.getCode().addCoding(new Coding(Words.MASSAGE, "pain-trend", null));
        if (section.getEntry().isEmpty()) {
            section.setEmptyReason(new CodeableConcept(new Coding(
                    "http://terminology.hl7.org/CodeSystem/list-empty-reason", "unavailable", "Unavailable")));
        }
    }

    private static String session(SessionResponse response) {
        return "mean pain " + Words.number(response.meanBefore()) + " before and " + Words.number(response.meanAfter())
                + " after the hands-on work, " + Words.count(response.pairs(), "visit") + ".";
    }

    private void findings() {
        var text = new SectionText().table(TREND_COLUMNS, rows(summary.findings()));
        text.list(summary.findingCounts().stream()
                .map(count -> "%s: %d on %s, %d on %s"
                        .formatted(
                                count.finding(),
                                count.first(),
                                Words.day(count.firstDay()),
                                count.last(),
                                Words.day(count.lastDay())))
                .toList());
        document.section(
                "Objective findings",
                SummaryDocument.loinc("10210-3", "Physical findings of General status Narrative"),
                text,
                found(sources(summary.findings())));
    }

    private void techniques() {
        document.section(
                "Techniques used",
                SummaryDocument.loinc("62387-6", "Interventions Narrative"),
                new SectionText()
                        .table(
                                List.of("Technique", "Region", "Minutes", "Sessions"),
                                summary.techniques().stream()
                                        .map(use -> List.of(
                                                use.technique(),
                                                use.region(),
                                                Integer.toString(use.minutes()),
                                                Integer.toString(use.sessions())))
                                        .toList()),
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

    private void safety() {
        var safety = summary.safety();
        var text = new SectionText();
        if (safety.adverseEvents().isEmpty()) {
            text.say("No adverse events recorded.");
        }
        text.list(safety.adverseEvents().stream().map(Cited::text).toList());
        text.list(safety.warnings().stream().map(Cited::text).toList());
        text.list(safety.precautions());
        document.section(
                "Safety",
                new Coding(Words.MASSAGE, "safety-summary", "Safety"),
                text,
                found(Stream.concat(safety.adverseEvents().stream(), safety.warnings().stream())
                        .map(Cited::source)));
    }

    private void ask() {
        var text = new SectionText();
        var ask = summary.ask();
        text.say((ask.isGenerated() ? "Request, generated from the numbers above: " : "Request: ") + ask.text());
        if (ask.source() != null) {
            found(Stream.of(ask.source())).forEach(document::include);
        }
        var plan = summary.plan();
        if (plan != null) {
            text.list(plan.activities());
            if (plan.ends() != null) {
                text.say("The plan ends " + Words.day(plan.ends()) + ".");
            }
        }
        if (summary.therapist() != null) {
            text.say("Therapist: " + summary.therapist().text());
        }
        document.section(
                "What is asked, and the plan",
                SummaryDocument.loinc("18776-5", "Plan of care note"),
                text,
                plan == null ? List.of() : found(Stream.of(plan.source())));
    }

    private static List<List<String>> rows(List<OutcomeTrend> trends) {
        return trends.stream()
                .map(trend -> List.of(
                        trend.series().label(),
                        Words.number(trend.baseline().value()) + " ("
                                + Words.day(trend.baseline().date()) + ")",
                        Words.number(trend.latest().value()) + " ("
                                + Words.day(trend.latest().date()) + ")",
                        BottomLines.change(trend),
                        trend.threshold(),
                        BottomLines.verdict(trend),
                        trend.citation()))
                .toList();
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
