package org.tenderpoint.questionnaire;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.server.FhirJson;

/** Fills a form in with what the record says already, so that nobody asks twice. */
@Component
class Population {

    private static final Set<String> TYPES =
            Set.of("Observation", "Condition", "MedicationStatement", "AllergyIntolerance");
    private static final Set<String> NOT_ACTIVE = Set.of("inactive", "remission", "resolved");

    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;

    Population(Chart chart, FhirContext fhir, Clock clock) {
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
    }

    /** @throws org.tenderpoint.issue.Refused 404 where there is no such patient for the caller */
    QuestionnaireResponse fill(Caller caller, Questionnaire form, UUID patient) {
        var record = chart.ownRecord(caller, "$populate", "Patient", patient, TYPES).stream()
                .map(row -> FhirJson.parse(fhir, row.json()))
                .toList();
        var response = new QuestionnaireResponse()
                .setQuestionnaire(form.hasVersion() ? form.getUrl() + "|" + form.getVersion() : form.getUrl())
                .setStatus(QuestionnaireResponseStatus.INPROGRESS)
                .setSubject(new Reference("Patient/" + patient))
                .setAuthoredElement(new DateTimeType(Date.from(clock.instant())));
        form.getItem().stream().flatMap(question -> items(question, record)).forEach(response::addItem);
        return response;
    }

    private Stream<QuestionnaireResponseItemComponent> items(
            QuestionnaireItemComponent question, List<Resource> record) {
        var context = Sdc.context(question);
        if (context.isPresent() && question.getType() == QuestionnaireItemType.GROUP) {
            return record.stream()
                    .filter(resource -> resource.fhirType().equals(context.get()) && isActive(resource))
                    .map(resource -> row(question, resource));
        }
        var item = new QuestionnaireResponseItemComponent()
                .setLinkId(question.getLinkId())
                .setText(question.getText());
        if (question.getType() == QuestionnaireItemType.GROUP) {
            question.getItem().stream().flatMap(one -> items(one, record)).forEach(item::addItem);
            return item.hasItem() ? Stream.of(item) : Stream.empty();
        }
        var known = context.isPresent() ? condition(question, record) : measured(question, record);
        if (known.isEmpty() && question.getLinkId().equals("takes-medication")) {
            known = record.stream().anyMatch(resource -> resource instanceof MedicationStatement && isActive(resource))
                    ? Optional.of(new Known(new BooleanType(true), null))
                    : Optional.empty();
        }
        if (known.isEmpty() && question.getLinkId().equals("has-allergy")) {
            known = record.stream().anyMatch(resource -> resource instanceof AllergyIntolerance && isActive(resource))
                    ? Optional.of(new Known(new BooleanType(true), null))
                    : Optional.empty();
        }
        return known
                .map(value -> {
                    item.addAnswer().setValue(value.value);
                    if (value.from != null) {
                        item.addExtension(Sdc.POPULATED_FROM, new Reference(value.from));
                    }
                    return item;
                })
                .stream();
    }

    private record Known(Type value, @Nullable String from) {}

    private Optional<Known> measured(QuestionnaireItemComponent question, List<Resource> record) {
        var days = Sdc.linkDays(question);
        if (days.isEmpty()) {
            return Optional.empty();
        }
        var since = Date.from(clock.instant().minus(Duration.ofDays(days.get())));
        return record.stream()
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .filter(one -> one.getStatus() != ObservationStatus.ENTEREDINERROR)
                .filter(one -> hasCode(one.getCode(), question.getCode()))
                .filter(one -> one.getEffective() instanceof DateTimeType when
                        && when.getValue().after(since))
                .filter(one -> one.getValue() instanceof Quantity quantity && quantity.hasValue())
                .reduce((older, newer) -> newer)
                .map(one -> new Known(number(question, one.getValueQuantity()), reference(one)));
    }

    private static Type number(QuestionnaireItemComponent question, Quantity quantity) {
        return question.getType() == QuestionnaireItemType.INTEGER
                ? new IntegerType(quantity.getValue().intValue())
                : new DecimalType(quantity.getValue());
    }

    private static Optional<Known> condition(QuestionnaireItemComponent question, List<Resource> record) {
        return record.stream()
                .filter(resource -> resource instanceof Condition condition
                        && isActive(resource)
                        && hasCode(condition.getCode(), question.getCode()))
                .reduce((older, newer) -> newer)
                .map(resource -> new Known(new BooleanType(true), reference(resource)));
    }

    private static boolean hasCode(CodeableConcept concept, List<Coding> codes) {
        return codes.stream().anyMatch(code -> concept.hasCoding(code.getSystem(), code.getCode()));
    }

    private static boolean isActive(Resource resource) {
        if (resource instanceof MedicationStatement statement) {
            return statement.getStatus() == MedicationStatementStatus.ACTIVE;
        }
        var status = resource instanceof Condition condition
                ? condition.getClinicalStatus()
                : ((AllergyIntolerance) resource).getClinicalStatus();
        var sure = resource instanceof Condition condition
                ? condition.getVerificationStatus()
                : ((AllergyIntolerance) resource).getVerificationStatus();
        return status.getCoding().stream().noneMatch(coding -> NOT_ACTIVE.contains(coding.getCode()))
                && sure.getCoding().stream().noneMatch(coding -> Set.of("refuted", "entered-in-error")
                        .contains(coding.getCode()));
    }

    private static QuestionnaireResponseItemComponent row(QuestionnaireItemComponent group, Resource resource) {
        var item = new QuestionnaireResponseItemComponent()
                .setLinkId(group.getLinkId())
                .setText(group.getText());
        item.addExtension(Sdc.POPULATED_FROM, new Reference(reference(resource)));
        for (var question : group.getItem()) {
            element(question, resource).ifPresent(value -> item.addItem()
                    .setLinkId(question.getLinkId())
                    .setText(question.getText())
                    .addAnswer()
                    .setValue(value));
        }
        return item;
    }

    private static Optional<Type> element(QuestionnaireItemComponent question, Resource resource) {
        var element =
                question.getDefinition().substring(question.getDefinition().indexOf('#') + 1);
        return switch (element) {
            case "Condition.code" -> named(((Condition) resource).getCode());
            case "MedicationStatement.medication[x]" ->
                ((MedicationStatement) resource).getMedication() instanceof CodeableConcept code
                        ? named(code)
                        : Optional.empty();
            case "MedicationStatement.dosage.text" ->
                text(((MedicationStatement) resource).getDosageFirstRep().getText());
            case "AllergyIntolerance.code" -> named(((AllergyIntolerance) resource).getCode());
            case "AllergyIntolerance.note.text" ->
                text(((AllergyIntolerance) resource).getNoteFirstRep().getText());
            default -> Optional.empty();
        };
    }

    private static Optional<Type> named(CodeableConcept concept) {
        return text(
                concept.hasText()
                        ? concept.getText()
                        : concept.getCoding().stream()
                                .filter(Coding::hasDisplay)
                                .map(Coding::getDisplay)
                                .findFirst()
                                .orElseGet(() -> concept.getCodingFirstRep().getCode()));
    }

    private static Optional<Type> text(@Nullable String text) {
        return Optional.ofNullable(text).map(StringType::new);
    }

    private static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }
}
