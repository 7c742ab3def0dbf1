package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Origin;
import org.tenderpoint.chart.Committed;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Transaction Bundles, wholly or not at all; batch Bundles, entry by entry. */
@Component
public class Transactions {

    private static final int MOST_ENTRIES = 500;

    /** The order in which a transaction is carried out, whatever that of its entries (R4, http.html#trules). */
    private static final List<HTTPVerb> ORDER = List.of(HTTPVerb.DELETE, HTTPVerb.POST, HTTPVerb.PUT, HTTPVerb.PATCH);

    private static final Set<HTTPVerb> CHANGES = Set.of(HTTPVerb.PUT, HTTPVerb.DELETE, HTTPVerb.PATCH);

    private final Writes writes;
    private final EntryReader entries;
    private final BatchReads reads;
    private final FailureInterceptor failures;
    private final FhirContext fhir;

    Transactions(Writes writes, EntryReader entries, BatchReads reads, FailureInterceptor failures, FhirContext fhir) {
        this.writes = writes;
        this.entries = entries;
        this.reads = reads;
        this.failures = failures;
        this.fhir = fhir;
    }

    /**
     * Carries out a Bundle of type transaction or batch.
     *
     * @param returning what to answer for each entry besides id, version and time
     * @param base URL of the FHIR server, for the links in what a batch reads
     * @return a Bundle of type transaction-response or batch-response, entry for entry
     * @throws Refused where the Bundle's shape is wrong or, for a transaction, any entry is refused
     */
    public Bundle carryOut(Caller caller, Bundle bundle, Returning returning, String base) {
        if (bundle.getType() != BundleType.TRANSACTION && bundle.getType() != BundleType.BATCH) {
            throw Refused.badRequest(
                    Issue.value("bundle-type", "Bundle.type", "A Bundle sent here is a transaction or a batch."));
        }
        if (bundle.getEntry().size() > MOST_ENTRIES) {
            throw new Refused(
                    413,
                    List.of(new Issue(
                            IssueType.TOOCOSTLY,
                            "bundle-too-large",
                            "Bundle.entry",
                            "A Bundle has at most " + MOST_ENTRIES + " entries.")));
        }
        return bundle.getType() == BundleType.TRANSACTION
                ? transaction(caller, bundle, returning)
                : batch(caller, bundle, returning, base);
    }

    private Bundle transaction(Caller caller, Bundle bundle, Returning returning) {
        checkTogether(bundle);
        var inOrder = new ArrayList<Integer>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            inOrder.add(i);
        }
        inOrder.sort(Comparator.comparing(
                i -> ORDER.indexOf(bundle.getEntry().get(i).getRequest().getMethod())));
        var asked = inOrder.stream()
                .map(i -> entries.read(bundle.getEntry().get(i), path(i)))
                .toList();
        var answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        bundle.getEntry().forEach(entry -> answer.addEntry());
        if (!asked.isEmpty()) {
            var written = writes.carryOut(caller, asked, "transaction");
            for (int i = 0; i < written.size(); i++) {
                respond(written.get(i), answer.getEntry().get(inOrder.get(i)), returning);
            }
        }
        return answer;
    }

    private Bundle batch(Caller caller, Bundle bundle, Returning returning, String base) {
        var answer = new Bundle().setType(BundleType.BATCHRESPONSE);
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var asked = bundle.getEntry().get(i);
            var entry = answer.addEntry();
            var url = asked.getRequest().getUrl();
            // What an entry asks for is its own; that of the one before it is nobody's here.
            Origin.asks(EntryTarget.query(url));
            try {
                var issues = problems(asked, "Bundle.entry[" + i + "]");
                if (!issues.isEmpty()) {
                    throw new Refused(400, issues);
                }
                if (asked.getRequest().getMethod() == HTTPVerb.GET) {
                    reads.answer(caller, asked.getRequest(), base, entry);
                } else {
                    var one = entries.read(asked, path(i));
                    respond(writes.carryOut(caller, List.of(one), "batch").get(0), entry, returning);
                }
            } catch (RuntimeException failed) {
                // Whatever it was, the entries before it stand and those behind it have their turn.
                refuse(failures.inOurWords(failed, caller, EntryTarget.of(url)), entry);
            }
        }
        return answer;
    }

    private static void refuse(Refused refused, BundleEntryComponent answer) {
        answer.setResource(null);
        answer.setResponse(new BundleEntryResponseComponent()
                .setStatus(Integer.toString(refused.getStatusCode()))
                .setOutcome(Refused.outcome(refused.issues())));
    }

    private static void checkTogether(Bundle bundle) {
        var issues = new ArrayList<Issue>();
        var fullUrls = new HashSet<String>();
        var changed = new HashSet<String>();
        for (int i = 0; i < bundle.getEntry().size(); i++) {
            var entry = bundle.getEntry().get(i);
            var path = "Bundle.entry[" + i + "]";
            var own = problems(entry, path);
            issues.addAll(own);
            if (!own.isEmpty()) {
                continue;
            }
            if (entry.hasFullUrl() && !fullUrls.add(entry.getFullUrl())) {
                issues.add(Issue.value("bundle-duplicate-full-url", path + ".fullUrl", "Each fullUrl stands once."));
            }
            var method = entry.getRequest().getMethod();
            if (method == HTTPVerb.GET) {
                issues.add(Issue.notSupported(
                        "bundle-get", "A transaction writes; send the GET of " + path + " in a batch or on its own."));
            }
            if (CHANGES.contains(method)
                    && !changed.add(entry.getRequest().getUrl().toLowerCase(Locale.ROOT))) {
                issues.add(Issue.value(
                        "bundle-duplicate-target", path + ".request.url", "Each resource is changed once."));
            }
        }
        if (!issues.isEmpty()) {
            throw new Refused(400, issues);
        }
    }

    /** What is wrong with an entry, whatever stands beside it. */
    private static List<Issue> problems(BundleEntryComponent entry, String path) {
        if (!entry.hasRequest()
                || entry.getRequest().getMethod() == null
                || !entry.getRequest().hasUrl()) {
            return List.of(Issue.required(
                    "bundle-entry-request", path + ".request", "An entry has a request with method and url."));
        }
        var issues = new ArrayList<Issue>();
        // R4, invariant bdl-8.
        if (entry.hasFullUrl() && entry.getFullUrl().contains("/_history/")) {
            issues.add(Issue.value("bundle-full-url-version", path + ".fullUrl", "A fullUrl names no version."));
        }
        var method = entry.getRequest().getMethod();
        var carries = method == HTTPVerb.POST || method == HTTPVerb.PUT || method == HTTPVerb.PATCH;
        if (carries && !entry.hasResource()) {
            issues.add(Issue.required(
                    "bundle-entry-resource", path + ".resource", "POST, PUT and PATCH carry a resource."));
        }
        return issues;
    }

    private static String path(int entry) {
        return "Bundle.entry[" + entry + "].resource";
    }

    private void respond(Optional<Committed> written, BundleEntryComponent answer, Returning returning) {
        if (written.isEmpty()) {
            answer.getResponse().setStatus("204 No Content");
            return;
        }
        var committed = written.get();
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
        if (returning == Returning.OUTCOME) {
            answer.getResponse().setOutcome(Returning.outcome(committed));
        }
        // What was there before may have changed since in ways that its first sender may not see.
        if (returning == Returning.REPRESENTATION
                && !stored.deleted()
                && committed.outcome() != Committed.Outcome.EXISTING) {
            answer.setResource(FhirJson.parse(fhir, stored.json()));
        }
    }
}
