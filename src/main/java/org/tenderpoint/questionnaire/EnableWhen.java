package org.tenderpoint.questionnaire;

import java.math.BigDecimal;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire.EnableWhenBehavior;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemEnableWhenComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Whether a question is asked at all, given the other answers (R4, Questionnaire.item.enableWhen). */
final class EnableWhen {

    private EnableWhen() {}

    static boolean isEnabled(QuestionnaireItemComponent question, Given given) {
        if (question.getEnableWhen().isEmpty()) {
            return true;
        }
        var conditions = question.getEnableWhen().stream();
        return question.getEnableBehavior() == EnableWhenBehavior.ALL
                ? conditions.allMatch(condition -> holds(condition, given))
                : conditions.anyMatch(condition -> holds(condition, given));
    }

    private static boolean holds(QuestionnaireItemEnableWhenComponent condition, Given given) {
        var answers = given.answers(condition.getQuestion());
        var wanted = condition.getAnswer();
        return switch (condition.getOperator()) {
            case EXISTS -> answers.isEmpty() != (wanted instanceof BooleanType flag && flag.booleanValue());
            case NOT_EQUAL -> answers.stream().noneMatch(answer -> equal(answer.getValue(), wanted));
            case EQUAL -> answers.stream().anyMatch(answer -> equal(answer.getValue(), wanted));
            case GREATER_THAN -> answers.stream().anyMatch(answer -> compare(answer.getValue(), wanted) > 0);
            case LESS_THAN ->
                answers.stream().anyMatch(answer -> {
                    var compared = compare(answer.getValue(), wanted);
                    return compared < 0 && compared != UNCOMPARABLE;
                });
            case GREATER_OR_EQUAL ->
                answers.stream().anyMatch(answer -> {
                    var compared = compare(answer.getValue(), wanted);
                    return compared >= 0;
                });
            case LESS_OR_EQUAL ->
                answers.stream().anyMatch(answer -> {
                    var compared = compare(answer.getValue(), wanted);
                    return compared <= 0 && compared != UNCOMPARABLE;
                });
            case NULL -> false;
        };
    }

    private static final int UNCOMPARABLE = Integer.MIN_VALUE;

    private static boolean equal(@Nullable Type one, @Nullable Type other) {
        if (one instanceof Coding coding && other instanceof Coding wanted) {
            return java.util.Objects.equals(coding.getCode(), wanted.getCode())
                    && (!wanted.hasSystem() || wanted.getSystem().equals(coding.getSystem()));
        }
        if (one == null || other == null) {
            return false;
        }
        var compared = compare(one, other);
        return compared == UNCOMPARABLE ? one.equalsShallow(other) : compared == 0;
    }

    private static int compare(@Nullable Type one, @Nullable Type other) {
        BigDecimal left = Sdc.number(one);
        BigDecimal right = Sdc.number(other);
        if (left != null && right != null) {
            return left.compareTo(right);
        }
        if (one instanceof BaseDateTimeType date
                && other instanceof BaseDateTimeType wanted
                && date.getValue() != null
                && wanted.getValue() != null) {
            return date.getValue().compareTo(wanted.getValue());
        }
        return UNCOMPARABLE;
    }
}
