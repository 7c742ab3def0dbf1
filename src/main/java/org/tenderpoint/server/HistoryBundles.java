package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Chart.HistoryPage;
import org.tenderpoint.chart.HistoryQuery;
import org.tenderpoint.chart.Stored;

/** Histories as Bundles: each version with the request that made it and what that was answered. */
@Component
class HistoryBundles {

    private final FhirContext fhir;
    private final Clock clock;

    HistoryBundles(FhirContext fhir, Clock clock) {
        this.fhir = fhir;
        this.clock = clock;
    }

    /**
     * Puts a page together.
     *
     * @param base URL of the FHIR server
     * @param parameters of the request, which the links repeat
     */
    Bundle bundle(HistoryQuery query, HistoryPage page, String base, Map<String, String[]> parameters) {
        var bundle = new Bundle().setType(BundleType.HISTORY);
        bundle.setId(UUID.randomUUID().toString());
        bundle.getMeta().setLastUpdated(Date.from(clock.instant()));
        page.total().ifPresentOrElse(bundle::setTotal, () -> TotalsInterceptor.leaveOut(bundle));
        var path = base + "/" + query.type().name() + "/" + query.id() + "/_history";
        bundle.addLink().setRelation("self").setUrl(PageLinks.of(path, parameters, ""));
        page.next().ifPresent(cursor -> bundle.addLink()
                .setRelation("next")
                .setUrl(PageLinks.of(path, parameters, "_cursor=" + cursor)));
        page.versions().forEach(version -> add(bundle, base, version));
        return bundle;
    }

    private void add(Bundle bundle, String base, Stored version) {
        var entry = bundle.addEntry().setFullUrl(base + "/" + version.reference());
        var method = version.deleted() ? HTTPVerb.DELETE : version.version() == 1 ? HTTPVerb.POST : HTTPVerb.PUT;
        entry.getRequest().setMethod(method).setUrl(method == HTTPVerb.POST ? version.type() : version.reference());
        entry.getResponse()
                .setStatus(version.deleted() ? "204 No Content" : version.version() == 1 ? "201 Created" : "200 OK")
                .setEtag(version.etag())
                .setLastModified(Date.from(version.lastUpdated()));
        if (!version.deleted()) {
            entry.setResource(FhirJson.parse(fhir, version.json()));
        }
    }
}
