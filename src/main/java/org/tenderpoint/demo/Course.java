package org.tenderpoint.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One patient's course of care, as its JSON file tells it. Days count from the first visit, which is day 0; words such
 * as {@code trapezius} are those of {@link Codes}.
 *
 * @param key name of the file, and the beginning of all identifiers
 * @param lastVisitDaysAgo least number of days between the last visit and the day of the first start
 * @param referrer key of the organization that refers
 * @param physician key of the practitioner who refers
 * @param clinic key of the organization that treats
 * @param therapist key of the practitioner who treats
 * @param insurer key of the organization that pays
 * @param letter what the physician wrote instead of sending data; empty where data came
 * @param history answers to the health history, by group and question; empty where nobody was asked
 * @param plan none where the referral waits to be accepted
 * @param usual what is done in a visit that does not say otherwise
 * @param proxy whoever acts for the patient by law; none for most
 */
record Course(
        String key,
        int lastVisitDaysAgo,
        String referrer,
        String physician,
        String clinic,
        String therapist,
        String insurer,
        Patient patient,
        Order order,
        String letter,
        List<Diagnosis> conditions,
        List<Drug> medications,
        Map<String, Map<String, Boolean>> history,
        Cover coverage,
        @Nullable Plan plan,
        List<Technique> usual,
        List<Visit> visits,
        @Nullable Proxy proxy) {

    /** All courses; the one whose last visit ends the load stands last. */
    static final List<Course> ALL = Stream.of(
                    "hana", "jo", "igor", "dev", "gwen", "frank", "ana", "bert", "chloe", "eva", "lee", "kim")
            .map(name -> DemoData.read(name + ".json", Course.class))
            .toList();

    /** Who it is; {@code birthday} is month and day, and the age is that on the day of the first visit. */
    record Patient(String given, String family, String gender, int age, String birthday, String city) {}

    /** Who acts for a patient; {@code role} is a code of v3-RoleCode. */
    record Proxy(String key, String given, String family, String gender, String role, String display) {}

    /**
     * The referral.
     *
     * @param day when it was signed, counted from the first visit and so negative
     * @param visits how many are ordered
     * @param weeks within how many weeks
     * @param report what the summaries are to tell besides pain and function, such as {@code report-sleep}
     */
    record Order(int day, int visits, int weeks, String text, List<String> report) {}

    /** A diagnosis of the physician's; {@code snomed} may be empty. */
    record Diagnosis(String icd, String snomed, String text, int onsetDay) {}

    /** A drug that the patient takes, by RxNorm ingredient. */
    record Drug(String rxnorm, String name, String dosage) {}

    /** The insurance: kind of policy in HL7's ActCode, the member's number, and whoever employs an injured worker. */
    record Cover(String type, String member, String claim, String employer) {}

    /** What is planned; {@code heldBecause} is empty where nothing stopped it. */
    record Plan(
            String text,
            int visitsAWeek,
            List<Aim> goals,
            List<String> techniques,
            List<Avoided> avoid,
            String heldBecause) {}

    /** A goal: a measure is to fall to (or rise to) a value by a day. */
    record Aim(String text, String measure, String comparator, BigDecimal value, int day) {}

    /** What must not be done, and why. */
    record Avoided(String technique, String reason) {}

    /**
     * A technique with its region and hands-on minutes; {@code cpt} is the code it is billed under. {@code pressure} goes
     * from 1 to 5, and is 0 where it was not charted; {@code position} is a word of {@link Codes}.
     */
    record Technique(String what, String site, String side, int minutes, String cpt, int pressure, String position) {}

    /**
     * One visit.
     *
     * @param kind local code of the kind of visit
     * @param pain before and after treatment, 0 to 10
     * @param peg the three answers, each 0 to 10
     * @param scores other measures by word of {@link Codes}
     * @param work what the patient can do at work, a local code; empty where it was not asked
     * @param relief how many hours the relief lasted; 0 where it was not asked
     * @param findings signs that were looked for and found
     * @param stopped true where what was found kept the therapist from treating
     * @param postponed why there was no visit; empty where there was one
     * @param note subjective, objective, assessment, plan
     * @param draft true where the therapist has not signed yet
     */
    record Visit(
            int day,
            String time,
            String kind,
            List<Integer> pain,
            List<Integer> peg,
            Map<String, BigDecimal> scores,
            String work,
            List<Motion> motion,
            List<TriggerPoint> triggerPoints,
            List<Finding> findings,
            List<Technique> techniques,
            boolean stopped,
            String postponed,
            int relief,
            @Nullable Event event,
            List<Drug> medications,
            String analgesics,
            List<String> note,
            boolean draft) {}

    /** A range of motion, active, in degrees; {@code joint} is a word such as {@code cervical-rotation}. */
    record Motion(String joint, String side, int degrees) {}

    /** A trigger point; {@code zone} says where it sends pain, and may be empty. */
    record TriggerPoint(String muscle, String side, boolean active, String zone, int tenderness) {}

    /** A sign, by a word of {@link Codes}; {@code text} says what was seen. */
    record Finding(String what, String site, String side, String text) {}

    /** What the patient noticed after a visit; {@code severity} is mild, moderate or severe. */
    record Event(String what, String severity, String text) {}

    /** What is done in a visit. */
    List<Technique> techniquesIn(Visit visit) {
        if (visit.stopped() || !visit.postponed().isEmpty()) {
            return List.of();
        }
        return visit.techniques().isEmpty() ? usual : visit.techniques();
    }

    /** The day of the last visit; 0 where there was none. */
    int lastDay() {
        return visits.isEmpty() ? 0 : visits.get(visits.size() - 1).day();
    }
}
