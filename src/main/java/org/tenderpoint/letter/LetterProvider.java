package org.tenderpoint.letter;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.SummaryAnswers;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code $plan-of-care-letter} and {@code $medical-necessity-letter} on a referral. */
@Component
public final class LetterProvider implements FhirProvider {

    private final Letters letters;
    private final SummaryAnswers answers;

    LetterProvider(Letters letters, SummaryAnswers answers) {
        this.letters = letters;
        this.answers = answers;
    }

    @Override
    public Set<String> pages() {
        return Set.of(Letters.PLAN_OF_CARE, Letters.MEDICAL_NECESSITY);
    }

    /** {@code ServiceRequest/{id}/$plan-of-care-letter}. */
    @Operation(name = Letters.PLAN_OF_CARE, typeName = "ServiceRequest", idempotent = true, manualResponse = true)
    @Description(
            shortDefinition =
                    "What was found at the start, what is planned and by when it should have helped: a letter to who"
                            + " referred, as FHIR, text or PDF")
    public void planOfCare(
            @IdParam IdType referral,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf,
            ServletRequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var days = Days.until(Parameter.day("as-of", asOf));
        var base = request.getFhirServerBase();
        var letter = letters.planOfCare(Callers.current(), RequestForms.uuid(referral), days, base);
        answers.send(letter, PlanOfCareLetter.UNSIGNED, "plan-of-care", request, response);
    }

    /** {@code ServiceRequest/{id}/$medical-necessity-letter}. */
    @Operation(name = Letters.MEDICAL_NECESSITY, typeName = "ServiceRequest", idempotent = true, manualResponse = true)
    @Description(
            shortDefinition =
                    "A template for the physician to sign: diagnosis, treatment, frequency and duration, as FHIR, text or"
                            + " PDF")
    public void medicalNecessity(
            @IdParam IdType referral,
            @OperationParam(name = "as-of", max = 1) @Nullable DateType asOf,
            ServletRequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var days = Days.until(Parameter.day("as-of", asOf));
        var base = request.getFhirServerBase();
        var letter = letters.medicalNecessity(Callers.current(), RequestForms.uuid(referral), days, base);
        answers.send(letter, NecessityLetter.UNSIGNED, "medical-necessity", request, response);
    }
}
