package org.tenderpoint.demo;

import java.util.Map;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;

/** The health history as the patient filled it in, on the day before the first visit. */
final class HistoryBundle {

    private static final String FORM = "https://tenderpoint.org/fhir/Questionnaire/health-history";

    private HistoryBundle() {}

    static Bundle of(Course course, Days days) {
        var patient = DemoBundle.to("Patient", course.key());
        var response = new QuestionnaireResponse()
                .setStatus(QuestionnaireResponseStatus.COMPLETED)
                .setQuestionnaire(FORM)
                .setSubject(patient)
                .setAuthoredElement(Days.dateTime(days.at(-1, "19:00")))
                .setAuthor(patient.copy())
                .setSource(patient.copy());
        course.history().forEach((group, answers) -> answer(response.addItem().setLinkId(group), answers));
        var bundle = new DemoBundle();
        bundle.add(response, course.key() + "-history");
        return bundle.bundle();
    }

    private static void answer(QuestionnaireResponseItemComponent group, Map<String, Boolean> answers) {
        answers.forEach((question, yes) ->
                group.addItem().setLinkId(question).addAnswer().setValue(new BooleanType(yes)));
    }
}
