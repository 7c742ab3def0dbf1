package org.tenderpoint.progress;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Words;
import org.tenderpoint.progress.ProgressSummary.Cited;
import org.tenderpoint.server.RecordedDay;

/** Drugs as reported and prescribed, what changed about them, and care by others. */
final class MedicationReader {

    private static final String MASSAGE_THERAPY = "387854002";
    private static final String SNOMED = "http://snomed.info/sct";
    private static final Set<String> NOT_TAKEN = Set.of("entered-in-error", "not-taken", "draft", "cancelled");

    private MedicationReader() {}

    /** Changed drugs first, then the others, then what the patient says of painkillers, then other care. */
    static List<Cited> read(PatientRecord record, List<Observation> observations, Days days) {
        var changed = new ArrayList<Cited>();
        var unchanged = new ArrayList<Cited>();
        uses(record, days).forEach((drug, uses) -> {
            var first = uses.get(0);
            var last = uses.get(uses.size() - 1);
            if (first.how().equals(last.how())) {
                unchanged.add(new Cited(last.source(), with(drug, last.how())));
            } else {
                changed.add(new Cited(last.source(), drug + ": " + dated(first) + " → " + dated(last)));
            }
        });
        return Stream.of(changed, unchanged, analgesics(observations), elsewhere(record, days))
                .flatMap(List::stream)
                .toList();
    }

    private static Map<String, List<Use>> uses(PatientRecord record, Days days) {
        var statements = record.all(MedicationStatement.class).stream()
                .filter(statement -> statement.hasStatus()
                        && !NOT_TAKEN.contains(statement.getStatus().toCode()))
                .map(statement -> new Use(
                        PatientRecord.idOf(statement),
                        drug(statement.getMedication()),
                        how(statement.getStatus().toCode(), statement.getDosage()),
                        RecordedDay.of(statement.getEffective())
                                .or(() -> RecordedDay.of(statement.getDateAssertedElement()))
                                .orElse(null)));
        var prescriptions = record.all(MedicationRequest.class).stream()
                .filter(request -> request.hasStatus()
                        && !NOT_TAKEN.contains(request.getStatus().toCode()))
                .map(request -> new Use(
                        PatientRecord.idOf(request),
                        drug(request.getMedication()),
                        how(request.getStatus().toCode(), request.getDosageInstruction()),
                        RecordedDay.of(request.getAuthoredOnElement()).orElse(null)));
        return Stream.concat(statements, prescriptions)
                .filter(use -> use.day() == null || days.contains(use.day()))
                .sorted(Comparator.comparing(Use::day, Comparator.nullsFirst(Comparator.naturalOrder())))
                .collect(Collectors.groupingBy(Use::drug, LinkedHashMap::new, Collectors.toList()));
    }

    private static String drug(Type medication) {
        if (medication instanceof CodeableConcept concept) {
            return Words.of(concept);
        }
        return medication instanceof Reference reference && reference.hasDisplay()
                ? reference.getDisplay()
                : "drug not named";
    }

    private static String how(String status, List<Dosage> dosages) {
        if (status.equals("stopped") || status.equals("completed")) {
            return status;
        }
        return dosages.stream()
                .map(Dosage::getText)
                .filter(text -> text != null && !text.isBlank())
                .collect(Collectors.joining("; "));
    }

    private static String with(String drug, String how) {
        return how.isEmpty() ? drug : drug + ": " + how;
    }

    private static String dated(Use use) {
        var how = use.how().isEmpty() ? "dose not recorded" : use.how();
        return use.day() == null ? how : how + " (" + Words.day(use.day()) + ")";
    }

    private static List<Cited> analgesics(List<Observation> observations) {
        return observations.stream()
                .filter(seen -> Words.code(seen.getCode(), Words.MASSAGE)
                        .filter("analgesic-use-change"::equals)
                        .isPresent())
                .filter(seen -> seen.getValue() instanceof CodeableConcept)
                .reduce((earlier, later) -> later)
                .map(seen -> new Cited(
                        PatientRecord.idOf(seen),
                        "Use of painkillers, as the patient reports: " + Words.of(seen.getValueCodeableConcept())
                                + RecordedDay.of(seen.getEffective())
                                        .map(day -> " (" + Words.day(day) + ")")
                                        .orElse("")))
                .stream()
                .toList();
    }

    // What is no massage and was not done in a visit was done by somebody else: surgery, an injection, physical
    // therapy.
    private static List<Cited> elsewhere(PatientRecord record, Days days) {
        return record.all(Procedure.class).stream()
                .filter(done -> done.getStatus() == Procedure.ProcedureStatus.COMPLETED
                        || done.getStatus() == Procedure.ProcedureStatus.INPROGRESS)
                .filter(done -> !done.hasEncounter()
                        && Words.code(done.getCode(), Words.MASSAGE).isEmpty()
                        && Words.code(done.getCode(), SNOMED)
                                .filter(MASSAGE_THERAPY::equals)
                                .isEmpty())
                .filter(done ->
                        RecordedDay.of(done.getPerformed()).map(days::contains).orElse(true))
                .map(done -> new Cited(
                        PatientRecord.idOf(done),
                        "Other care: " + Words.of(done.getCode())
                                + RecordedDay.of(done.getPerformed())
                                        .map(day -> ", " + Words.day(day))
                                        .orElse("")))
                .toList();
    }

    private record Use(String source, String drug, String how, @Nullable LocalDate day) {}
}
