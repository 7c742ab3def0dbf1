package org.tenderpoint.everything;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.SearchPage;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.PlainOperation;
import org.tenderpoint.server.RequestForms;
import org.tenderpoint.server.StoredAnswers;

/** {@code Patient/{id}/$everything}. */
@Component
public final class EverythingProvider implements FhirProvider, PlainOperation {

    private final Chart chart;
    private final StoredAnswers answers;

    EverythingProvider(Chart chart, StoredAnswers answers) {
        this.chart = chart;
        this.answers = answers;
    }

    @Override
    public String type() {
        return "Patient";
    }

    @Override
    public String name() {
        return "$everything";
    }

    @Override
    public SearchPage page(Caller caller, UUID patient) {
        return chart.everything(caller, RecordAsks.from(patient, null, null, null, null, null, null));
    }

    /** Sends the record itself, because HAPI would parse what lies ready as bytes. */
    @Operation(name = "$everything", typeName = "Patient", idempotent = true, manualResponse = true)
    @Description(shortDefinition = "A patient's record, with the people and places that it names")
    public void everything(
            @IdParam IdType patient,
            @OperationParam(name = "start", max = 1) @Nullable DateType start,
            @OperationParam(name = "end", max = 1) @Nullable DateType end,
            @OperationParam(name = "_since", max = 1) @Nullable InstantType since,
            @OperationParam(name = "_type") @Nullable List<CodeType> types,
            @OperationParam(name = "_count", max = 1) @Nullable IntegerType count,
            @OperationParam(name = "_cursor", max = 1) @Nullable StringType cursor,
            RequestDetails request,
            HttpServletResponse response)
            throws IOException {
        var ask = RecordAsks.from(RequestForms.uuid(patient), start, end, since, types, count, cursor);
        answers.send(chart.everything(Callers.current(), ask), request, response);
    }
}
