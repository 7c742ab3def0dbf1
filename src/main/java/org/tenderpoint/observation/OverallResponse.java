package org.tenderpoint.observation;

import java.util.Collection;
import java.util.function.Predicate;
import org.tenderpoint.observation.MeasureRule.Kind;

/** Whether an episode of care helped, from more than one kind of measure. */
public enum OverallResponse {
    WORSENING("worsening"),
    UNDETERMINED("undetermined"),
    RESPONDER("responder"),
    PARTIAL_RESPONDER("partial-responder"),
    NON_RESPONDER("non-responder"),
    TOO_EARLY("too-early");

    private static final int REASSESSMENTS_TO_JUDGE = 2;
    private static final int VISITS_TO_JUDGE = 6;

    private final String code;

    OverallResponse(String code) {
        this.code = code;
    }

    /** The code of the response in reports. */
    public String code() {
        return code;
    }

    /**
     * The overall response; the first row that applies wins, in the order of the constants.
     *
     * @param trends the trends of one episode of care, the patient's global impression (PR-PGIC) among them
     * @param reassessments reassessments done so far, zero or more
     * @param visits visits attended so far, zero or more
     */
    public static OverallResponse of(Collection<OutcomeTrend> trends, int reassessments, int visits) {
        var pain = any(trends, Kind.PAIN, OverallResponse::isJudged);
        var function = any(trends, Kind.FUNCTION, OverallResponse::isJudged);
        var impression = any(trends, Kind.GLOBAL, OverallResponse::isJudged);
        var painBetter = any(trends, Kind.PAIN, OverallResponse::isMeaningful);
        var functionBetter = any(trends, Kind.FUNCTION, OverallResponse::isMeaningful);
        var impressionBetter = any(trends, Kind.GLOBAL, OverallResponse::isMeaningful);

        if (trends.stream().anyMatch(trend -> trend.rule().kind().isPrimary() && isWorse(trend))) {
            return WORSENING;
        }
        if (!pain || !(function || impression)) {
            return UNDETERMINED;
        }
        if (painBetter && (functionBetter || impressionBetter)) {
            return RESPONDER;
        }
        if (painBetter || functionBetter || impressionBetter) {
            return PARTIAL_RESPONDER;
        }
        return reassessments >= REASSESSMENTS_TO_JUDGE || visits >= VISITS_TO_JUDGE ? NON_RESPONDER : TOO_EARLY;
    }

    private static boolean any(Collection<OutcomeTrend> trends, Kind kind, Predicate<OutcomeTrend> condition) {
        return trends.stream().anyMatch(trend -> trend.rule().kind() == kind && condition.test(trend));
    }

    private static boolean isJudged(OutcomeTrend trend) {
        return trend.changeClass() != ChangeClass.INSUFFICIENT_DATA;
    }

    private static boolean isMeaningful(OutcomeTrend trend) {
        return trend.changeClass().isMeaningful();
    }

    private static boolean isWorse(OutcomeTrend trend) {
        return trend.changeClass() == ChangeClass.WORSENING;
    }
}
