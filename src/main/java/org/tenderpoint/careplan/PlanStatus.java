package org.tenderpoint.careplan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Visits;

/**
 * How far a plan is.
 *
 * @param plan reference
 * @param status of the plan
 * @param visits planned, attended, missed, left; null where the plan names no referral
 * @param frequency how often, in words; empty where the plan does not say
 * @param reassessmentDue the day on which a reassessment is due; null before the first visit
 * @param lastReassessment when it was last; null where there was none
 * @param goals in the order of the plan
 * @param attainment T-score of goal attainment scaling over the goals with a scaled score; null where none has one
 * @param homeProgramme what is to be done at home
 * @param adherence the newest adherence to it in per cent; null where it was not recorded
 * @param restrictions what is not to be done, and why
 */
record PlanStatus(
        String plan,
        String status,
        @Nullable Visits visits,
        String frequency,
        @Nullable LocalDate reassessmentDue,
        @Nullable LocalDate lastReassessment,
        List<GoalStatus> goals,
        @Nullable BigDecimal attainment,
        List<String> homeProgramme,
        @Nullable BigDecimal adherence,
        List<Restriction> restrictions) {

    PlanStatus {
        goals = List.copyOf(goals);
        homeProgramme = List.copyOf(homeProgramme);
        restrictions = List.copyOf(restrictions);
    }
}
