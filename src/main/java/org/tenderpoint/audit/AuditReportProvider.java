package org.tenderpoint.audit;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.audit.AuditReports.Span;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code $access-report}, {@code $accounting-of-disclosures} and {@code $reached}. */
@Component
public final class AuditReportProvider implements FhirProvider {

    private final AuditReports reports;

    AuditReportProvider(AuditReports reports) {
        this.reports = reports;
    }

    @Operation(name = AuditReports.ACCESS, typeName = "Patient", idempotent = true)
    @Description(shortDefinition = "Who has seen or changed a patient's record, when and on what ground")
    public Bundle access(
            @IdParam IdType patient,
            @OperationParam(name = "start", max = 1) @Nullable DateTimeType start,
            @OperationParam(name = "end", max = 1) @Nullable DateTimeType end,
            @OperationParam(name = "_count", max = 1) @Nullable IntegerType count,
            @OperationParam(name = "_cursor", max = 1) @Nullable StringType cursor,
            RequestDetails request) {
        var id = RequestForms.uuid(patient);
        var page = reports.access(
                Callers.current(),
                id,
                new Span(start, end),
                count == null ? null : count.getValue(),
                Optional.ofNullable(cursor).map(StringType::getValue));
        return AuditBundles.of(
                page,
                request.getFhirServerBase(),
                "/Patient/" + id + "/" + AuditReports.ACCESS,
                request.getParameters());
    }

    @Operation(name = AuditReports.DISCLOSURES, typeName = "Patient", idempotent = true)
    @Description(shortDefinition = "To whom a patient's record was disclosed, when, what, and for what purpose")
    public Parameters disclosures(
            @IdParam IdType patient,
            @OperationParam(name = "start", max = 1) @Nullable DateTimeType start,
            @OperationParam(name = "end", max = 1) @Nullable DateTimeType end) {
        return reports.disclosures(Callers.current(), RequestForms.uuid(patient), new Span(start, end));
    }

    @Operation(name = AuditReports.REACHED, typeName = "AuditEvent", idempotent = true)
    @Description(shortDefinition = "The patients whose records a client or a person has reached")
    public Parameters reached(
            @OperationParam(name = "client", max = 1) @Nullable StringType client,
            @OperationParam(name = "person", max = 1) @Nullable StringType person,
            @OperationParam(name = "start", max = 1) @Nullable DateTimeType start,
            @OperationParam(name = "end", max = 1) @Nullable DateTimeType end) {
        return reports.reached(
                Callers.current(),
                client == null ? null : client.getValue(),
                person == null ? null : person.getValue(),
                new Span(start, end));
    }
}
