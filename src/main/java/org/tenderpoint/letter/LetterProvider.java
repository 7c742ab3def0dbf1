package org.tenderpoint.letter;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.SummaryAnswers;
import org.tenderpoint.document.SummaryDocument;
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
        send(letters::planOfCare, PlanOfCareLetter.UNSIGNED, "plan-of-care", referral, asOf, request, response);
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
        send(
                letters::medicalNecessity,
                NecessityLetter.UNSIGNED,
                "medical-necessity",
                referral,
                asOf,
                request,
                response);
    }

    /** Writes one of the letters. */
    @FunctionalInterface
    private interface Written {
        SummaryDocument of(Caller caller, UUID referral, Days days, String base);
    }

    private void send(
            Written letter,
            String mark,
            String name,
            IdType referral,
            @Nullable DateType asOf,
            ServletRequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var days = Days.until(Parameter.day("as-of", asOf));
        var written = letter.of(Callers.current(), RequestForms.uuid(referral), days, request.getFhirServerBase());
        answers.send(written, mark, name, request, response);
    }
}
