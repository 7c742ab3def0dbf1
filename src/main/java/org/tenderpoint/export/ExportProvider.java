package org.tenderpoint.export;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.ExportJobs;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/**
 * {@code Group/{id}/$export}: begins the export of one's own patients.
 *
 * @see <a href="https://hl7.org/fhir/uv/bulkdata/STU2/export.html">FHIR Bulk Data Access 2.0</a>
 */
@Component
public final class ExportProvider implements FhirProvider {

    private final ExportJobs jobs;
    private final ExportProperties properties;

    ExportProvider(ExportJobs jobs, ExportProperties properties) {
        this.jobs = jobs;
        this.properties = properties;
    }

    /** Answers at once, with the place to ask how far it is. */
    @Operation(name = ExportJobs.OPERATION, typeName = "Group", idempotent = true, manualResponse = true)
    @Description(
            shortDefinition =
                    "Begins a bulk export: of the patients of one's organization, by the organization's id; for systems")
    public void export(
            @IdParam IdType group,
            @OperationParam(name = "_since", max = 1) @Nullable InstantType since,
            @OperationParam(name = "_type") @Nullable List<CodeType> types,
            @OperationParam(name = "_outputFormat", max = 1) @Nullable StringType format,
            ServletRequestDetails request,
            HttpServletResponse response) {
        var caller = Callers.current();
        var ask = ExportAsks.from(caller, since, types, format, request);
        var job = jobs.accept(caller, RequestForms.uuid(group), ask, properties.terms());
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        response.setHeader("Content-Location", Manifest.url(job));
        response.setContentLength(0);
    }
}
