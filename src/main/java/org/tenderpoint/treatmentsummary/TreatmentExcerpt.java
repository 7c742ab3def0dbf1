package org.tenderpoint.treatmentsummary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.tenderpoint.document.Excerpt;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.MeasureRules;

/**
 * What a treatment summary reads of those resources of which a record has hundreds. The time that a summary takes goes into
 * making objects of them, so notes, identifiers, and findings that are no measure are left lying.
 */
final class TreatmentExcerpt implements Excerpt {

    /** What every resource has, and what its own references may point at. */
    private static final Set<String> ANY = Set.of("resourceType", "id", "contained", "subject", "status", "basedOn");

    private static final Map<String, Set<String>> ELEMENTS = Map.of(
            "Encounter",
            Set.of("class", "type", "participant", "appointment", "period", "serviceProvider"),
            "Procedure",
            Set.of(
                    "extension",
                    "code",
                    "encounter",
                    "performedDateTime",
                    "performedPeriod",
                    "reasonReference",
                    "bodySite"),
            "Observation",
            Set.of(
                    "extension",
                    "code",
                    "encounter",
                    "effectiveDateTime",
                    "effectivePeriod",
                    "effectiveInstant",
                    "performer",
                    "valueQuantity",
                    "valueInteger",
                    "valueCodeableConcept",
                    "bodySite",
                    "component"));

    private final MeasureRules rules;

    TreatmentExcerpt(MeasureRules rules) {
        this.rules = rules;
    }

    @Override
    public boolean reads(ObjectNode stored) {
        var type = stored.path("resourceType").asText();
        var elements = ELEMENTS.get(type);
        if (elements == null) {
            return true;
        }
        if (type.equals("Observation") && !isTold(stored.path("code").path("coding"))) {
            return false;
        }
        var names = stored.fieldNames();
        while (names.hasNext()) {
            var name = names.next();
            if (!ANY.contains(name) && !elements.contains(name)) {
                names.remove();
            }
        }
        return true;
    }

    private boolean isTold(JsonNode codings) {
        for (var coding : codings) {
            var system = coding.path("system").asText();
            var code = coding.path("code").asText();
            if (rules.isMeasure(system, code)
                    || (Words.MASSAGE.equals(system) && CareReader.WORK_STATUS.equals(code))) {
                return true;
            }
        }
        return false;
    }
}
