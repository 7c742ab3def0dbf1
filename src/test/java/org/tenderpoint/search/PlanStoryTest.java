package org.tenderpoint.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;

/**
 * The commonest questions stay quick as the record grows: PostgreSQL answers each through an index, and looks at few rows
 * on the way. What is judged are the statements that the running server sends.
 */
class PlanStoryTest {

    /** Rows of all tables together that one statement may look at, among 100,000 resources. */
    private static final double MOST_ROWS = 1000;

    private static final Pattern OF_THE_CHART = Pattern.compile("resource|resource_history|index_\\w+|access_grant");

    @Test
    void theCommonestQuestionsGoByIndexesAmongAHundredThousandResources() throws SQLException, IOException {
        var server = Server.on(Database.POSTGRESQL);
        var searched = SearchedRecord.on(server);
        var asked = statements(server, searched);

        var slow = new ArrayList<String>();
        try (var large = new LargeCopy(server, searched.patient())) {
            assertThat(large.count("resource")).isGreaterThan(100_000);
            for (var question : asked.entrySet()) {
                assertThat(question.getValue()).as(question.getKey()).isNotEmpty();
                for (var sql : question.getValue()) {
                    var plan = large.plan(sql);
                    judge(question.getKey(), sql, plan, slow);
                }
            }
        }

        assertThat(slow).isEmpty();
    }

    private static Map<String, List<String>> statements(Server server, SearchedRecord searched) throws IOException {
        var clinic = searched.clinic();
        var asked = new LinkedHashMap<String, List<String>>();
        for (var path : List.of(
                "/Observation/{pain}",
                "/Observation?patient={patient}&code=29463-7&_sort=-date&_count=50",
                "/Encounter?patient={patient}&_sort=-date&_count=20&_revinclude=Observation:encounter",
                "/Task?owner={clinic}&status=requested",
                "/ServiceRequest?identifier=https://tenderpoint.org/demo/north-family-medicine/orders|ORD-7781",
                "/Patient?identifier=https://clinic.example.org/p|P-{number}",
                "/Patient?name=Mull",
                "/Patient?family=Muller, {number}",
                "/Observation?patient={patient}&date=ge2026-03-01&date=lt2026-04-01",
                "/Condition?patient={patient}",
                "/Observation?_source:below=https://clinic.example.org/tablet",
                "/Observation/{pain}/_history")) {
            var filled = searched.filled(path).replace("{clinic}", organization(clinic));
            asked.put(path, chart(server, () -> clinic.get(filled).expect(200)));
        }
        // Where a referrer's references lead is looked up for the whole of what it sends.
        var referral = referral();
        asked.put(
                "a referral",
                chart(server, () -> server.as("demo-ehr").bundle(referral).expect(200)));
        return asked;
    }

    private static String referral() throws IOException {
        var number = SearchedRecord.freshNumber();
        return Files.readString(Path.of("docs/walk/referral.json"))
                .replace("NFM-20417", "NFM-" + number)
                .replace("ORD-7781", "ORD-" + number);
    }

    /** The demonstration's clinic itself. */
    private static String organization(Client clinic) {
        return clinic.get("/Organization?identifier=north-massage-clinic")
                .expect(200)
                .json()
                .at("/entry/0/resource/id")
                .asText();
    }

    private static List<String> chart(Server server, Runnable work) {
        return server.roundTrips().filledIn(work).stream()
                .filter(sql -> sql.startsWith("with")
                        || sql.startsWith("select")
                        || sql.startsWith("update")
                        || sql.startsWith("delete"))
                .toList();
    }

    private static void judge(String question, String sql, JsonNode plan, List<String> slow) {
        var rows = 0.0;
        for (var node : nodes(plan)) {
            var table = node.path("Relation Name").asText();
            if (OF_THE_CHART.matcher(table).matches()
                    || node.path("Node Type").asText().equals("Bitmap Index Scan")) {
                rows += node.path("Actual Loops").asDouble()
                        * (node.path("Actual Rows").asDouble()
                                + node.path("Rows Removed by Filter").asDouble()
                                + node.path("Rows Removed by Index Recheck").asDouble());
                if (node.path("Node Type").asText().endsWith("Seq Scan")) {
                    slow.add(question + " reads all of " + table + ": " + sql + "\n" + plan.toPrettyString());
                }
            }
        }
        if (rows > MOST_ROWS) {
            slow.add(question + " looks at " + rows + " rows: " + sql + "\n" + plan.toPrettyString());
        }
    }

    private static List<JsonNode> nodes(JsonNode plan) {
        var nodes = new ArrayList<JsonNode>(List.of(plan));
        plan.path("Plans").forEach(below -> nodes.addAll(nodes(below)));
        return nodes;
    }
}
