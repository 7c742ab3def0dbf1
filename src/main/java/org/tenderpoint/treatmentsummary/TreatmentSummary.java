package org.tenderpoint.treatmentsummary;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.Technique;
import org.tenderpoint.observation.OutcomeTrend;

/**
 * What a payer reads about its member. No part of it holds text that somebody typed into the record, except names and
 * numbers. {@code source} is the relative reference of the resource a part was drawn from.
 *
 * @param days the days that were looked at, within the cover
 * @param patient reference of the patient
 * @param cover on which the payer asks
 * @param therapist who treated; null when nobody is named
 * @param authorisations visit counters, one for each referral
 * @param diagnoses those that a referral or a service names
 * @param services by day, oldest first
 * @param trends pain, function, the patient's impression and motion; no mood
 * @param goals with a functional target
 * @param adverseEvents by their codes
 * @param proposed what the plan foresees; empty when it foresees nothing
 * @param visits references of the visits in these days
 * @param care who gives it, and what is to be minded
 */
public record TreatmentSummary(
        Days days,
        String patient,
        Cover cover,
        @Nullable Somebody therapist,
        List<Authorisation> authorisations,
        List<Diagnosis> diagnoses,
        List<ServiceDay> services,
        List<OutcomeTrend> trends,
        List<GoalLine> goals,
        List<String> adverseEvents,
        List<String> proposed,
        List<String> visits,
        Care care) {

    /** What is never in it, and why; the same list for everybody, because a list made from the record would tell. */
    public static final List<Withheld> WITHHELD = List.of(
            new Withheld("Session notes and other narrative", "not needed to judge or pay the services"),
            new Withheld("Questionnaire answers", "the scores of functional measures stand for them"),
            new Withheld("Mood, anxiety, stress and sleep measures", "not a measure of the function treated"),
            new Withheld("Conditions that neither the referral nor a service names", "unrelated to the services"),
            new Withheld("Medications and allergies", "not needed to judge or pay the services"),
            new Withheld(
                    "Addresses, telephone numbers and contacts, except the address of the practice",
                    "not needed to judge or pay the services"),
            new Withheld("Other insurers' cover and what they pay for", "another payer's business"),
            new Withheld("Resources with a confidentiality label", "need a consent of their own"),
            new Withheld(
                    "Visits that the patient has paid in full",
                    "the patient may keep them from the insurer (45 CFR 164.522); whether there are any is not said"),
            new Withheld("Unsigned drafts", "not part of the record yet"));

    public TreatmentSummary {
        authorisations = List.copyOf(authorisations);
        diagnoses = List.copyOf(diagnoses);
        services = List.copyOf(services);
        trends = List.copyOf(trends);
        goals = List.copyOf(goals);
        adverseEvents = List.copyOf(adverseEvents);
        proposed = List.copyOf(proposed);
        visits = List.copyOf(visits);
    }

    /**
     * @param payer name of the insurer; null when not in the directory
     * @param member the member's number; null when not recorded
     * @param employer the organization that holds the policy, as in workers' compensation; null when none does
     * @param numbers claim and authorisation numbers
     * @param policy what this payer expects; null when not known
     */
    public record Cover(
            String source,
            @Nullable String payer,
            @Nullable String member,
            @Nullable Somebody employer,
            List<String> numbers,
            Days days,
            @Nullable PayerPolicy policy) {
        public Cover {
            numbers = List.copyOf(numbers);
        }
    }

    /**
     * Visits on one referral.
     *
     * @param number the placer's number; null when it has none
     * @param authorised visits allowed; null when neither the referral nor the policy says
     * @param byPolicy true when the policy says so rather than the referral
     * @param used finished visits that count against it
     * @param windowEnd last day on which a visit counts; null when there is no window
     */
    public record Authorisation(
            String source,
            @Nullable LocalDate signed,
            @Nullable String number,
            @Nullable Somebody requester,
            @Nullable Integer authorised,
            boolean byPolicy,
            int used,
            int missed,
            @Nullable LocalDate windowEnd) {

        /** Visits left; null when no number is known. */
        public @Nullable Integer left() {
            return authorised == null ? null : Math.max(0, authorised - used);
        }
    }

    /**
     * @param code ICD-10-CM; empty where it has none
     * @param display of its first coding that has one; empty where none has
     * @param onset day of onset or injury; null when not recorded
     */
    public record Diagnosis(String source, String code, String display, @Nullable LocalDate onset) {}

    /**
     * What a payer asks about the care besides its services.
     *
     * @param givenBy the therapist's taxonomy, the practice with its address and numbers, each in words
     * @param workStatus what the patient could do at work, by day
     * @param restrictions what the plan leaves out after screening, by code; never why
     */
    public record Care(List<String> givenBy, List<String> workStatus, List<String> restrictions) {

        static final Care UNKNOWN = new Care(List.of(), List.of(), List.of());

        public Care {
            givenBy = List.copyOf(givenBy);
            workStatus = List.copyOf(workStatus);
            restrictions = List.copyOf(restrictions);
        }
    }

    /**
     * One day's services.
     *
     * @param lines in the order in which they were recorded
     * @param units by rule; empty for a rule that could not be applied
     * @param unknownCodes codes of which nobody knows whether they are timed; they have no units
     * @param times from when to when each visit of the day lasted, as the clinic's clock showed it
     * @param pointers letters of the diagnoses that a service is for, by its procedure
     */
    public record ServiceDay(
            LocalDate day,
            List<Technique> lines,
            Map<UnitRule, TimedUnits> units,
            List<String> unknownCodes,
            List<String> times,
            Map<String, String> pointers) {
        public ServiceDay {
            times = List.copyOf(times);
            pointers = Map.copyOf(pointers);
            lines = List.copyOf(lines);
            units = Map.copyOf(units);
            unknownCodes = List.copyOf(unknownCodes);
        }
    }

    /** @param text measure, comparator and value, written from the codes */
    public record GoalLine(String source, String text, @Nullable LocalDate due, String attainment) {}

    /** What is left out, and why. */
    public record Withheld(String what, String why) {}
}
