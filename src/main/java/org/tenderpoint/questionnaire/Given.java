package org.tenderpoint.questionnaire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/** The answers of a response by link id, wherever they stand. */
final class Given {

    private final Map<String, List<QuestionnaireResponseItemAnswerComponent>> answers = new TreeMap<>();

    Given(QuestionnaireResponse response) {
        add(response.getItem());
    }

    private void add(List<QuestionnaireResponseItemComponent> items) {
        for (var item : items) {
            var given = answers.computeIfAbsent(String.valueOf(item.getLinkId()), id -> new ArrayList<>());
            for (var answer : item.getAnswer()) {
                if (answer.hasValue()) {
                    given.add(answer);
                }
                add(answer.getItem());
            }
            add(item.getItem());
        }
    }

    List<QuestionnaireResponseItemAnswerComponent> answers(String linkId) {
        return answers.getOrDefault(linkId, List.of());
    }
}
