package org.tenderpoint.observation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * The newest Observations of each code. Two Observations are of one group where they share a coding, or where a third
 * shares one with each; an Observation without a coding goes by its text.
 *
 * @see "https://hl7.org/fhir/R4/observation-operation-lastn.html"
 */
@Component
final class LatestObservations {

    private static final int MOST = 10_000;
    private static final Set<String> OF_THE_ANSWER = Set.of("max", "_format", "_pretty", "_summary", "_elements");

    private final Chart chart;
    private final ObjectMapper json = new ObjectMapper();

    LatestObservations(Chart chart) {
        this.chart = chart;
    }

    /** An Observation as far as grouping needs it. */
    private record Seen(Stored stored, List<String> keys, String when) {}

    /**
     * @param parameters search parameters of Observation
     * @param max how many of each group; more where the last of them were taken at the same time
     * @return newest first
     * @throws Refused 400 where patient or code is missing, and what a search refuses
     */
    List<Stored> of(Caller caller, Map<String, String[]> parameters, int max) {
        requireOnePatient(parameters);
        if (max < 1) {
            throw Refused.badRequest(
                    new Issue(IssueType.INVALID, "operation-parameter-form", null, "Parameter max is 1 or more."));
        }
        if (!parameters.containsKey("category") && !parameters.containsKey("code")) {
            throw missing("lastn-code", "$lastn needs the parameter category or code.");
        }
        var search = new HashMap<>(parameters);
        search.keySet().removeAll(OF_THE_ANSWER);
        search.put("_sort", new String[] {"-date"});
        var all = chart.matches(caller, "$lastn", RecordTypes.require("Observation"), List.of(search), MOST).stream()
                .map(this::seen)
                .toList();
        var groups = new Groups();
        all.forEach(seen -> groups.join(seen.keys));
        var kept = new ArrayList<Stored>();
        var taken = new HashMap<String, List<Seen>>();
        for (var seen : all) {
            var group = taken.computeIfAbsent(groups.find(seen.keys.get(0)), key -> new ArrayList<>());
            if (group.size() < max || group.get(group.size() - 1).when.equals(seen.when)) {
                group.add(seen);
                kept.add(seen.stored);
            }
        }
        return kept;
    }

    private static void requireOnePatient(Map<String, String[]> parameters) {
        var patients = new ArrayList<String>();
        for (var name : List.of("patient", "subject")) {
            patients.addAll(List.of(parameters.getOrDefault(name, new String[0])));
        }
        if (patients.size() != 1 || patients.get(0).contains(",")) {
            throw missing("lastn-patient", "$lastn needs one patient in the parameter patient or subject.");
        }
    }

    private static Refused missing(String code, String sentence) {
        return Refused.badRequest(new Issue(IssueType.REQUIRED, code, null, sentence));
    }

    private Seen seen(Stored stored) {
        try {
            var observation = json.readTree(stored.json());
            return new Seen(stored, keys(observation.path("code")), when(observation));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<String> keys(JsonNode code) {
        var keys = new ArrayList<String>();
        for (var coding : code.path("coding")) {
            if (coding.hasNonNull("code")) {
                keys.add(coding.path("system").asText() + "|"
                        + coding.path("code").asText());
            }
        }
        return keys.isEmpty() ? List.of("text " + code.path("text").asText()) : keys;
    }

    /** The moment it was true, or began to be; compared for ties alone, so that what bears no date ties with its like. */
    private static String when(JsonNode observation) {
        var text = observation
                .path("effectiveDateTime")
                .asText(observation
                        .path("effectiveInstant")
                        .asText(observation.at("/effectivePeriod/start").asText()));
        return text.isEmpty()
                ? observation.path("effectiveTiming").toString()
                : Long.toString(new DateTimeType(text).getValue().getTime());
    }

    /** Which keys stand for one another. */
    private static final class Groups {
        private final Map<String, String> leads = new LinkedHashMap<>();

        String find(String key) {
            var lead = key;
            for (var next = leads.get(lead); next != null; next = leads.get(lead)) {
                lead = next;
            }
            return lead;
        }

        void join(List<String> keys) {
            var first = find(keys.get(0));
            for (var key : keys) {
                var lead = find(key);
                if (!lead.equals(first)) {
                    leads.put(lead, first);
                }
            }
        }
    }
}
