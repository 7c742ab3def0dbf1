package org.tenderpoint.chart;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.issue.Refused;

/**
 * Where a page of a search ended, sealed: the values it was sorted by stay out of URLs and logs, nobody can make one up,
 * and another client's, or that of the same client with another person before it, is none.
 */
final class Cursors {

    private final ObjectMapper json = new ObjectMapper();
    private final Sealing sealing;
    private final String kind;

    /** @param kind of pages: one of a search is none of a history */
    Cursors(Sealing sealing, String kind) {
        this.sealing = sealing;
        this.kind = kind;
    }

    String seal(Caller caller, List<String> values) {
        try {
            return sealing.seal(purpose(caller), json.writeValueAsBytes(values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Refused 404 for a cursor that this server did not give to this caller */
    List<String> open(Caller caller, String cursor) {
        var values = sealing.open(purpose(caller), cursor).orElseThrow(Refused::notFound);
        try {
            return json.readValue(values, new TypeReference<List<String>>() {});
        } catch (IOException sealedByAnEarlierVersion) {
            throw Refused.notFound();
        }
    }

    private String purpose(Caller caller) {
        return kind + "/" + caller.clientId() + "/" + caller.user();
    }
}
