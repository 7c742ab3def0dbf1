package org.tenderpoint.server;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.QueryReader.Asked;
import org.tenderpoint.chart.RecordType;

/** What a request asks of a search: by its parameters, its headers and its path. */
final class Searches {

    /** The user data under which the compartment of a request stands, once its path has been read. */
    static final String COMPARTMENT = "tenderpoint.compartment";

    private Searches() {}

    static Query query(RecordType<?> type, RequestDetails request) {
        var compartment = (UUID) request.getUserData().get(COMPARTMENT);
        return QueryReader.read(
                type, request.getParameters(), new Asked(request.getFhirServerBase(), isLenient(request), compartment));
    }

    /** The path of a search below the base, for its page links. */
    static String path(RequestDetails request) {
        var compartment = request.getUserData().get(COMPARTMENT);
        return compartment == null
                ? request.getResourceName()
                : "Patient/" + compartment + "/" + request.getResourceName();
    }

    /** {@code Prefer: handling=lenient}, alone or among other preferences. */
    private static boolean isLenient(RequestDetails request) {
        var headers = request.getHeaders("Prefer");
        return (headers == null ? List.<String>of() : headers)
                .stream()
                        .flatMap(header -> Arrays.stream(header.split("[,;]", -1)))
                        .map(preference -> preference.replace(" ", "").toLowerCase(Locale.ROOT))
                        .anyMatch("handling=lenient"::equals);
    }
}
