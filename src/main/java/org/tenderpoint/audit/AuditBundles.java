package org.tenderpoint.audit;

import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.tenderpoint.chart.AuditBook.AuditPage;
import org.tenderpoint.server.PageLinks;
import org.tenderpoint.server.TotalsInterceptor;

/** Pages of the audit as Bundles. */
final class AuditBundles {

    private AuditBundles() {}

    /**
     * @param base URL of the FHIR server
     * @param path of the request below it
     * @param parameters of the request, which the links repeat
     */
    static Bundle of(AuditPage page, String base, String path, Map<String, String[]> parameters) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET);
        bundle.setId(UUID.randomUUID().toString());
        TotalsInterceptor.leaveOut(bundle);
        bundle.addLink().setRelation("self").setUrl(PageLinks.of(base + path, parameters, ""));
        page.next().ifPresent(cursor -> bundle.addLink()
                .setRelation("next")
                .setUrl(PageLinks.of(base + path, parameters, "_cursor=" + cursor)));
        for (var entry : page.entries()) {
            var event = BasicAudit.of(entry, base);
            bundle.addEntry()
                    .setFullUrl(base + "/AuditEvent/" + entry.id())
                    .setResource(event)
                    .getSearch()
                    .setMode(SearchEntryMode.MATCH);
        }
        return bundle;
    }
}
