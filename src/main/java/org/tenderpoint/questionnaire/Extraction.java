package org.tenderpoint.questionnaire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** What a complete response says, as resources of the record. Knows neither the server nor the chart. */
final class Extraction {

    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";

    private final Questionnaire form;
    private final QuestionnaireResponse response;
    private final Reference source;
    private final Given given;
    private final List<Extracted> found = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param source how what is extracted points at the response */
    Extraction(Questionnaire form, QuestionnaireResponse response, Reference source) {
        this.form = form;
        this.response = response;
        this.source = source;
        this.given = new Given(response);
    }

    /**
     * One resource out of a response.
     *
     * @param key link id and number: the same for the same answer of an amended response
     * @param resource without id and without the identifier that carries the key
     */
    record Extracted(String key, Resource resource) {}

    List<Extracted> all() {
        items(form.getItem(), response.getItem());
        scores();
        return found;
    }

    private void items(List<QuestionnaireItemComponent> questions, List<QuestionnaireResponseItemComponent> answered) {
        for (var item : answered) {
            questions.stream()
                    .filter(question -> question.getLinkId().equals(item.getLinkId()))
                    .findFirst()
                    .ifPresent(question -> item(question, item));
        }
    }

    private void item(QuestionnaireItemComponent question, QuestionnaireResponseItemComponent item) {
        // What was filled in from the record stands there already.
        var isKnown = item.hasExtension(Sdc.POPULATED_FROM);
        var context = Sdc.context(question);
        if (context.isPresent() && !isKnown) {
            RowReader.read(context.get(), question, item).ifPresent(resource -> {
                Authored.by(resource, response, source);
                add(question, resource);
            });
        }
        for (var answer : item.getAnswer()) {
            if (Sdc.isObservation(question) && Sdc.score(question).isEmpty() && answer.hasValue()) {
                add(question, observation(question, answer.getValue()));
            }
            items(question.getItem(), answer.getItem());
        }
        if (context.isEmpty()) {
            items(question.getItem(), item.getItem());
        }
    }

    private void scores() {
        var questions = Scores.flat(form.getItem());
        var scores = new Scores(questions, given);
        for (var question : questions) {
            if (Sdc.isObservation(question)) {
                Sdc.score(question).ifPresent(score -> scores.of(score).ifPresent(number -> {
                    var total = observation(question, quantity(question, number));
                    score.items().forEach(linkId -> scores.question(linkId).ifPresent(part -> component(total, part)));
                    add(question, total);
                }));
            }
        }
    }

    private void component(Observation total, QuestionnaireItemComponent part) {
        if (part.hasCode()) {
            given.answers(part.getLinkId()).stream().findFirst().ifPresent(answer -> total.addComponent()
                    .setCode(concept(part.getCode()))
                    .setValue(value(part, answer.getValue())));
        }
    }

    private Observation observation(QuestionnaireItemComponent question, Type value) {
        var observation = new Observation()
                .setStatus(ObservationStatus.FINAL)
                .setCode(concept(question.getCode()))
                .setValue(value(question, value));
        observation.addCategory().addCoding().setSystem(CATEGORY).setCode("survey");
        Authored.by(observation, response, source);
        Sdc.phase(question)
                .or(() -> Sdc.phase(response))
                .ifPresent(phase -> observation.addExtension(Sdc.SESSION_PHASE, Sdc.code(phase)));
        Sdc.label(question).ifPresent(label -> observation.getMeta().addSecurity(label.copy()));
        return observation;
    }

    private static Type value(QuestionnaireItemComponent question, Type value) {
        var number = Scores.number(question, value);
        if (number.isPresent() && Sdc.unit(question).isPresent()) {
            return quantity(question, number.get());
        }
        if (value instanceof Coding choice) {
            return new CodeableConcept().addCoding(choice.copy());
        }
        return value.copy();
    }

    private static Quantity quantity(QuestionnaireItemComponent question, BigDecimal number) {
        var quantity = new Quantity().setValue(number);
        Sdc.unit(question).ifPresent(unit -> quantity.setUnit(unit.getCode())
                .setSystem(unit.getSystem())
                .setCode(unit.getCode()));
        return quantity;
    }

    static CodeableConcept concept(List<Coding> codes) {
        var concept = new CodeableConcept();
        codes.forEach(code -> concept.addCoding(code.copy()));
        return concept;
    }

    private void add(QuestionnaireItemComponent question, Resource resource) {
        var number = numbers.merge(question.getLinkId(), 1, Integer::sum);
        found.add(new Extracted(question.getLinkId() + "." + number, resource));
    }
}
