package org.tenderpoint.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.progress.ProgressSummary;
import org.tenderpoint.progress.SummarySections;

/**
 * A template of a letter of medical necessity, as plans that spend a patient's health savings ask for one. It says what
 * was ordered, for what, how often and how long, and leaves the judgement to the physician who signs. It has no note, no
 * score and no identifier of the record, and cites nothing but who takes part: whoever pays needs no more (45 CFR
 * 164.502(b)).
 */
final class NecessityLetter {

    /** What stands above a page that nobody has signed. */
    static final String UNSIGNED =
            "Template for the physician named at the end. It certifies nothing until it is read and signed.";

    private static final String LINE = "_".repeat(40);

    private final LetterFacts facts;
    private final ProgressSummary summary;
    private final SummaryDocument document;
    private final SummarySections sections;

    private NecessityLetter(LetterFacts facts, String base) {
        this.facts = facts;
        this.summary = facts.summary();
        this.document = new SummaryDocument(
                base,
                new Coding(Words.MASSAGE, "medical-necessity-letter", "Letter of medical necessity"),
                "Letter of medical necessity",
                "medical necessity " + summary.referral().source());
        this.sections = new SummarySections(summary, facts.record(), facts.directory(), document);
    }

    static SummaryDocument write(LetterFacts facts, String base) {
        return new NecessityLetter(facts, base).write();
    }

    private SummaryDocument write() {
        var composition = document.composition();
        composition.setSubject(sections.subject());
        // The clinic prepared it. Nobody attests it: that is what the signature will do.
        composition.addAuthor(sections.author());
        facts.plan().ifPresent(plan -> composition.addEvent().setPeriod(plan.getPeriod()));
        diagnosis();
        treatment();
        necessity();
        signature();
        var sources = new ArrayList<>(facts.record().versions());
        sources.add("as of " + summary.days().asOf());
        return document.drawnFrom(sources, facts.record().lastChanged());
    }

    private void diagnosis() {
        var patient = summary.patient();
        document.section(
                "Patient and diagnosis",
                SummaryDocument.loinc("42349-1", "Reason for referral"),
                new SectionText()
                        .say(patient.name() + (patient.born() == null ? "" : ", born " + Words.day(patient.born())))
                        .list(facts.diagnoses()),
                List.of());
    }

    private void treatment() {
        var text = new SectionText();
        var signed = summary.referral().signed();
        text.say("Massage therapy" + (signed == null ? "" : ", ordered on " + Words.day(signed)) + ":");
        var plan = Objects.requireNonNull(summary.plan());
        text.list(plan.activities()).sayIfAny(PlanWords.span(summary));
        var therapist = summary.contact().therapist();
        text.sayIfAny(therapist == null ? "" : "Given by " + therapist.text() + ".");
        document.section(
                "Treatment, frequency and duration",
                SummaryDocument.loinc("18776-5", "Plan of care note"),
                text,
                List.of());
    }

    private void necessity() {
        var text = new SectionText()
                .say(
                        "I have ordered this treatment for the diagnosis above. In my judgement it is medically necessary to"
                                + " treat or relieve that condition; it does not serve general health or well-being alone.");
        var aims = summary.goals().stream()
                .filter(goal -> !goal.target().isEmpty())
                .map(goal -> goal.target() + (goal.due() == null ? "" : " by " + Words.day(goal.due())))
                .toList();
        if (!aims.isEmpty()) {
            text.say("What the treatment aims at:").list(aims);
        }
        text.remark(
                "What counts as medical care: Internal Revenue Code section 213(d); IRS Publication 502. The sentences"
                        + " above are a proposal; change or strike what is not your judgement.");
        document.section(
                "Medical necessity",
                new Coding(Words.MASSAGE, "medical-necessity", "Medical necessity"),
                text,
                List.of());
    }

    private void signature() {
        var signer = facts.signer().orElseThrow();
        document.section(
                "Signature of the physician",
                new Coding(Words.MASSAGE, "contact", "Next steps and contact"),
                new SectionText()
                        .say(name(signer))
                        .say("Signature: " + LINE)
                        .say("Date: " + LINE)
                        .say("Licence number and state: " + LINE),
                facts.directory().behind(new Reference(signer.reference())));
    }

    private String name(Somebody signer) {
        return facts.signerIsAPerson()
                ? signer.text() + (signer.phone() == null ? "" : ", telephone " + signer.phone())
                : "Name: " + LINE + " for " + signer.text();
    }
}
