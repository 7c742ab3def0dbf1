package org.tenderpoint.people;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tenderpoint.access.Origin;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.smart.Acting;

/** The patients that a person may open an app with: those she may see, and no other can be picked. */
final class PatientPicker {

    private static final Scopes TO_PICK = Scopes.parse(List.of("user/Patient.rs"));
    private static final String AT_ONCE = "20";

    private final Chart chart;
    private final ObjectMapper json = new ObjectMapper();

    PatientPicker(Chart chart) {
        this.chart = chart;
    }

    /** A patient as she stands in a list. */
    record Choice(String id, String name, String birthDate) {}

    /** @param name the beginning of a name; empty for all */
    List<Choice> find(Acting acting, String clientId, String name) {
        var asked = new LinkedHashMap<String, String[]>();
        asked.put("_count", new String[] {AT_ONCE});
        asked.put("_sort", new String[] {"family"});
        if (!name.isBlank()) {
            asked.put("name", new String[] {name.strip()});
        }
        // The page's own query is no search: in the audit stands what the chart is asked.
        Origin.asks(asked.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue()[0], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
        try {
            var type = RecordTypes.require("Patient");
            return chart
                    .search(acting.caller(clientId, TO_PICK), QueryReader.read(type, Map.copyOf(asked)))
                    .matches()
                    .stream()
                    .map(this::choice)
                    .toList();
        } catch (Refused unusable) {
            return List.of();
        }
    }

    /** The patient with an id, if this person may see her. */
    Optional<Choice> one(Acting acting, String clientId, String id) {
        try {
            return Optional.of(choice(chart.read(acting.caller(clientId, TO_PICK), "Patient", UUID.fromString(id))));
        } catch (Refused | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private Choice choice(Stored stored) {
        try {
            var patient = json.readTree(stored.json());
            return new Choice(
                    stored.id().toString(),
                    name(patient.path("name").path(0)),
                    patient.path("birthDate").asText("no birth date"));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static String name(JsonNode name) {
        var given = name.path("given").path(0).asText("");
        var whole = (given + " " + name.path("family").asText("")).strip();
        return whole.isEmpty() ? name.path("text").asText("Patient without a name") : whole;
    }
}
