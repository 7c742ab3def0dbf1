package org.tenderpoint.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.progress.ProgressSummary;
import org.tenderpoint.progress.SummarySections;

/** The plan of care as a letter to who referred: what was found, what is planned, by when it should have helped. */
final class PlanOfCareLetter {

    /** What stands above a page that nobody has signed. */
    static final String UNSIGNED = "Draft: generated from the record, read and signed by nobody.";

    private final LetterFacts facts;
    private final ProgressSummary summary;
    private final SummaryDocument document;
    private final SummarySections sections;

    private PlanOfCareLetter(LetterFacts facts, String base) {
        this.facts = facts;
        this.summary = facts.summary();
        this.document = new SummaryDocument(
                base,
                "18776-5",
                "Plan of care note",
                "Plan of care for massage therapy",
                "plan of care " + summary.referral().source());
        this.sections = new SummarySections(summary, facts.record(), facts.directory(), document);
    }

    static SummaryDocument write(LetterFacts facts, String base) {
        return new PlanOfCareLetter(facts, base).write();
    }

    private SummaryDocument write() {
        var composition = document.composition();
        composition.setSubject(sections.subject());
        composition.addAuthor(sections.author());
        facts.plan().ifPresent(plan -> composition.addEvent().setPeriod(plan.getPeriod()));
        sections.referral();
        start();
        sections.safety();
        plan();
        sections.goals();
        sections.home();
        asked();
        sections.contact();
        var sources = new ArrayList<>(facts.record().versions());
        sources.add("as of " + summary.days().asOf());
        return document.drawnFrom(sources, facts.record().lastChanged());
    }

    private void start() {
        var trends = Stream.concat(summary.outcomes().stream(), summary.findings().stream())
                .toList();
        document.section(
                "Measured at the start",
                SummaryDocument.loinc("47420-5", "Functional status assessment note"),
                new SectionText()
                        .table(
                                List.of("Measure", "Value", "Day"),
                                trends.stream().map(PlanOfCareLetter::row).toList()),
                sections.found(trends.stream().map(trend -> trend.baseline().observation())));
    }

    private static List<String> row(OutcomeTrend trend) {
        return List.of(
                trend.series().label(),
                Words.number(trend.baseline().value()),
                Words.day(trend.baseline().date()));
    }

    private void plan() {
        var text = new SectionText();
        var plan = summary.plan();
        if (plan != null) {
            text.sayIfAny(plan.text()).list(plan.activities()).sayIfAny(PlanWords.span(summary));
        }
        document.section(
                "Plan of care",
                SummaryDocument.loinc("18776-5", "Plan of care note"),
                text,
                plan == null ? List.of() : sections.found(Stream.of(plan.source())));
    }

    private void asked() {
        var ask = summary.ask();
        var isOfNow = !ask.isGenerated() || "clearance".equals(ask.kind());
        document.section(
                "Asked of you",
                new Coding(Words.MASSAGE, "recommendations", "Recommendations"),
                new SectionText()
                        .say(
                                isOfNow
                                        ? "Request: " + ask.text()
                                        : "Please say if something speaks against this plan, or if it should be"
                                                + " changed."),
                ask.source() == null ? List.of() : sections.found(Stream.of(ask.source())));
    }
}
