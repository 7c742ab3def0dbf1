package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Committed;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Transaction Bundles, wholly or not at all; batch Bundles, entry by entry. */
@Component
public class Transactions {

    private static final int MOST_ENTRIES = 500;

    private final Chart chart;
    private final Writes writes;
    private final FhirContext fhir;

    Transactions(Chart chart, Writes writes, FhirContext fhir) {
        this.chart = chart;
        this.writes = writes;
        this.fhir = fhir;
    }

    /**
     * Carries out a Bundle of type transaction or batch.
     *
     * @param wholeResources true to answer with the resources, false with their ids and versions only
     * @return a Bundle of type transaction-response or batch-response, entry for entry
     * @throws Refused where the Bundle's shape is wrong or, for a transaction, any entry is refused
     */
    public Bundle carryOut(Caller caller, Bundle bundle, boolean wholeResources) {
        checkShape(bundle);
        return bundle.getType() == BundleType.TRANSACTION
                ? transaction(caller, bundle, wholeResources)
                : batch(caller, bundle, wholeResources);
    }

    private Bundle transaction(Caller caller, Bundle bundle, boolean wholeResources) {
        var acts = new ArrayList<Change.Act>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            acts.add(Objects.requireNonNull(act(bundle.getEntry().get(i), path(i))));
        }
        var answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        if (!acts.isEmpty()) {
            writes.carryOut(caller, acts, "transaction")
                    .forEach(committed -> respond(committed, answer.addEntry(), wholeResources));
        }
        return answer;
    }

    private Bundle batch(Caller caller, Bundle bundle, boolean wholeResources) {
        var answer = new Bundle().setType(BundleType.BATCHRESPONSE);
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var entry = answer.addEntry();
            try {
                var act = act(bundle.getEntry().get(i), path(i));
                if (act == null) {
                    read(caller, bundle.getEntry().get(i), entry);
                } else {
                    respond(writes.carryOut(caller, List.of(act), "batch").get(0), entry, wholeResources);
                }
            } catch (Refused refused) {
                if (refused.getStatusCode() == 403 || refused.getStatusCode() == 404) {
                    chart.refused(caller, "batch", null, null);
                }
                entry.setResponse(new BundleEntryResponseComponent()
                        .setStatus(Integer.toString(refused.getStatusCode()))
                        .setOutcome(Refused.outcome(refused.issues())));
            }
        }
        return answer;
    }

    private static void checkShape(Bundle bundle) {
        if (bundle.getType() != BundleType.TRANSACTION && bundle.getType() != BundleType.BATCH) {
            throw Refused.badRequest(
                    Issue.value("bundle-type", "Bundle.type", "A Bundle sent here is a transaction or a batch."));
        }
        if (bundle.getEntry().size() > MOST_ENTRIES) {
            throw new Refused(
                    413,
                    List.of(new Issue(
                            org.hl7.fhir.r4.model.OperationOutcome.IssueType.TOOCOSTLY,
                            "bundle-too-large",
                            "Bundle.entry",
                            "A Bundle has at most " + MOST_ENTRIES + " entries.")));
        }
        var issues = new ArrayList<Issue>();
        var fullUrls = new HashSet<String>();
        var changed = new HashSet<String>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var entry = bundle.getEntry().get(i);
            var path = "Bundle.entry[" + i + "]";
            if (!entry.hasRequest()
                    || entry.getRequest().getMethod() == null
                    || !entry.getRequest().hasUrl()) {
                issues.add(Issue.required(
                        "bundle-entry-request", path + ".request", "An entry has a request with method and url."));
                continue;
            }
            if (entry.hasFullUrl() && !fullUrls.add(entry.getFullUrl())) {
                issues.add(Issue.value("bundle-duplicate-full-url", path + ".fullUrl", "Each fullUrl stands once."));
            }
            var method = entry.getRequest().getMethod();
            if (method == HTTPVerb.GET && bundle.getType() == BundleType.TRANSACTION) {
                issues.add(Issue.notSupported(
                        "bundle-get", "A transaction writes; send the GET of " + path + " in a batch or on its own."));
            }
            var writes = method == HTTPVerb.PUT || method == HTTPVerb.DELETE || method == HTTPVerb.PATCH;
            if (writes && !changed.add(entry.getRequest().getUrl().toLowerCase(Locale.ROOT))) {
                issues.add(Issue.value(
                        "bundle-duplicate-target", path + ".request.url", "Each resource is changed once."));
            }
            if ((method == HTTPVerb.POST || method == HTTPVerb.PUT) && !entry.hasResource()) {
                issues.add(
                        Issue.required("bundle-entry-resource", path + ".resource", "POST and PUT carry a resource."));
            }
        }
        if (!issues.isEmpty()) {
            throw new Refused(400, issues);
        }
    }

    private static String path(int entry) {
        return "Bundle.entry[" + entry + "].resource";
    }

    /** The change that an entry asks for, or null for one that only reads. */
    private static Change.@Nullable Act act(BundleEntryComponent entry, String path) {
        var request = entry.getRequest();
        var url = request.getUrl();
        switch (request.getMethod()) {
            case GET:
                return null;
            case POST: {
                var resource = entry.getResource();
                if (!url.equals(resource.fhirType()) || RecordTypes.find(url).isEmpty()) {
                    throw badUrl(path, "POST goes to the type of the resource.");
                }
                var identifiers = request.hasIfNoneExist()
                        ? RequestForms.identifiers(request.getIfNoneExist(), url)
                        : List.<String>of();
                return new Change.Create(resource, entry.getFullUrl(), identifiers, null, path);
            }
            case PUT: {
                var resource = entry.getResource();
                var id = idIn(url, resource.fhirType(), path);
                if (resource.hasId()
                        && !id.toString()
                                .equalsIgnoreCase(resource.getIdElement().getIdPart())) {
                    throw badUrl(path, "The id in the URL and the id of the resource differ.");
                }
                return new Change.Update(
                        id, resource, entry.getFullUrl(), RequestForms.ifMatch(request.getIfMatch()), path);
            }
            case DELETE: {
                var slash = url.indexOf('/');
                var type = slash < 0 ? url : url.substring(0, slash);
                return new Change.Delete(type, idIn(url, type, path), RequestForms.ifMatch(request.getIfMatch()), path);
            }
            default:
                throw Refused.badRequest(
                        Issue.notSupported("bundle-method", "In a Bundle, GET, POST, PUT and DELETE are offered."));
        }
    }

    private static UUID idIn(String url, String type, String path) {
        var parts = url.split("/", -1);
        if (parts.length != 2 || !parts[0].equals(type) || url.indexOf('?') >= 0) {
            throw badUrl(path, "The URL has the form Type/id.");
        }
        return RequestForms.uuid(parts[1]);
    }

    private static Refused badUrl(String path, String diagnostics) {
        return Refused.badRequest(
                Issue.value("bundle-entry-url", path.replace(".resource", ".request.url"), diagnostics));
    }

    private void read(Caller caller, BundleEntryComponent asked, BundleEntryComponent answer) {
        var parts = asked.getRequest().getUrl().split("/", -1);
        if (parts.length != 2 || RecordTypes.find(parts[0]).isEmpty()) {
            throw Refused.badRequest(Issue.notSupported("bundle-get", "In a Bundle, GET reads one resource: Type/id."));
        }
        var stored = chart.read(caller, parts[0], RequestForms.uuid(parts[1]));
        answer.setResource(FhirJson.parse(fhir, stored.json()));
        answer.getResponse()
                .setStatus("200 OK")
                .setEtag(stored.etag())
                .setLastModified(Date.from(stored.lastUpdated()));
    }

    private void respond(Committed committed, BundleEntryComponent answer, boolean wholeResources) {
        var stored = committed.stored();
        var status =
                switch (committed.outcome()) {
                    case CREATED -> "201 Created";
                    case EXISTING, UPDATED -> "200 OK";
                    case DELETED -> "204 No Content";
                };
        answer.getResponse()
                .setStatus(status)
                .setLocation(stored.reference() + "/_history/" + stored.version())
                .setEtag(stored.etag())
                .setLastModified(Date.from(stored.lastUpdated()));
        // What was there before may have changed since in ways that its first sender may not see.
        if (wholeResources && !stored.deleted() && committed.outcome() != Committed.Outcome.EXISTING) {
            answer.setResource(FhirJson.parse(fhir, stored.json()));
        }
    }
}
