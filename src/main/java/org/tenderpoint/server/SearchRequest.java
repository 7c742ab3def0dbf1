package org.tenderpoint.server;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordType;

/**
 * A search as it was asked for, whichever way it came.
 *
 * @param base URL of the FHIR server
 * @param type what is searched
 * @param compartment the patient in whose compartment is searched; null for everywhere
 * @param parameters of URL and body together
 * @param lenient true where the client asks for unknown parameters to be left out
 */
record SearchRequest(
        String base,
        RecordType<?> type,
        @Nullable UUID compartment,
        Map<String, String[]> parameters,
        boolean lenient) {

    /** The user data under which the compartment of a request stands, once its path has been read. */
    static final String COMPARTMENT = "tenderpoint.compartment";

    static SearchRequest of(RecordType<?> type, RequestDetails request) {
        var preferences = request.getHeaders("Prefer");
        return new SearchRequest(
                request.getFhirServerBase(),
                type,
                (UUID) request.getUserData().get(COMPARTMENT),
                request.getParameters(),
                isLenient(preferences == null ? List.of() : preferences));
    }

    /** A search by GET that HAPI has not looked at. */
    static SearchRequest of(RecordType<?> type, HttpServletRequest request, String base) {
        var preferences = new java.util.ArrayList<String>();
        request.getHeaders("Prefer").asIterator().forEachRemaining(preferences::add);
        return new SearchRequest(base, type, null, request.getParameterMap(), isLenient(preferences));
    }

    Query query() {
        return QueryReader.read(type, parameters, new QueryReader.Asked(base, lenient, compartment));
    }

    /** The URL of the search, without parameters. */
    String url() {
        return base + "/" + (compartment == null ? "" : "Patient/" + compartment + "/") + type.name();
    }

    /** {@code Prefer: handling=lenient}, alone or among other preferences. */
    private static boolean isLenient(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split("[,;]", -1)))
                .map(preference -> preference.replace(" ", "").toLowerCase(Locale.ROOT))
                .anyMatch("handling=lenient"::equals);
    }
}
