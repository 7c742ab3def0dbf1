package org.tenderpoint.screening;

import java.util.List;

/**
 * What screening says of a record.
 *
 * @param hits contraindications that are met, in the order of the rules
 * @param signs warning signs, the most urgent first
 * @param notUnderstood what could not be held against the rules, each in a sentence
 */
record ScreeningResult(List<Hit> hits, List<Sign> signs, List<String> notUnderstood) {

    /** A contraindication, with what in the record meets it. */
    record Hit(ScreeningRule rule, Severity severity, List<String> restrictions, List<String> evidence) {}

    /** A warning sign, with what in the record shows it. */
    record Sign(ScreeningRule rule, Urgency urgency, List<String> evidence) {}

    /** There are three, and the third is not the first. */
    enum Outcome {
        CLEAR("clear"),
        RESTRICT_OR_STOP("restrict-or-stop"),
        COULD_NOT_SCREEN("could-not-screen");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    Outcome outcome() {
        if (!hits.isEmpty()) {
            return Outcome.RESTRICT_OR_STOP;
        }
        return notUnderstood.isEmpty() ? Outcome.CLEAR : Outcome.COULD_NOT_SCREEN;
    }
}
