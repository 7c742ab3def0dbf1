package org.tenderpoint.screening;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule: a contraindication (CI) restricts treatment, a warning sign (RF) is told to the referrer.
 *
 * @param id such as CI-02 or RF-09
 * @param version changes with every change of the rule
 * @param status draft until clinicians have signed it off, then reviewed
 * @param citation where it comes from
 * @param title for people
 * @param severity of a contraindication; none for a warning sign
 * @param scope general, region or technique; none for a warning sign
 * @param restrictions codes of our code system, of which a contraindication has one at least
 * @param message what the therapist does
 * @param urgency of a warning sign; none for a contraindication
 * @param ask what the referrer is asked for; empty where nothing is sent
 * @param internal true where the message stays in the practice
 * @param treatsTheArea true where the area to be avoided is the one that some techniques are for, so that a person decides
 * @param when any of these
 */
record ScreeningRule(
        String id,
        String version,
        String status,
        String citation,
        String title,
        @Nullable Severity severity,
        @Nullable String scope,
        List<String> restrictions,
        String message,
        @Nullable Urgency urgency,
        @Nullable String ask,
        boolean internal,
        boolean treatsTheArea,
        List<Trigger> when) {

    /** @throws IllegalArgumentException for a rule that is neither of the two kinds */
    ScreeningRule {
        restrictions = restrictions == null ? List.of() : List.copyOf(restrictions);
        when = List.copyOf(when);
        if (id.startsWith("CI-") == (severity == null) || id.startsWith("RF-") == (urgency == null)) {
            throw new IllegalArgumentException(id + " needs a severity, or an urgency, and not both");
        }
        if (!status.equals("draft") && !status.equals("reviewed")) {
            throw new IllegalArgumentException(id + " is neither draft nor reviewed");
        }
    }

    boolean isWarningSign() {
        return urgency != null;
    }

    /** Where the rule stands, for those who want to know why. */
    String uri() {
        return "https://tenderpoint.org/fhir/rule/" + id + "/" + version;
    }

    /** Rule, version, status and source in one line. */
    String basis() {
        return "Rule " + id + ", version " + version + ", " + status + ". Source: " + citation + ".";
    }
}
