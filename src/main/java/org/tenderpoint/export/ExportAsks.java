package org.tenderpoint.export;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.ExportJob;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.OperationForms;

/** Reads what an export is asked for by. */
final class ExportAsks {

    /** What the answer of other operations is shaped by; a file is what it is. */
    private static final List<String> NOT_HERE = List.of("_elements", "_summary", "_format", "_pretty");

    private static final Set<String> FORMATS = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

    private ExportAsks() {}

    /**
     * What is asked for.
     *
     * @throws Refused 400 where the client does not say that it takes the answer later, or a parameter has a value that is
     *     not offered; 403 for types that are not the caller's
     */
    static ExportJob.Ask from(
            Caller caller,
            @Nullable InstantType since,
            @Nullable List<CodeType> types,
            @Nullable StringType format,
            ServletRequestDetails request) {
        if (!respondsAsync(request)) {
            throw Refused.badRequest(Issue.value(
                    "export-async", null, "An export is answered later: send the header Prefer: respond-async."));
        }
        NOT_HERE.stream()
                .filter(request.getParameters()::containsKey)
                .findFirst()
                .ifPresent(name -> {
                    throw Refused.badRequest(Issue.notSupported(
                            "operation-parameter-unknown",
                            "Parameter " + name + " is none of $export, which takes _outputFormat, _since, _type."));
                });
        // A plus that was not encoded has become a space.
        if (format != null
                && !FORMATS.contains(String.valueOf(format.getValue()).replace(' ', '+'))) {
            throw OperationForms.invalid("_outputFormat", "is application/fhir+ndjson");
        }
        var query = request.getServletRequest().getQueryString();
        var wanted = types == null ? Set.<String>of() : OperationForms.types("_type", types);
        return new ExportJob.Ask(
                request.getFhirServerBase(),
                request.getFhirServerBase() + "/" + request.getRequestPath() + (query == null ? "" : "?" + query),
                ExportTypes.of(caller, wanted),
                since == null ? null : OperationForms.instant("_since", since));
    }

    private static boolean respondsAsync(ServletRequestDetails request) {
        var preferences = request.getHeaders("Prefer");
        return preferences != null
                && preferences.stream()
                        .flatMap(header -> Arrays.stream(header.split("[,;]", -1)))
                        .map(preference -> preference.strip().toLowerCase(Locale.ROOT))
                        .anyMatch("respond-async"::equals);
    }
}
