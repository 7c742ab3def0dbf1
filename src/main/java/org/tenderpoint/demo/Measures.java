package org.tenderpoint.demo;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Quantity;

/** Units and labels of the measures that the courses use. */
final class Measures {

    /** UCUM units of what is no score. */
    private static final Map<String, String> UNITS = Map.of(
            "headache-days-28d", "d",
            "acute-med-days-28d", "d",
            "limb-girth", "cm",
            "sitting-tolerance", "min",
            "relief-duration", "h",
            "rom", "deg");

    /** Told from the patient's diary, not asked in the visit. */
    private static final Set<String> FROM_DIARY = Set.of("headache-days-28d", "acute-med-days-28d");

    /** Answers about mood; labelled so that they stay with the clinic. */
    private static final Set<String> MOOD = Set.of("phq-4", "phq-9", "phq-9-item-9");

    private Measures() {}

    static Quantity quantity(String measure, BigDecimal value) {
        var unit = UNITS.getOrDefault(measure, "{score}");
        return new Quantity()
                .setValue(value)
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }

    static Quantity quantity(String measure, int value) {
        return quantity(measure, BigDecimal.valueOf(value));
    }

    static boolean isFromDiary(String measure) {
        return FROM_DIARY.contains(measure);
    }

    /** True for what the therapist measures and the patient does not tell. */
    static boolean isMeasured(String measure) {
        return measure.equals("limb-girth");
    }

    static boolean isAboutMood(String measure) {
        return MOOD.contains(measure);
    }

    /** The mean of the three PEG answers, rounded to one decimal as the scale's authors do. */
    static BigDecimal peg(java.util.List<Integer> answers) {
        var sum = answers.stream().mapToInt(Integer::intValue).sum();
        return BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(answers.size()), 1, java.math.RoundingMode.HALF_UP);
    }
}
