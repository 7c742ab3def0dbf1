package org.tenderpoint.treatmentsummary;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Audience;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Authorisation;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Diagnosis;
import org.tenderpoint.treatmentsummary.TreatmentSummary.GoalLine;
import org.tenderpoint.treatmentsummary.TreatmentSummary.ServiceDay;

/**
 * A treatment summary as a FHIR document. Only what {@link MinimumNecessary} has built gets in; the record itself is
 * never included.
 */
final class TreatmentDocument {

    /** What stands above a page that nobody has signed. */
    static final String UNSIGNED = "Draft: generated from the record, read and signed by nobody.";

    private final TreatmentSummary summary;
    private final PatientRecord record;
    private final Directory directory;
    private final SummaryDocument document;

    private TreatmentDocument(TreatmentSummary summary, PatientRecord record, Directory directory, String base) {
        this.summary = summary;
        this.record = record;
        this.directory = directory;
        this.document = new SummaryDocument(
                base,
                "34133-9",
                "Summary of episode note",
                "Treatment summary of massage therapy",
                "treatment " + summary.patient() + " " + summary.cover().source());
    }

    /**
     * Writes the document.
     *
     * @param base address of the FHIR server
     * @param now when the Bundle is assembled
     */
    static SummaryDocument write(
            TreatmentSummary summary, PatientRecord record, Directory directory, String base, Instant now) {
        return new TreatmentDocument(summary, record, directory, base).write(now);
    }

    private SummaryDocument write(Instant now) {
        head(now);
        coverage();
        reasons();
        services();
        change();
        goals();
        necessity();
        safety();
        readiness(now);
        withheld();
        var sources = new ArrayList<>(record.versions());
        sources.add(summary.days().toString());
        return document.drawnFrom(sources, record.lastChanged());
    }

    private void head(Instant now) {
        var composition = document.composition();
        composition.setSubject(new Reference(summary.patient()));
        composition.getMeta().addSecurity(Audience.FOR_PAYMENT.copy());
        record.find(Patient.class, summary.patient()).map(MinimumNecessary::of).ifPresent(document::include);
        composition.addAuthor(named(summary.therapist()));
        var first = summary.services().stream()
                .map(ServiceDay::day)
                .findFirst()
                .map(Object::toString)
                .orElseGet(() -> Objects.requireNonNullElse(
                                summary.days().first(),
                                now.atZone(ZoneOffset.UTC).toLocalDate())
                        .toString());
        var period = new Period().setStartElement(new DateTimeType(first));
        if (summary.days().last() != null) {
            period.setEndElement(new DateTimeType(summary.days().last().toString()));
        }
        composition.addEvent().setPeriod(period);
    }

    private Reference named(@Nullable Somebody somebody) {
        if (somebody == null) {
            return new Reference().setDisplay("Therapist not recorded");
        }
        var reference = new Reference(somebody.reference());
        directory.behind(reference).stream()
                .flatMap(resource -> MinimumNecessary.ofDirectory(resource).stream())
                .forEach(document::include);
        return reference;
    }

    private void coverage() {
        var cover = summary.cover();
        var text = new SectionText();
        text.say(String.join(
                ", ",
                Stream.of(
                                "Payer " + Objects.requireNonNullElse(cover.payer(), "not named in the directory"),
                                cover.member() == null ? "" : "member " + cover.member(),
                                cover.employer() == null
                                        ? ""
                                        : "employer " + cover.employer().name(),
                                cover.numbers().isEmpty() ? "" : "number " + String.join(", ", cover.numbers()),
                                span(cover.days()))
                        .filter(part -> !part.isEmpty())
                        .toList()));
        text.list(
                summary.therapist() == null
                        ? summary.care().givenBy()
                        : Stream.concat(
                                        Stream.of("Services by "
                                                + summary.therapist().text()),
                                        summary.care().givenBy().stream())
                                .toList());
        text.table(
                List.of("Referral", "Signed", "Ordered by", "Authorised", "Used", "Left", "Missed", "Window ends"),
                summary.authorisations().stream().map(TreatmentDocument::row).toList());
        if (cover.policy() != null) {
            text.say("Policy: " + cover.policy().label() + " (" + cover.policy().status() + ")"
                    + (cover.policy().extendedVisits() == null
                            ? "."
                            : "; " + cover.policy().extendedVisits() + " visits in all after its next authorisation."));
        }
        if (cover.employer() != null) {
            named(cover.employer());
        }
        document.section(
                "Coverage and authorisation",
                SummaryDocument.loinc("48768-6", "Payment sources Document"),
                text,
                record.find(Coverage.class, cover.source()).stream()
                        .map(MinimumNecessary::of)
                        .toList());
    }

    private static List<String> row(Authorisation authorisation) {
        var authorised = authorisation.authorised();
        var left = authorisation.left();
        return List.of(
                Objects.requireNonNullElse(authorisation.number(), "without a number"),
                Words.day(authorisation.signed()),
                authorisation.requester() == null
                        ? ""
                        : authorisation.requester().text(),
                authorised == null
                        ? "not stated"
                        : authorised + (authorisation.byPolicy() ? " by the payer's policy" : " by the referral"),
                Integer.toString(authorisation.used()),
                left == null ? "not stated" : left.toString(),
                Integer.toString(authorisation.missed()),
                Words.day(authorisation.windowEnd()));
    }

    private void reasons() {
        summary.authorisations().stream().map(Authorisation::requester).forEach(this::named);
        var diagnoses = summary.diagnoses().stream().map(Diagnosis::source).collect(Collectors.toSet());
        var referrals = summary.authorisations().stream()
                .flatMap(authorisation -> record.find(ServiceRequest.class, authorisation.source()).stream())
                .map(referral -> MinimumNecessary.of(referral, diagnoses));
        var conditions = summary.diagnoses().stream()
                .flatMap(diagnosis -> record.find(Condition.class, diagnosis.source()).stream())
                .map(MinimumNecessary::of);
        document.section(
                "Diagnoses treated",
                SummaryDocument.loinc("42349-1", "Reason for referral"),
                new SectionText()
                        .list(IntStream.range(0, summary.diagnoses().size())
                                .mapToObj(i -> CareReader.letter(i) + ": "
                                        + line(summary.diagnoses().get(i)))
                                .toList()),
                Stream.<Resource>concat(referrals, conditions).toList());
    }

    private static String line(Diagnosis diagnosis) {
        var text = (diagnosis.code() + " " + diagnosis.display()).trim();
        return (text.isEmpty() ? "not coded" : text)
                + (diagnosis.onset() == null ? "" : ", onset or injury " + Words.day(diagnosis.onset()));
    }

    private void services() {
        var procedures = summary.services().stream()
                .flatMap(day -> day.lines().stream())
                .flatMap(line -> record.find(Procedure.class, line.procedure()).stream())
                .map(MinimumNecessary::of);
        var visits = summary.visits().stream()
                .flatMap(visit -> record.find(Encounter.class, visit).stream())
                .map(MinimumNecessary::of);
        document.section(
                "Services",
                SummaryDocument.loinc("62387-6", "Interventions Narrative"),
                ServiceText.services(summary),
                Stream.<Resource>concat(visits, procedures).toList());
        document.section(
                "Units, and why", new Coding(Words.MASSAGE, "units", "Units"), ServiceText.units(summary), List.of());
    }

    private void necessity() {
        document.section(
                "Medical necessity",
                new Coding(Words.MASSAGE, "medical-necessity", "Medical necessity"),
                NecessityText.of(summary),
                List.of());
    }

    private void readiness(Instant now) {
        var asOf = Objects.requireNonNullElse(
                summary.days().last(), now.atZone(ZoneOffset.UTC).toLocalDate());
        var readiness = Readiness.of(summary, asOf);
        var text = new SectionText()
                .say(readiness.present() + " of " + readiness.expected() + " things that payers expect are there"
                        + (readiness.missing().isEmpty()
                                ? "."
                                : "; missing: " + String.join(", ", readiness.missing()) + "."))
                .sayIfAny(readiness.due());
        document.section(
                "Readiness of the report",
                new Coding(Words.MASSAGE, "report-readiness", "Readiness of the report"),
                text,
                List.of());
    }

    private void change() {
        var text = new SectionText()
                .table(
                        List.of("Measure", "First", "Latest", "Change", "Threshold", "Class"),
                        summary.trends().stream().map(TreatmentDocument::row).toList());
        if (!summary.care().workStatus().isEmpty()) {
            text.say("Work status: " + String.join(", ", summary.care().workStatus()) + ".");
        }
        var values = summary.trends().stream()
                .flatMap(trend -> Stream.of(trend.baseline(), trend.latest())
                        .distinct()
                        .flatMap(value -> Stream.ofNullable(value.observation())
                                .flatMap(source -> record.find(Observation.class, source).stream())
                                .map(source -> MinimumNecessary.of(source, value, trend.rule()))))
                .toList();
        var section = document.section(
                "Functional change",
                SummaryDocument.loinc("47420-5", "Functional status assessment note"),
                text,
                values);
        section.getCode().addCoding(new Coding(Words.MASSAGE, "pain-trend", null));
        if (values.isEmpty() && summary.care().workStatus().isEmpty()) {
            section.setEmptyReason(new CodeableConcept(new Coding(
                    "http://terminology.hl7.org/CodeSystem/list-empty-reason", "unavailable", "Unavailable")));
        }
    }

    private static List<String> row(OutcomeTrend trend) {
        return List.of(
                name(trend),
                Words.number(trend.baseline().value()) + " ("
                        + Words.day(trend.baseline().date()) + ")",
                Words.number(trend.latest().value()) + " ("
                        + Words.day(trend.latest().date()) + ")",
                trend.change() == null ? "" : Words.signed(trend.change()),
                trend.threshold(),
                trend.changeClass().code().replace('-', ' '));
    }

    // A series' label may hold a body site in somebody's own words; its key holds codes.
    static String name(OutcomeTrend trend) {
        var parts = trend.series().key().split("\\|", 2);
        return parts.length == 1
                ? trend.rule().label()
                : trend.rule().label() + " (" + parts[1].replace("|", ", ") + ")";
    }

    private void goals() {
        var text = new SectionText()
                .table(
                        List.of("Goal", "Due", "Attainment"),
                        summary.goals().stream()
                                .map(goal -> List.of(goal.text(), Words.day(goal.due()), goal.attainment()))
                                .toList());
        if (!summary.proposed().isEmpty()) {
            text.say("Planned: " + String.join("; ", summary.proposed()) + ".");
        }
        document.section(
                "Goals",
                SummaryDocument.loinc("61146-7", "Goals Narrative"),
                text,
                summary.goals().stream().flatMap(goal -> goal(goal).stream()).toList());
    }

    private List<Resource> goal(GoalLine line) {
        return record.find(Goal.class, line.source()).stream()
                .<Resource>map(goal -> MinimumNecessary.of(goal, line.text()))
                .toList();
    }

    private void safety() {
        var text = new SectionText();
        if (summary.adverseEvents().isEmpty()) {
            text.say("No adverse events recorded.");
        }
        if (!summary.care().restrictions().isEmpty()) {
            text.say("Contraindications were considered; the plan keeps to: "
                    + String.join(", ", summary.care().restrictions()) + ".");
        }
        document.section(
                "Adverse events",
                new Coding(Words.MASSAGE, "safety-summary", "Safety"),
                text.list(summary.adverseEvents()),
                List.of());
    }

    private void withheld() {
        document.section(
                "Withheld",
                new Coding(Words.MASSAGE, "withheld", "Withheld"),
                new SectionText()
                        .say("Not part of this summary, whether or not the record holds any:")
                        .list(TreatmentSummary.WITHHELD.stream()
                                .map(item -> item.what() + ": " + item.why() + ".")
                                .toList()),
                List.of());
    }

    private static String span(Days days) {
        if (days.first() == null && days.last() == null) {
            return "";
        }
        return "cover from " + (days.first() == null ? "the beginning" : Words.day(days.first())) + " to "
                + (days.last() == null ? "further notice" : Words.day(days.last()));
    }
}
