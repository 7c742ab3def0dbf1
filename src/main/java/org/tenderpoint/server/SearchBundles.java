package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.SearchPage;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Refused;

/** Search answers: as bytes put together from stored bytes, or as HAPI Bundles where they have to be changed. */
@Component
class SearchBundles {

    private final FhirContext fhir;
    private final Clock clock;

    SearchBundles(FhirContext fhir, Clock clock) {
        this.fhir = fhir;
        this.clock = clock;
    }

    Bundle asBundle(SearchPage page, Query query, RequestDetails request) {
        var bundle = new Bundle();
        bundle.setType(BundleType.SEARCHSET);
        bundle.getMeta().setLastUpdated(java.util.Date.from(now()));
        page.total().ifPresent(bundle::setTotal);
        links(page, query, request)
                .forEach((relation, url) ->
                        bundle.addLink().setRelation(relation).setUrl(url));
        var base = request.getFhirServerBase();
        page.matches().forEach(stored -> add(bundle, base, stored, SearchEntryMode.MATCH));
        page.included().forEach(stored -> add(bundle, base, stored, SearchEntryMode.INCLUDE));
        if (!page.notes().isEmpty()) {
            bundle.addEntry().setResource(notes(page)).getSearch().setMode(SearchEntryMode.OUTCOME);
        }
        return bundle;
    }

    byte[] asBytes(SearchPage page, Query query, RequestDetails request) {
        var out = new ByteArrayOutputStream(4096);
        text(out, "{\"resourceType\":\"Bundle\",\"meta\":{\"lastUpdated\":\"" + now() + "\"},\"type\":\"searchset\"");
        page.total().ifPresent(total -> text(out, ",\"total\":" + total));
        text(out, ",\"link\":[");
        var first = true;
        for (var link : links(page, query, request).entrySet()) {
            text(
                    out,
                    (first ? "" : ",") + "{\"relation\":\"" + link.getKey() + "\",\"url\":\"" + link.getValue()
                            + "\"}");
            first = false;
        }
        text(out, "]");
        var entries = new ArrayList<Stored>(page.matches());
        entries.addAll(page.included());
        var base = request.getFhirServerBase();
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
    private static Map<String, String> links(SearchPage page, Query query, RequestDetails request) {
        var parameters = new ArrayList<String>();
        for (var parameter : request.getParameters().entrySet()) {
            for (var value : parameter.getValue()) {
                if (!parameter.getKey().equals("_cursor") && !query.ignored().contains(parameter.getKey())) {
                    parameters.add(encoded(parameter.getKey()) + "=" + encoded(value));
                }
            }
        }
        var here = request.getFhirServerBase() + "/" + Searches.path(request) + "?";
        var links = new java.util.LinkedHashMap<String, String>();
        links.put("self", here + String.join("&", parameters));
        page.next().ifPresent(cursor -> {
            var more = new ArrayList<>(List.copyOf(parameters));
            more.add("_cursor=" + cursor);
            links.put("next", here + String.join("&", more));
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
