package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.SearchPage;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Refused;

/** Answers searches: with bytes put together from stored bytes, or with HAPI Bundles where they have to be changed. */
@Component
class SearchBundles {

    /** Bytes that a Bundle needs besides its resources, about, so that it is seldom copied while it grows. */
    private static final int HEAD = 1024;

    private static final int AROUND_ENTRY = 200;

    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;

    SearchBundles(Chart chart, FhirContext fhir, Clock clock) {
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
    }

    /**
     * What is answered, and by which URL it was asked for.
     *
     * @param base URL of the FHIR server
     * @param url without parameters
     * @param parameters that stand in the links
     */
    record Answer(SearchPage page, String base, String url, Map<String, String[]> parameters) {}

    Bundle asBundle(Caller caller, SearchRequest request) {
        return asBundle(answer(caller, request));
    }

    byte[] asBytes(Caller caller, SearchRequest request) {
        return asBytes(answer(caller, request));
    }

    private Answer answer(Caller caller, SearchRequest request) {
        // Before the parameters are looked at: whoever may not search the type learns nothing about them.
        AccessRule.require(caller, Interaction.SEARCH, request.type().name());
        var query = request.query();
        var page = chart.search(caller, query);
        var used = new LinkedHashMap<>(request.parameters());
        used.keySet().removeAll(query.ignored());
        return new Answer(page, request.base(), request.url(), used);
    }

    Bundle asBundle(Answer answer) {
        var page = answer.page();
        var bundle = new Bundle();
        bundle.setType(BundleType.SEARCHSET);
        bundle.getMeta().setLastUpdated(java.util.Date.from(now()));
        page.total().ifPresentOrElse(bundle::setTotal, () -> TotalsInterceptor.leaveOut(bundle));
        links(answer)
                .forEach((relation, url) ->
                        bundle.addLink().setRelation(relation).setUrl(url));
        var base = answer.base();
        page.matches().forEach(stored -> add(bundle, base, stored, SearchEntryMode.MATCH));
        page.included().forEach(stored -> add(bundle, base, stored, SearchEntryMode.INCLUDE));
        if (!page.notes().isEmpty()) {
            bundle.addEntry().setResource(notes(page)).getSearch().setMode(SearchEntryMode.OUTCOME);
        }
        return bundle;
    }

    byte[] asBytes(Answer answer) {
        var page = answer.page();
        var entries = new ArrayList<Stored>(page.matches());
        entries.addAll(page.included());
        var out = new ByteArrayOutputStream(HEAD
                + entries.stream()
                        .mapToInt(stored -> AROUND_ENTRY + stored.json().length)
                        .sum());
        text(out, "{\"resourceType\":\"Bundle\",\"meta\":{\"lastUpdated\":\"" + now() + "\"},\"type\":\"searchset\"");
        page.total().ifPresent(total -> text(out, ",\"total\":" + total));
        text(out, ",\"link\":[");
        var first = true;
        for (var link : links(answer).entrySet()) {
            text(
                    out,
                    (first ? "" : ",") + "{\"relation\":\"" + link.getKey() + "\",\"url\":\"" + link.getValue()
                            + "\"}");
            first = false;
        }
        text(out, "]");
        var base = answer.base();
        for (int i = 0; i < entries.size(); i++) {
            var stored = entries.get(i);
            var mode = i < page.matches().size() ? "match" : "include";
            text(out, i == 0 ? ",\"entry\":[" : ",");
            text(out, "{\"fullUrl\":\"" + base + "/" + stored.reference() + "\",\"resource\":");
            out.writeBytes(stored.json());
            text(out, ",\"search\":{\"mode\":\"" + mode + "\"}}");
        }
        if (!page.notes().isEmpty()) {
            text(out, entries.isEmpty() ? ",\"entry\":[" : ",");
            text(out, "{\"resource\":" + fhir.newJsonParser().encodeResourceToString(notes(page)));
            text(out, ",\"search\":{\"mode\":\"outcome\"}}");
        }
        text(out, entries.isEmpty() && page.notes().isEmpty() ? "}" : "]}");
        return out.toByteArray();
    }

    private static OperationOutcome notes(SearchPage page) {
        var outcome = Refused.outcome(page.notes());
        outcome.getIssue().forEach(issue -> issue.setSeverity(IssueSeverity.WARNING));
        return outcome;
    }

    private void add(Bundle bundle, String base, Stored stored, SearchEntryMode mode) {
        bundle.addEntry()
                .setFullUrl(base + "/" + stored.reference())
                .setResource(FhirJson.parse(fhir, stored.json()))
                .getSearch()
                .setMode(mode);
    }

    /** Links keep every parameter that was used; the cursor says where the page before ended. */
    private static Map<String, String> links(Answer answer) {
        var parameters = new ArrayList<String>();
        for (var parameter : answer.parameters().entrySet()) {
            for (var value : parameter.getValue()) {
                if (!parameter.getKey().equals("_cursor")) {
                    parameters.add(encoded(parameter.getKey()) + "=" + encoded(value));
                }
            }
        }
        var links = new LinkedHashMap<String, String>();
        links.put("self", answer.url() + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters)));
        answer.page().next().ifPresent(cursor -> {
            var more = new ArrayList<>(List.copyOf(parameters));
            more.add("_cursor=" + cursor);
            links.put("next", answer.url() + "?" + String.join("&", more));
        });
        return links;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%3A", ":");
    }

    private Instant now() {
        return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
