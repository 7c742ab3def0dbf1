package org.tenderpoint.document;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/**
 * What was signed stays as it was signed. The one change that a part of a signed summary takes is that its
 * DocumentReference is superseded.
 */
@Component
class SignedRule implements WriteRule {

    private static final Set<String> PARTS = Set.of("Composition", "DocumentReference", "Binary", "Bundle");

    @Override
    public List<Issue> check(Write write) {
        if (write.isCreate() || !PARTS.contains(write.resource().fhirType())) {
            return List.of();
        }
        return write
                .before()
                .get()
                .filter(before -> isSigned(before) && !isSuperseded(before, write.resource()))
                .map(before -> Issue.businessRule(
                        "summary-signed",
                        write.path(),
                        "A signed summary stays as it is; sign another one that replaces it, with the parameters"
                                + " replaces and reason."))
                .stream()
                .toList();
    }

    /** True for a part of a signed summary. */
    static boolean isSigned(Resource resource) {
        return resource.getMeta().getTag(Words.MASSAGE, SignedParts.SIGNED) != null;
    }

    private static boolean isSuperseded(Resource before, Resource after) {
        if (!(before instanceof DocumentReference old) || !(after instanceof DocumentReference now)) {
            return false;
        }
        var expected = old.copy().setStatus(DocumentReferenceStatus.SUPERSEDED);
        var asked = now.copy();
        // The server writes version and time itself, whatever was sent.
        asked.setMeta(expected.getMeta().copy());
        asked.setId(expected.getIdElement());
        return isSigned(now) && asked.equalsDeep(expected);
    }
}
