package org.tenderpoint.questionnaire;

import java.util.List;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/** Answers keep to their form. A response to a form that nobody here knows is kept as it comes. */
@Component
final class ResponseRule implements WriteRule {

    private final Forms forms;

    ResponseRule(Forms forms) {
        this.forms = forms;
    }

    @Override
    public List<Issue> check(Write write) {
        if (!(write.resource() instanceof QuestionnaireResponse response)
                || !response.hasQuestionnaire()
                || response.getStatus() == QuestionnaireResponseStatus.ENTEREDINERROR) {
            return List.of();
        }
        var canonical = response.getQuestionnaire();
        var form = forms.find(write.caller(), canonical);
        if (form.isPresent()) {
            return new ResponseCheck(form.get(), response, write.path()).issues();
        }
        return canonical.startsWith(Forms.BASE)
                ? List.of(Issue.value(
                        "response-form-unknown",
                        write.path() + ".questionnaire",
                        "There is no such form, or not in this version; search Questionnaire for those there are."))
                : List.of();
    }
}
