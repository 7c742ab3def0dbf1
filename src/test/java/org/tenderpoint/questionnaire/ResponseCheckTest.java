package org.tenderpoint.questionnaire;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tenderpoint.issue.Issue;

/** Answers held against their forms. */
class ResponseCheckTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private static final String PEG =
            "{'linkId':'pain','answer':[{'valueInteger':6}]},{'linkId':'enjoyment','answer':[{'valueInteger':7}]},";

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    peg ~ completed ~ PEG {'linkId':'activity','answer':[{'valueInteger':5}]} ~ ~
                    peg ~ completed ~ PEG {'linkId':'activity','answer':[{'valueInteger':5}]},{'linkId':'total','answer':[{'valueDecimal':6.0}]} ~ ~
                    peg ~ completed ~ PEG {'linkId':'activity','answer':[{'valueInteger':5}]},{'linkId':'total','answer':[{'valueDecimal':4.0}]} ~ response-score ~ item.where(linkId='total').answer
                    peg ~ completed ~ PEG {'linkId':'activity','answer':[{'valueInteger':11}]} ~ response-answer-range ~ item.where(linkId='activity').answer[0].value
                    peg ~ completed ~ {'linkId':'pain','answer':[{'valueInteger':6}]},{'linkId':'activity','answer':[{'valueInteger':5}]} ~ response-required ~ item.where(linkId='enjoyment')
                    peg ~ in-progress ~ {'linkId':'pain','answer':[{'valueInteger':6}]} ~ ~
                    peg ~ completed ~ PEG {'linkId':'activity','answer':[{'valueString':'five'}]} ~ response-answer-type ~ item.where(linkId='activity').answer[0].value
                    peg ~ completed ~ PEG {'linkId':'activity','answer':[{'valueInteger':5},{'valueInteger':6}]} ~ response-repeated ~ item.where(linkId='activity').answer
                    peg ~ in-progress ~ {'linkId':'sadness','answer':[{'valueInteger':5}]} ~ response-item-unknown ~ item.where(linkId='sadness')
                    pgic ~ completed ~ {'linkId':'change','answer':[{'valueCoding':{'system':'https://tenderpoint.org/fhir/CodeSystem/massage','code':'pgic-2'}}]} ~ ~
                    pgic ~ completed ~ {'linkId':'change','answer':[{'valueCoding':{'system':'https://tenderpoint.org/fhir/CodeSystem/massage','code':'pgic-9'}}]} ~ response-answer-option ~ item.where(linkId='change').answer[0].value
                    relief-hours ~ completed ~ {'linkId':'felt-relief','answer':[{'valueBoolean':true}]},{'linkId':'pain-now','answer':[{'valueInteger':3}]} ~ response-required ~ item.where(linkId='hours')
                    relief-hours ~ completed ~ {'linkId':'felt-relief','answer':[{'valueBoolean':false}]},{'linkId':'pain-now','answer':[{'valueInteger':3}]} ~ ~
                    relief-hours ~ completed ~ {'linkId':'felt-relief','answer':[{'valueBoolean':false}]},{'linkId':'hours','answer':[{'valueDecimal':3}]},{'linkId':'pain-now','answer':[{'valueInteger':3}]} ~ response-not-enabled ~ item.where(linkId='hours')
                    health-history ~ completed ~ {'linkId':'medications','item':[{'linkId':'takes-medication','answer':[{'valueBoolean':true}]},{'linkId':'medication','item':[{'linkId':'medication-dose','answer':[{'valueString':'daily'}]}]}]},{'linkId':'allergies','item':[{'linkId':'has-allergy','answer':[{'valueBoolean':false}]}]} ~ response-required ~ item.where(linkId='medications').item.where(linkId='medication').item.where(linkId='medication-name')
                    """)
    void answersKeepToTheirForm(String form, String status, String items, String code, String place)
            throws IOException {
        var response = response(status, items.replace("PEG", PEG));

        var issues = new ResponseCheck(form(form), response, "QuestionnaireResponse").issues();

        if (code == null) {
            assertThat(issues).isEmpty();
        } else {
            assertThat(issues).extracting(Issue::code).containsExactly(code);
            assertThat(issues).extracting(Issue::expression).isEqualTo(List.of("QuestionnaireResponse." + place));
        }
    }

    static QuestionnaireResponse response(String status, String items) {
        return FHIR.newJsonParser()
                .parseResource(
                        QuestionnaireResponse.class,
                        ("{'resourceType':'QuestionnaireResponse','status':'" + status
                                        + "','subject':{'reference':'Patient/p'},'authored':'2026-11-22T10:00:00Z','item':["
                                        + items + "]}")
                                .replace('\'', '"'));
    }

    static Questionnaire form(String name) throws IOException {
        try (var file = Forms.class.getResourceAsStream(name + ".json")) {
            return FHIR.newJsonParser()
                    .parseResource(
                            Questionnaire.class,
                            new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
