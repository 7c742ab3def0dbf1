package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.HistoryQuery;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** The entries of a batch that read: a resource, a version, a search or a history. */
@Component
class BatchReads {

    private final Chart chart;
    private final SearchBundles searches;
    private final HistoryBundles histories;
    private final FhirContext fhir;

    BatchReads(Chart chart, SearchBundles searches, HistoryBundles histories, FhirContext fhir) {
        this.chart = chart;
        this.searches = searches;
        this.histories = histories;
        this.fhir = fhir;
    }

    /**
     * Answers one entry.
     *
     * @param base URL of the FHIR server, for links
     * @throws Refused as the same request on its own would be
     */
    void answer(Caller caller, BundleEntryRequestComponent asked, String base, BundleEntryComponent answer) {
        var url = asked.getUrl();
        var question = url.indexOf('?');
        if (EntryTarget.isAudit(url)) {
            throw Refused.badRequest(
                    Issue.notSupported("bundle-get", "AuditEvents are not read in a batch: send this GET on its own."));
        }
        var parts = (question < 0 ? url : url.substring(0, question)).split("/", -1);
        var parameters = parameters(question < 0 ? "" : url.substring(question + 1));
        var type = RecordTypes.find(parts[0]).orElseThrow(BatchReads::unknown);
        if (parts.length == 1) {
            search(caller, type, parameters, base, answer);
        } else if (parts.length == 2 && parts[1].equals("_history")) {
            throw AccessRule.historyOfMany();
        } else if (parts.length == 3 && parts[2].equals("_history")) {
            history(caller, type, RequestForms.uuid(parts[1]), parameters, base, answer);
        } else if (parts.length == 2 && parameters.isEmpty()) {
            resource(chart.read(caller, type.name(), RequestForms.uuid(parts[1])), asked, answer);
        } else if (parts.length == 4 && parts[2].equals("_history") && parameters.isEmpty()) {
            var version = RequestForms.version(parts[3]);
            resource(chart.vread(caller, type.name(), RequestForms.uuid(parts[1]), version), asked, answer);
        } else {
            throw unknown();
        }
    }

    private void resource(Stored stored, BundleEntryRequestComponent asked, BundleEntryComponent answer) {
        answer.getResponse().setEtag(stored.etag()).setLastModified(Date.from(stored.lastUpdated()));
        if (Freshness.isKnown(stored, asked)) {
            answer.getResponse().setStatus("304 Not Modified");
            return;
        }
        answer.setResource(FhirJson.parse(fhir, stored.json()));
        answer.getResponse().setStatus("200 OK");
    }

    private void search(
            Caller caller,
            RecordType<?> type,
            Map<String, String[]> parameters,
            String base,
            BundleEntryComponent answer) {
        answer.setResource(searches.asBundle(caller, new SearchRequest(base, type, null, parameters, false)));
        answer.getResponse().setStatus("200 OK");
    }

    private void history(
            Caller caller,
            RecordType<?> type,
            UUID id,
            Map<String, String[]> parameters,
            String base,
            BundleEntryComponent answer) {
        var query = HistoryQuery.read(type, id, parameters);
        answer.setResource(histories.bundle(query, chart.history(caller, query), base, parameters));
        answer.getResponse().setStatus("200 OK");
    }

    private static Map<String, String[]> parameters(String query) {
        var parameters = new LinkedHashMap<String, String[]>();
        for (var pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                parameters.merge(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        new String[] {equals < 0 ? "" : decoded(pair.substring(equals + 1))},
                        (some, more) ->
                                Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw unknown();
        }
    }

    private static Refused unknown() {
        return Refused.badRequest(
                Issue.notSupported(
                        "bundle-get",
                        "In a batch, GET reads Type/id, Type/id/_history/version, Type?search, Type/id/_history or Type/_history."));
    }
}
