package org.tenderpoint.questionnaire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StringType;
import org.tenderpoint.issue.Issue;

/** Holds answers against their form. Belongs to one response. */
final class ResponseCheck {

    /** A computed score may be rounded otherwise. */
    private static final BigDecimal ROUNDING = new BigDecimal("0.06");

    private static final Map<QuestionnaireItemType, String> TYPES = Map.ofEntries(
            Map.entry(QuestionnaireItemType.BOOLEAN, "boolean"),
            Map.entry(QuestionnaireItemType.DECIMAL, "decimal"),
            Map.entry(QuestionnaireItemType.INTEGER, "integer"),
            Map.entry(QuestionnaireItemType.DATE, "date"),
            Map.entry(QuestionnaireItemType.DATETIME, "dateTime"),
            Map.entry(QuestionnaireItemType.TIME, "time"),
            Map.entry(QuestionnaireItemType.STRING, "string"),
            Map.entry(QuestionnaireItemType.TEXT, "string"),
            Map.entry(QuestionnaireItemType.URL, "uri"),
            Map.entry(QuestionnaireItemType.CHOICE, "Coding"),
            Map.entry(QuestionnaireItemType.ATTACHMENT, "Attachment"),
            Map.entry(QuestionnaireItemType.REFERENCE, "Reference"),
            Map.entry(QuestionnaireItemType.QUANTITY, "Quantity"));

    private final Questionnaire form;
    private final QuestionnaireResponse response;
    private final String path;
    private final Given given;
    private final List<Issue> issues = new ArrayList<>();

    ResponseCheck(Questionnaire form, QuestionnaireResponse response, String path) {
        this.form = form;
        this.response = response;
        this.path = path;
        this.given = new Given(response);
    }

    /** Everything that is wrong; what is missing counts only where the response says that it is complete. */
    List<Issue> issues() {
        items(form.getItem(), response.getItem(), path, true);
        scores();
        return issues;
    }

    private boolean isComplete() {
        return response.getStatus() == QuestionnaireResponseStatus.COMPLETED
                || response.getStatus() == QuestionnaireResponseStatus.AMENDED;
    }

    private void items(
            List<QuestionnaireItemComponent> questions,
            List<QuestionnaireResponseItemComponent> answered,
            String at,
            boolean enabled) {
        var known = new HashMap<String, QuestionnaireItemComponent>();
        questions.forEach(question -> known.put(question.getLinkId(), question));
        var seen = new HashSet<String>();
        for (var item : answered) {
            var place = place(at, String.valueOf(item.getLinkId()));
            var question = known.get(String.valueOf(item.getLinkId()));
            if (question == null) {
                issues.add(Issue.value(
                        "response-item-unknown",
                        place,
                        "The form has no such linkId here; it has " + String.join(", ", known.keySet()) + "."));
                continue;
            }
            if (!seen.add(question.getLinkId()) && !question.getRepeats()) {
                issues.add(Issue.value("response-repeated", place, "This question is asked once."));
            }
            item(question, item, place, enabled && EnableWhen.isEnabled(question, given));
        }
        if (isComplete() && enabled) {
            for (var question : questions) {
                if (question.getRequired()
                        && !seen.contains(question.getLinkId())
                        && EnableWhen.isEnabled(question, given)) {
                    missing(place(at, question.getLinkId()), question);
                }
            }
        }
    }

    private void item(
            QuestionnaireItemComponent question,
            QuestionnaireResponseItemComponent item,
            String place,
            boolean enabled) {
        if (!enabled && (item.hasAnswer() || item.hasItem())) {
            issues.add(Issue.businessRule(
                    "response-not-enabled",
                    place,
                    "This is not asked, given the other answers; take it out, or change the answer that it hangs on."));
            return;
        }
        if (question.getType() == QuestionnaireItemType.GROUP || question.getType() == QuestionnaireItemType.DISPLAY) {
            if (item.hasAnswer()) {
                issues.add(
                        Issue.structure("response-answer-type", place + ".answer", "A group has items and no answer."));
            }
            items(question.getItem(), item.getItem(), place, enabled);
            return;
        }
        if (isComplete() && question.getRequired() && item.getAnswer().stream().noneMatch(a -> a.hasValue())) {
            missing(place, question);
        }
        if (item.getAnswer().size() > 1 && !question.getRepeats()) {
            issues.add(Issue.value("response-repeated", place + ".answer", "This question takes one answer."));
        }
        for (int i = 0; i < item.getAnswer().size(); i++) {
            answer(question, item.getAnswer().get(i), place + ".answer[" + i + "]", enabled);
        }
    }

    private void missing(String place, QuestionnaireItemComponent question) {
        issues.add(Issue.required(
                "response-required",
                place,
                "\"" + question.getText() + "\" has to be answered, or the response stays in-progress."));
    }

    private void answer(
            QuestionnaireItemComponent question,
            QuestionnaireResponseItemAnswerComponent answer,
            String place,
            boolean enabled) {
        items(question.getItem(), answer.getItem(), place, enabled);
        var value = answer.getValue();
        if (value == null) {
            return;
        }
        var isOpen = question.getType() == QuestionnaireItemType.OPENCHOICE;
        var wanted = TYPES.get(question.getType());
        var fits = isOpen
                ? value instanceof Coding || value instanceof StringType
                : value.fhirType().equals(wanted);
        if (!fits) {
            issues.add(Issue.structure(
                    "response-answer-type",
                    place + ".value",
                    "The answer is a value of type " + (isOpen ? "Coding or string" : wanted) + "."));
            return;
        }
        if (value instanceof Coding choice
                && !isOpen
                && question.hasAnswerOption()
                && Scores.option(question, choice).isEmpty()) {
            issues.add(Issue.value(
                    "response-answer-option", place + ".value", "The answer is one of the options of the question."));
        }
        range(question, answer, place);
    }

    private void range(
            QuestionnaireItemComponent question, QuestionnaireResponseItemAnswerComponent answer, String place) {
        var number = Sdc.number(answer.getValue());
        if (number != null) {
            var low = Sdc.least(question).filter(least -> number.compareTo(least) < 0);
            var high = Sdc.most(question).filter(most -> number.compareTo(most) > 0);
            if (low.isPresent() || high.isPresent()) {
                issues.add(Issue.value(
                        "response-answer-range",
                        place + ".value",
                        "The answer lies between "
                                + Sdc.least(question)
                                        .map(BigDecimal::toPlainString)
                                        .orElse("any") + " and "
                                + Sdc.most(question)
                                        .map(BigDecimal::toPlainString)
                                        .orElse("any") + "."));
            }
        }
        if (question.hasMaxLength()
                && answer.getValue() instanceof StringType text
                && text.getValueNotNull().length() > question.getMaxLength()) {
            issues.add(Issue.value(
                    "response-answer-range",
                    place + ".value",
                    "The answer has at most " + question.getMaxLength() + " characters."));
        }
    }

    private void scores() {
        var questions = Scores.flat(form.getItem());
        var scores = new Scores(questions, given);
        for (var question : questions) {
            var computed = Sdc.score(question).flatMap(scores::of);
            var sent = given.answers(question.getLinkId()).stream()
                    .findFirst()
                    .flatMap(answer -> Scores.number(question, answer.getValue()));
            if (computed.isPresent()
                    && sent.isPresent()
                    && computed.get().subtract(sent.get()).abs().compareTo(ROUNDING) > 0) {
                issues.add(Issue.businessRule(
                        "response-score",
                        place(path, question.getLinkId()) + ".answer",
                        "The score does not follow from the answers; leave it out, and it is computed."));
            }
        }
    }

    private static String place(String at, String linkId) {
        return at + ".item.where(linkId='" + Issue.echo(linkId) + "')";
    }
}
