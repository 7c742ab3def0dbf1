package org.tenderpoint.ips;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.document.Words;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.RecordedDay;

/**
 * One record as an International Patient Summary. Problems, allergies and medications are always there: what the record
 * does not say is called unavailable, because an empty list in a massage practice's record is no statement that there
 * is nothing.
 *
 * @see "https://hl7.org/fhir/uv/ips/STU2/"
 */
final class PatientSummary {

    static final String BUNDLE = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";
    private static final String COMPOSITION = "http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips";

    private static final String EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final Set<String> OVER = Set.of("inactive", "remission", "resolved");
    private static final Set<String> WRONG = Set.of("entered-in-error", "refuted");
    private static final int MOST_PROCEDURES = 20;

    private final PatientRecord record;
    private final SummaryDocument document;

    PatientSummary(PatientRecord record, String base) {
        this.record = record;
        this.document = new SummaryDocument(
                base,
                "60591-5",
                "Patient summary Document",
                "International Patient Summary",
                "ips " + patient(record).getIdElement().getIdPart());
    }

    private static Patient patient(PatientRecord record) {
        return record.all(Patient.class).stream().findFirst().orElseThrow(Refused::notFound);
    }

    Bundle write(Instant now) {
        var composition = document.composition();
        composition.getMeta().addProfile(COMPOSITION);
        composition.setSubject(document.include(patient(record)));
        composition.addAuthor(new Reference().setDisplay("Tenderpoint, assembled from the record"));
        problems();
        allergies();
        medications();
        pastProblems();
        functionalStatus();
        planOfCare();
        measured("Vital signs", SummaryDocument.loinc("8716-3", "Vital signs"), true);
        measured("Results", SummaryDocument.loinc("30954-2", "Relevant diagnostic tests/laboratory data note"), false);
        procedures();
        alerts();
        var bundle = document.drawnFrom(record.versions(), record.lastChanged()).bundle(now);
        bundle.getMeta().addProfile(BUNDLE);
        return bundle;
    }

    private void problems() {
        required(
                "Problems",
                SummaryDocument.loinc("11450-4", "Problem list - Reported"),
                conditions().filter(condition -> !isOver(condition)).toList(),
                condition -> List.of(Words.of(condition.getCode()), day(condition.getOnset())),
                List.of("Problem", "Since"),
                "No problem is recorded here; that does not say that there is none.");
    }

    private void allergies() {
        var allergies = record.all(AllergyIntolerance.class).stream()
                .filter(allergy ->
                        !hasAny(allergy.getVerificationStatus(), WRONG) && !hasAny(allergy.getClinicalStatus(), OVER))
                .toList();
        required(
                "Allergies and intolerances",
                SummaryDocument.loinc("48765-2", "Allergies and adverse reactions Document"),
                allergies,
                allergy -> List.of(
                        Words.of(allergy.getCode()),
                        allergy.hasCriticality() ? allergy.getCriticality().getDisplay() : ""),
                List.of("Substance", "Criticality"),
                "No allergy is recorded here; that does not say that there is none.");
    }

    private void medications() {
        var taken = record.all(MedicationStatement.class).stream()
                .filter(medication -> Set.of("active", "intended", "unknown", "on-hold")
                        .contains(
                                medication.hasStatus() ? medication.getStatus().toCode() : "unknown"))
                .map(medication -> (Resource) medication);
        var prescribed = record.all(MedicationRequest.class).stream()
                .filter(medication -> Set.of("active", "on-hold", "unknown")
                        .contains(
                                medication.hasStatus() ? medication.getStatus().toCode() : "unknown"))
                .map(medication -> (Resource) medication);
        required(
                "Medications",
                SummaryDocument.loinc("10160-0", "History of Medication use Narrative"),
                Stream.concat(taken, prescribed).toList(),
                medication -> medication instanceof MedicationStatement statement
                        ? List.of(named(statement.getMedication()), day(statement.getEffective()))
                        : List.of(
                                named(((MedicationRequest) medication).getMedication()),
                                day(((MedicationRequest) medication).getAuthoredOnElement())),
                List.of("Medication", "Since"),
                "No medication is recorded here; that does not say that none is taken.");
    }

    private void pastProblems() {
        var past = conditions().filter(PatientSummary::isOver).toList();
        if (!past.isEmpty()) {
            var text = new SectionText()
                    .list(past.stream()
                            .map(condition -> Words.of(condition.getCode()))
                            .toList());
            document.section(
                    "Past problems", SummaryDocument.loinc("11348-0", "History of Past illness note"), text, past);
        }
    }

    // The entries that this section takes are Conditions; what is measured stands among the results.
    private void functionalStatus() {
        var rows = newest(false).map(PatientSummary::row).toList();
        var goals = record.all(Goal.class).stream()
                .filter(goal -> goal.getLifecycleStatus() == Goal.GoalLifecycleStatus.ACTIVE)
                .map(goal -> "Goal: " + Words.of(goal.getDescription()))
                .toList();
        if (!rows.isEmpty() || !goals.isEmpty()) {
            document.section(
                    "Functional status and pain",
                    SummaryDocument.loinc("47420-5", "Functional status assessment note"),
                    new SectionText()
                            .table(List.of("Measure", "Latest", "On"), rows)
                            .list(goals),
                    List.of());
        }
    }

    private void planOfCare() {
        var plans = record.all(CarePlan.class).stream()
                .filter(plan -> plan.getStatus() == CarePlan.CarePlanStatus.ACTIVE
                        || plan.getStatus() == CarePlan.CarePlanStatus.ONHOLD)
                .toList();
        if (!plans.isEmpty()) {
            var text = new SectionText()
                    .list(plans.stream()
                            .map(plan -> Stream.of(plan.getTitle(), plan.getDescription(), day(plan.getPeriod()))
                                    .filter(part -> part != null && !part.isEmpty())
                                    .reduce((one, other) -> one + ", " + other)
                                    .orElse("Plan without a title"))
                            .toList());
            document.section("Plan of care", SummaryDocument.loinc("18776-5", "Plan of care note"), text, plans);
        }
    }

    private void measured(String title, Coding code, boolean vital) {
        var latest = newest(vital).toList();
        if (!latest.isEmpty()) {
            var text = new SectionText()
                    .table(
                            List.of("Measure", "Latest", "On"),
                            latest.stream().map(PatientSummary::row).toList());
            document.section(title, code, text, latest);
        }
    }

    private void procedures() {
        var done = record.all(Procedure.class).stream()
                .filter(procedure -> procedure.getStatus() == Procedure.ProcedureStatus.COMPLETED)
                .toList();
        if (!done.isEmpty()) {
            var last = new java.util.ArrayList<>(done.subList(Math.max(0, done.size() - MOST_PROCEDURES), done.size()));
            Collections.reverse(last);
            var rows = last.stream()
                    .map(procedure -> List.of(Words.of(procedure.getCode()), day(procedure.getPerformed())))
                    .toList();
            document.section(
                    "Procedures",
                    SummaryDocument.loinc("47519-4", "History of Procedures Document"),
                    new SectionText()
                            .say("The last " + rows.size() + " of " + done.size() + ".")
                            .table(List.of("Procedure", "On"), rows),
                    last);
        }
    }

    private void alerts() {
        var flags = record.all(Flag.class).stream()
                .filter(flag -> flag.getStatus() == Flag.FlagStatus.ACTIVE)
                .toList();
        if (!flags.isEmpty()) {
            var text = new SectionText()
                    .list(flags.stream().map(flag -> Words.of(flag.getCode())).toList());
            document.section("Alerts", SummaryDocument.loinc("104605-1", "Alert"), text, flags);
        }
    }

    private <T extends Resource> void required(
            String title,
            Coding code,
            List<T> entries,
            Function<T, List<String>> row,
            List<String> head,
            String nothing) {
        var text = entries.isEmpty()
                ? new SectionText().say(nothing)
                : new SectionText().table(head, entries.stream().map(row).toList());
        var section = document.section(title, code, text, entries);
        if (entries.isEmpty()) {
            section.getEmptyReason().addCoding(new Coding(EMPTY, "unavailable", "Unavailable"));
        }
    }

    private Stream<Condition> conditions() {
        return record.all(Condition.class).stream()
                .filter(condition -> !hasAny(condition.getVerificationStatus(), WRONG));
    }

    private static boolean isOver(Condition condition) {
        return hasAny(condition.getClinicalStatus(), OVER);
    }

    private static boolean hasAny(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(String.valueOf(coding.getCode())));
    }

    /** The newest measurement of each code, vital signs or all others. */
    private Stream<Observation> newest(boolean vital) {
        var latest = new LinkedHashMap<String, Observation>();
        record.all(Observation.class).stream()
                .filter(seen -> seen.hasValueQuantity() && isValid(seen))
                .filter(seen -> vital
                        == seen.getCategory().stream().anyMatch(category -> Words.code(category, CATEGORY)
                                .filter("vital-signs"::equals)
                                .isPresent()))
                .forEach(seen -> latest.put(Words.of(seen.getCode()), seen));
        return latest.values().stream();
    }

    private static boolean isValid(Observation seen) {
        return switch (seen.getStatus()) {
            case FINAL, AMENDED, CORRECTED -> true;
            default -> false;
        };
    }

    private static List<String> row(Observation seen) {
        var value = seen.getValueQuantity();
        return List.of(Words.of(seen.getCode()), amount(value), day(seen.getEffective()));
    }

    private static String amount(Quantity value) {
        var unit = value.hasUnit() ? value.getUnit() : value.hasCode() ? value.getCode() : "";
        return (Words.number(value.getValue()) + " " + unit.replaceAll("[{}]", "")).strip();
    }

    private static String named(@Nullable Type medication) {
        return medication instanceof CodeableConcept concept ? Words.of(concept) : "named elsewhere";
    }

    private static String day(@Nullable Type when) {
        return RecordedDay.of(when).map(Words::day).orElse("");
    }
}
