package org.tenderpoint.screening;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What screening knows of a patient. References are {@code Type/id}; texts are lower case; a day that is not known is
 * null and counts as today.
 *
 * @param today the day of the screening
 * @param problems conditions that are active or do not say
 * @param medicines what is taken
 * @param medicationsAsked true where somebody has said what is taken, even if nothing is
 * @param reasonGiven true where the referral or the record names what is treated
 */
record Facts(
        LocalDate today,
        List<Problem> problems,
        List<Medicine> medicines,
        boolean medicationsAsked,
        List<Substance> allergies,
        List<Measure> measures,
        List<Done> procedures,
        List<Event> events,
        List<String> devices,
        List<Answer> answers,
        List<Course> courses,
        boolean reasonGiven) {

    /** A condition; {@code otherCodes} where it has codes of a system that nobody here knows. */
    record Problem(
            String reference,
            Set<String> icd10,
            Set<String> snomed,
            boolean otherCodes,
            String text,
            @Nullable LocalDate onset) {}

    /** Something taken. */
    record Medicine(String reference, Set<String> rxnorm, Set<String> atc, String text) {}

    /** Something not tolerated. */
    record Substance(String reference, String text) {}

    /**
     * A measurement, or one component of it.
     *
     * @param codes all codings of what was measured
     * @param number its value, also that of a coded answer with a known score
     * @param values codes of a coded value
     * @param denied true for a finding that was looked for and not found
     */
    record Measure(
            String reference,
            Set<String> codes,
            @Nullable BigDecimal number,
            Set<String> values,
            boolean denied,
            String phase,
            String side,
            @Nullable LocalDate day) {}

    /** A procedure other than massage. */
    record Done(String reference, Set<String> categories, String text, @Nullable LocalDate day) {}

    /** An adverse event. */
    record Event(String reference, Set<String> codes, String text, boolean serious, @Nullable LocalDate day) {}

    /**
     * An answer of the newest response to a form.
     *
     * @param question link id, without a leading slash
     * @param yes true for yes, or for any choice or text
     * @param number of a number, or of a choice with a score
     */
    record Answer(
            String reference, String question, boolean yes, @Nullable BigDecimal number, @Nullable LocalDate day) {}

    /**
     * The treatment on one referral so far.
     *
     * @param reference of the referral
     * @param said the overall response, and {@code plateau} where there is one
     * @param visits finished
     * @param days since the first visit
     */
    record Course(String reference, List<String> said, int visits, int days) {
        Course {
            said = List.copyOf(said);
        }
    }

    /** The same with how the treatment goes, which takes more than single resources to say. */
    Facts with(List<Course> known) {
        return new Facts(
                today,
                problems,
                medicines,
                medicationsAsked,
                allergies,
                measures,
                procedures,
                events,
                devices,
                answers,
                known,
                reasonGiven);
    }

    /** True if a day lies within the last days before today, or is not known. */
    boolean isWithin(@Nullable LocalDate day, @Nullable Integer days) {
        return days == null || day == null || !day.isBefore(today.minusDays(days));
    }
}
