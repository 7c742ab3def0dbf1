package org.tenderpoint.document;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Composition;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/** The chart keeps Bundles that are documents, and no others: anything could travel in them past the rules. */
@Component
class DocumentRule implements WriteRule {

    @Override
    public List<Issue> check(Write write) {
        if (!(write.resource() instanceof Bundle bundle)) {
            return List.of();
        }
        var isDocument = bundle.getType() == BundleType.DOCUMENT
                && bundle.hasIdentifier()
                && bundle.hasTimestamp()
                && bundle.getEntryFirstRep().getResource() instanceof Composition;
        return isDocument
                ? List.of()
                : List.of(Issue.businessRule(
                        "bundle-not-a-document",
                        write.path() + ".type",
                        "A Bundle that is kept is a document: type document, identifier, timestamp, and a Composition"
                                + " as its first entry."));
    }
}
