package org.tenderpoint.screening;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.screening.Facts.Done;
import org.tenderpoint.screening.Facts.Event;
import org.tenderpoint.screening.Facts.Measure;
import org.tenderpoint.screening.Facts.Medicine;
import org.tenderpoint.screening.Facts.Problem;
import org.tenderpoint.screening.Facts.Substance;
import org.tenderpoint.server.RecordedDay;

/** Reads what screening looks at out of the resources of one patient. */
final class FactsReader {

    /** Resource types that are read. */
    static final Set<String> TYPES = Set.of(
            "Condition",
            "MedicationStatement",
            "MedicationRequest",
            "AllergyIntolerance",
            "Observation",
            "Procedure",
            "AdverseEvent",
            "Device",
            "QuestionnaireResponse",
            "ServiceRequest");

    private static final Set<ObservationStatus> TAKEN_BACK =
            EnumSet.of(ObservationStatus.ENTEREDINERROR, ObservationStatus.CANCELLED);
    private static final Set<String> NOT_ACTIVE = Set.of("inactive", "remission", "resolved");
    private static final Set<String> NOT_MEANT = Set.of("refuted", "entered-in-error");

    /** A medication that ended is still felt for a while. */
    private static final int DAYS_AFTER_THE_LAST_DOSE = 14;

    private static final String PHASE = "https://tenderpoint.org/fhir/StructureDefinition/session-phase";
    private static final Set<String> SAYS_NO = Set.of("2667000", "260385009", "373067005", "LA32-8", "no", "negative");

    private final List<Problem> problems = new ArrayList<>();
    private final List<Medicine> medicines = new ArrayList<>();
    private final List<Substance> allergies = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<Done> procedures = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    private final List<QuestionnaireResponse> responses = new ArrayList<>();
    private final LocalDate today;
    private boolean medicationsAsked;
    private boolean reasonGiven;

    private FactsReader(LocalDate today) {
        this.today = today;
    }

    /** @param record resources of one patient, oldest first; those of other types are passed over */
    static Facts read(List<? extends Resource> record, LocalDate today) {
        var reader = new FactsReader(today);
        record.forEach(reader::add);
        var answers = Answers.of(reader.responses);
        return new Facts(
                today,
                reader.problems,
                reader.medicines,
                reader.medicationsAsked
                        || answers.stream().anyMatch(answer -> answer.question().equals(Answers.MEDICATIONS_ASKED)),
                reader.allergies,
                reader.measures,
                reader.procedures,
                reader.events,
                reader.devices,
                answers,
                List.of(),
                reader.reasonGiven || !reader.problems.isEmpty());
    }

    private void add(Resource resource) {
        if (resource instanceof Condition condition) {
            problem(condition);
        } else if (resource instanceof MedicationStatement statement) {
            taken(statement);
        } else if (resource instanceof MedicationRequest request) {
            prescribed(request);
        } else if (resource instanceof AllergyIntolerance allergy) {
            substance(allergy);
        } else if (resource instanceof Observation observation) {
            measured(observation);
        } else if (resource instanceof Procedure procedure) {
            done(procedure);
        } else if (resource instanceof AdverseEvent event) {
            happened(event);
        } else if (resource instanceof Device device) {
            devices.add(reference(device));
        } else if (resource instanceof QuestionnaireResponse response) {
            responses.add(response);
        } else if (resource instanceof ServiceRequest order) {
            reasonGiven |= order.hasReasonCode() || order.hasReasonReference();
        }
    }

    private void problem(Condition condition) {
        if (Codes.all(condition.getClinicalStatus()).stream().anyMatch(NOT_ACTIVE::contains)
                || Codes.all(condition.getVerificationStatus()).stream().anyMatch(NOT_MEANT::contains)) {
            return;
        }
        var icd10 = new HashSet<String>();
        Codes.of(condition.getCode(), Codes.ICD10).forEach(code -> icd10.add(code.replace(".", "")));
        var snomed = Codes.of(condition.getCode(), Codes.SNOMED);
        problems.add(new Problem(
                reference(condition),
                icd10,
                snomed,
                Codes.all(condition.getCode()).size() > icd10.size() + snomed.size(),
                Codes.text(condition.getCode()),
                day(condition.getOnset())));
    }

    private void taken(MedicationStatement statement) {
        if (statement.getStatus() == MedicationStatementStatus.ENTEREDINERROR) {
            return;
        }
        medicationsAsked = true;
        var isOver =
                switch (Objects.requireNonNullElse(statement.getStatus(), MedicationStatementStatus.UNKNOWN)) {
                    case COMPLETED, STOPPED -> isLongAgo(statement.getEffective());
                    case NOTTAKEN -> true;
                    default -> false;
                };
        if (!isOver && statement.getMedication() instanceof CodeableConcept code) {
            medicines.add(medicine(reference(statement), code));
        }
    }

    private void prescribed(MedicationRequest request) {
        var status = request.hasStatus() ? request.getStatus().toCode() : "unknown";
        if (status.equals("entered-in-error")) {
            return;
        }
        medicationsAsked = true;
        var isOver = Set.of("cancelled", "stopped", "draft").contains(status)
                || (status.equals("completed") && isLongAgo(request.getAuthoredOnElement()));
        if (!isOver && request.getMedication() instanceof CodeableConcept code) {
            medicines.add(medicine(reference(request), code));
        }
    }

    private static Medicine medicine(String reference, CodeableConcept code) {
        return new Medicine(reference, Codes.of(code, Codes.RXNORM), Codes.of(code, Codes.ATC), Codes.text(code));
    }

    private boolean isLongAgo(@Nullable Type when) {
        var day = when instanceof org.hl7.fhir.r4.model.Period period && period.hasEnd()
                ? RecordedDay.of(period.getEndElement()).orElse(null)
                : day(when);
        return day != null && day.isBefore(today.minusDays(DAYS_AFTER_THE_LAST_DOSE));
    }

    private void substance(AllergyIntolerance allergy) {
        var isOver = Codes.all(allergy.getClinicalStatus()).stream().anyMatch(NOT_ACTIVE::contains)
                || Codes.all(allergy.getVerificationStatus()).stream().anyMatch(NOT_MEANT::contains);
        if (!isOver) {
            allergies.add(new Substance(reference(allergy), Codes.text(allergy.getCode())));
        }
    }

    private void measured(Observation observation) {
        if (TAKEN_BACK.contains(observation.getStatus())) {
            return;
        }
        var phase = observation.getExtensionByUrl(PHASE);
        var phaseCode = phase != null && phase.getValue() instanceof CodeType code ? code.getValue() : "";
        var side = observation.getComponent().stream()
                .filter(part -> Codes.of(part.getCode(), Codes.MASSAGE).contains("side"))
                .filter(part -> part.getValue() instanceof CodeableConcept)
                .flatMap(part -> Codes.all(part.getValueCodeableConcept()).stream())
                .findFirst()
                .orElse("");
        var day = day(observation.getEffective());
        measures.add(
                measure(reference(observation), observation.getCode(), observation.getValue(), phaseCode, side, day));
        observation
                .getComponent()
                .forEach(part -> measures.add(
                        measure(reference(observation), part.getCode(), part.getValue(), phaseCode, side, day)));
    }

    private static Measure measure(
            String reference,
            CodeableConcept code,
            @Nullable Type value,
            String phase,
            String side,
            @Nullable LocalDate day) {
        var values = value instanceof CodeableConcept coded ? Codes.all(coded) : Set.<String>of();
        var denied = (value instanceof BooleanType flag && !flag.booleanValue())
                || values.stream().anyMatch(SAYS_NO::contains);
        return new Measure(reference, Codes.all(code), Answers.number(value), values, denied, phase, side, day);
    }

    private void done(Procedure procedure) {
        var isMassage = Codes.all(procedure.getCode()).contains("387854002")
                || !Codes.of(procedure.getCode(), Codes.MASSAGE).isEmpty();
        var status = procedure.hasStatus() ? procedure.getStatus().toCode() : "";
        if (isMassage || status.equals("not-done") || status.equals("entered-in-error")) {
            return;
        }
        procedures.add(new Done(
                reference(procedure),
                Codes.all(procedure.getCategory()),
                Codes.text(procedure.getCode()),
                day(procedure.getPerformed())));
    }

    private void happened(AdverseEvent event) {
        var codes = new HashSet<>(Codes.all(event.getEvent()));
        events.add(new Event(
                reference(event),
                codes,
                Codes.text(event.getEvent()),
                Codes.all(event.getSeriousness()).stream().anyMatch(code -> code.equalsIgnoreCase("serious")),
                event.hasDate() ? LocalDate.ofInstant(event.getDate().toInstant(), ZoneOffset.UTC) : null));
    }

    private static @Nullable LocalDate day(@Nullable Type when) {
        return RecordedDay.of(when).orElse(null);
    }

    static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }
}
