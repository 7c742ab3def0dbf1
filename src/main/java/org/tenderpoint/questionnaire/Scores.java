package org.tenderpoint.questionnaire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemAnswerOptionComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Numbers of answers, and scores computed from them. */
final class Scores {

    private static final int DIGITS = 1;

    private final List<QuestionnaireItemComponent> questions;
    private final Given given;

    /** @param questions all questions of the form, at any depth */
    Scores(List<QuestionnaireItemComponent> questions, Given given) {
        this.questions = questions;
        this.given = given;
    }

    /** The number that an answer stands for: its own, or the score of the choice. */
    static Optional<BigDecimal> number(QuestionnaireItemComponent question, @Nullable Type value) {
        if (value instanceof Coding choice) {
            return option(question, choice).flatMap(option -> Sdc.ordinal((Coding) option.getValue()));
        }
        return Optional.ofNullable(Sdc.number(value));
    }

    /** The option that a choice is. */
    static Optional<QuestionnaireItemAnswerOptionComponent> option(QuestionnaireItemComponent question, Coding choice) {
        return question.getAnswerOption().stream()
                .filter(option -> option.getValue() instanceof Coding coding
                        && Objects.equals(coding.getCode(), choice.getCode())
                        && Objects.equals(coding.getSystem(), choice.getSystem()))
                .findFirst();
    }

    /** The score, to one digit behind the point; empty where one of its questions is not answered with a number. */
    Optional<BigDecimal> of(Sdc.Score score) {
        var numbers = new ArrayList<BigDecimal>();
        for (var linkId : score.items()) {
            var number = question(linkId).flatMap(question -> given.answers(linkId).stream()
                    .findFirst()
                    .flatMap(answer -> number(question, answer.getValue())));
            if (number.isEmpty()) {
                return Optional.empty();
            }
            numbers.add(number.get());
        }
        var sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return Optional.of(
                score.method().equals("mean")
                        ? sum.divide(BigDecimal.valueOf(numbers.size()), DIGITS, RoundingMode.HALF_UP)
                        : sum);
    }

    Optional<QuestionnaireItemComponent> question(String linkId) {
        return questions.stream()
                .filter(question -> linkId.equals(question.getLinkId()))
                .findFirst();
    }

    /** All questions of a form, at any depth, in their order. */
    static List<QuestionnaireItemComponent> flat(List<QuestionnaireItemComponent> items) {
        var all = new ArrayList<QuestionnaireItemComponent>();
        for (var item : items) {
            all.add(item);
            all.addAll(flat(item.getItem()));
        }
        return all;
    }
}
