package org.tenderpoint.observation;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.SearchPage;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.OperationInput;
import org.tenderpoint.server.StoredAnswers;

/** {@code Observation/$lastn}. */
@Component
public final class LatestProvider implements FhirProvider {

    private final LatestObservations latest;
    private final StoredAnswers answers;

    LatestProvider(LatestObservations latest, StoredAnswers answers) {
        this.latest = latest;
        this.answers = answers;
    }

    /** Its parameters are search parameters, so they are read as those of a search are. */
    @Operation(name = "$lastn", typeName = "Observation", idempotent = true, manualResponse = true)
    @Description(shortDefinition = "The newest Observations of each code of one patient")
    public void lastN(
            @OperationParam(name = "max", max = 1) @Nullable PositiveIntType max,
            @OperationParam(name = "patient", max = 1) @Nullable StringType patient,
            @OperationParam(name = "subject", max = 1) @Nullable StringType subject,
            @OperationParam(name = "category") @Nullable List<StringType> category,
            @OperationParam(name = "code") @Nullable List<StringType> code,
            @OperationParam(name = "date") @Nullable List<StringType> date,
            @OperationParam(name = "status") @Nullable List<StringType> status,
            @OperationParam(name = "encounter") @Nullable List<StringType> encounter,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var found = latest.of(Callers.current(), OperationInput.of(request), max == null ? 1 : max.getValue());
        answers.send(
                new SearchPage(found, List.of(), Optional.of(found.size()), Optional.empty(), List.of()),
                request,
                response);
    }
}
