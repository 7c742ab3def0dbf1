package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;

/** Whatever stands in a search: it is refused, or the database answers it. */
class SearchFuzzTest {

    /** @param search a type, and parameters behind a question mark */
    @FuzzTest(maxDuration = "60s")
    void anySearchIsAnsweredOrRefused(byte[] search) {
        // The server comes first: Jazzer changes classes as they are loaded, and does not take a record from its own
        // thread.
        var chart = Server.on(Database.H2).bean(Chart.class);
        var caller = new Caller("fuzz", Role.CLINIC, UUID.randomUUID(), Scopes.ALL_SYSTEM);
        var text = new String(search, StandardCharsets.UTF_8);
        var question = text.indexOf('?');
        var type = RecordTypes.find(question < 0 ? text : text.substring(0, question))
                .orElseGet(() -> RecordTypes.require("Observation"));
        var parameters = new LinkedHashMap<String, String[]>();
        for (var pair : text.substring(question + 1).split("&", -1)) {
            var equals = pair.indexOf('=');
            parameters.merge(
                    equals < 0 ? pair : pair.substring(0, equals),
                    new String[] {equals < 0 ? "" : pair.substring(equals + 1)},
                    (some, more) ->
                            Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new));
        }

        try {
            var page = chart.search(caller, QueryReader.read(type, parameters));

            assertThat(page.matches().size()).isLessThanOrEqualTo(Query.LARGEST_PAGE);
        } catch (Refused refused) {
            assertThat(refused.getStatusCode()).as(text).isBetween(400, 499);
        }
    }
}
