package org.tenderpoint.progress;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.Visits;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.observation.OverallResponse;
import org.tenderpoint.observation.Plateau;
import org.tenderpoint.observation.ReliefTrend;
import org.tenderpoint.observation.SessionResponse;
import org.tenderpoint.page.Chart;

/**
 * What a referring physician reads about one referral, in the order in which it is read. Every part names the resource
 * it was drawn from as {@code source}, a relative reference.
 *
 * @param days the days that were looked at; from the beginning where they name no first
 * @param patient whose summary
 * @param referral what was asked
 * @param diagnoses what is treated
 * @param bottomLine whether it helps
 * @param ask what the physician is asked for
 * @param safety what speaks against it, what happened
 * @param visits ordered, attended, missed, since the beginning
 * @param plan the plan of care; null when none is released
 * @param outcomes pain, function and the patient's impression; mood, sleep and quality of life where they were asked for
 * @param unanswered what was asked for besides and nothing is there of, such as {@code mood}
 * @param findings motion and girth
 * @param findingCounts other findings, counted on the first and the last day of each
 * @param sessions what a single session does, apart from the episode
 * @param techniques what was done, most minutes first
 * @param charts pain and function over the visits
 * @param goals with attainment
 * @param medications what is taken and how that changed, and other care
 * @param home the home programme
 * @param contact who treats, and what comes next
 */
public record ProgressSummary(
        Period days,
        PatientName patient,
        Referral referral,
        List<Diagnosis> diagnoses,
        BottomLine bottomLine,
        Ask ask,
        Safety safety,
        Visits visits,
        @Nullable Plan plan,
        List<OutcomeTrend> outcomes,
        List<String> unanswered,
        List<OutcomeTrend> findings,
        List<FindingCount> findingCounts,
        Sessions sessions,
        List<TechniqueUse> techniques,
        List<Chart> charts,
        List<GoalState> goals,
        List<Cited> medications,
        HomeProgramme home,
        Contact contact) {

    public ProgressSummary {
        diagnoses = List.copyOf(diagnoses);
        outcomes = List.copyOf(outcomes);
        unanswered = List.copyOf(unanswered);
        findings = List.copyOf(findings);
        findingCounts = List.copyOf(findingCounts);
        techniques = List.copyOf(techniques);
        charts = List.copyOf(charts);
        goals = List.copyOf(goals);
        medications = List.copyOf(medications);
    }

    /**
     * The days of a summary, both ends included.
     *
     * @param from null for the beginning of the record
     * @param visits attended in these days
     */
    public record Period(@Nullable LocalDate from, LocalDate asOf, int visits) {}

    /** @param identifiers record numbers with their kind, such as {@code MR 4711} */
    public record PatientName(String source, String name, @Nullable LocalDate born, List<String> identifiers) {
        public PatientName {
            identifiers = List.copyOf(identifiers);
        }
    }

    /**
     * @param number the placer's number; null when it has none
     * @param question what was ordered and why
     */
    public record Referral(
            String source,
            @Nullable LocalDate signed,
            @Nullable String number,
            @Nullable Somebody requester,
            String question) {}

    /**
     * @param code ICD-10-CM code; null when it has none
     * @param onset as recorded, such as {@code 2024-05}; null when not recorded
     * @param threeMonthsOrLonger true when it began at least three months before the referral
     */
    public record Diagnosis(
            String source, String text, @Nullable String code, @Nullable String onset, boolean threeMonthsOrLonger) {}

    /**
     * @param plateau two reassessments without improvement; null when there is none
     * @param sentence facts and thresholds in one paragraph
     */
    public record BottomLine(OverallResponse response, @Nullable Plateau plateau, String sentence) {}

    /**
     * @param kind {@code continue}, {@code change}, {@code clearance}, {@code review} or {@code none}; null for a
     *     recorded request in somebody's own words
     * @param source the Task or Communication that asks; null when the sentence follows from the numbers alone
     */
    public record Ask(@Nullable String kind, String text, @Nullable String source) {

        /** True when nobody wrote this request. */
        public boolean isGenerated() {
            return source == null;
        }
    }

    /**
     * @param warnings results of screening, and flags
     * @param precautions what the plan rules out
     * @param adverseEvents what happened
     */
    public record Safety(List<Cited> warnings, List<String> precautions, List<Cited> adverseEvents) {
        public Safety {
            warnings = List.copyOf(warnings);
            precautions = List.copyOf(precautions);
            adverseEvents = List.copyOf(adverseEvents);
        }
    }

    /** A line of text and the resource that says it. */
    public record Cited(String source, String text) {}

    /**
     * @param text the plan in the therapist's words; empty where there are none
     * @param activities what is planned
     * @param begins the plan's first day; null when not recorded
     * @param ends the plan's last day; null when open
     */
    public record Plan(
            String source, String text, List<String> activities, @Nullable LocalDate begins, @Nullable LocalDate ends) {
        public Plan {
            activities = List.copyOf(activities);
        }
    }

    /** How many findings of one kind were recorded on the first and on the last day that has any. */
    public record FindingCount(String finding, LocalDate firstDay, int first, LocalDate lastDay, int last) {}

    /**
     * @param response pain before and after the hands-on work; null when no visit has both
     * @param relief hours of relief after the first and the last sessions; null for fewer than four reports
     */
    public record Sessions(@Nullable SessionResponse response, @Nullable ReliefTrend relief) {}

    /** Minutes of one technique on one region over all sessions. */
    public record TechniqueUse(String technique, String region, int minutes, int sessions) {}

    /**
     * @param attainment as recorded, such as {@code in progress}
     * @param target what is to be reached; empty when it is not measured
     * @param latest the newest value of the target's measure; null when there is none
     */
    public record GoalState(
            String source,
            String text,
            String target,
            @Nullable LocalDate due,
            String attainment,
            @Nullable BigDecimal latest) {}

    /**
     * @param exercises what is to be done at home
     * @param adherence newest share that was done, as recorded, with its day; empty when not recorded
     */
    public record HomeProgramme(List<String> exercises, String adherence) {
        public HomeProgramme {
            exercises = List.copyOf(exercises);
        }
    }

    /**
     * @param therapist who treats; null when nobody is named
     * @param phone whom to call; null when no number is recorded
     * @param nextVisit the next booking; null when there is none
     * @param reassessment when the next goal is due; null when none is
     */
    public record Contact(
            @Nullable Somebody therapist,
            @Nullable String phone,
            @Nullable LocalDate nextVisit,
            @Nullable LocalDate reassessment) {}
}
