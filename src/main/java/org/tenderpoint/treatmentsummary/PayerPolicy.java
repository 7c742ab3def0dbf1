package org.tenderpoint.treatmentsummary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one payer expects of units and visits.
 *
 * @param id the policy's id, for example {@code wa-lni}
 * @param label the payer's name in a report
 * @param status {@code draft} until confirmed with the contract
 * @param unitRule how minutes become units; null when the payer does not pay by units
 * @param authorisedVisits visits that need no further authorisation; null when the contract decides
 * @param extendedVisits visits in all after the next authorisation; null when there is no such step
 * @param windowDays days within which the visits are used; null when the contract decides
 * @param reportAfterVisits visits after which a report is due; null when visits do not matter
 * @param reportAfterDays days after which a report is due; null when time does not matter
 * @param countRestartsOnNewReferral whether a new referral starts the visit count anew
 * @param allowedCpt codes the payer accepts from a massage therapist; empty when it does not pay by code
 * @param maxVisitsPerDay visits a day without justification; null when there is no limit
 * @param functionMeasures how many measures of function a report needs with a baseline and a later value
 * @param measures ids of further measures that the payer asks for, each with the name under which a report misses it
 * @param source where the numbers come from
 */
public record PayerPolicy(
        String id,
        String label,
        String status,
        @Nullable UnitRule unitRule,
        @Nullable Integer authorisedVisits,
        @Nullable Integer extendedVisits,
        @Nullable Integer windowDays,
        @Nullable Integer reportAfterVisits,
        @Nullable Integer reportAfterDays,
        boolean countRestartsOnNewReferral,
        List<String> allowedCpt,
        @Nullable Integer maxVisitsPerDay,
        int functionMeasures,
        Map<String, String> measures,
        String source) {

    public PayerPolicy {
        allowedCpt = List.copyOf(allowedCpt);
        measures = measures == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    }
}
