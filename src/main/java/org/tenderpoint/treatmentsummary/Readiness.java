package org.tenderpoint.treatmentsummary;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.ChangeClass;
import org.tenderpoint.observation.MeasureRule.Kind;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Authorisation;

/**
 * Whether a payer would find in the record what it expects of a report, and whether one is due.
 *
 * @param present how many of the expected things are there
 * @param expected how many are expected
 * @param missing what is not there, as a reader of the page is told
 * @param due by when, and how far that is; empty where the payer's policy names no time or is not known
 */
record Readiness(int present, int expected, List<String> missing, String due) {

    Readiness {
        missing = List.copyOf(missing);
    }

    /**
     * Looks at a summary.
     *
     * @param asOf the last day that it covers
     */
    static Readiness of(TreatmentSummary summary, LocalDate asOf) {
        var found = new LinkedHashMap<String, Boolean>();
        found.put("member number", summary.cover().member() != null);
        found.put("claim or authorisation number", !summary.cover().numbers().isEmpty());
        var therapist = summary.therapist();
        found.put("therapist's NPI", therapist != null && therapist.npi() != null);
        found.put("therapist's licence", therapist != null && therapist.licence() != null);
        var orders = summary.authorisations();
        found.put("day of the order", !orders.isEmpty() && orders.stream().allMatch(order -> order.signed() != null));
        found.put(
                "NPI of who ordered",
                !orders.isEmpty()
                        && orders.stream()
                                .map(Authorisation::requester)
                                .allMatch(who -> who != null && who.npi() != null));
        found.put("ICD-10-CM code of a diagnosis", summary.diagnoses().stream().anyMatch(diagnosis -> !diagnosis
                .code()
                .isEmpty()));
        found.put(
                "minutes and billing code of every service",
                !summary.services().isEmpty()
                        && summary.services().stream()
                                .flatMap(day -> day.lines().stream())
                                .allMatch(line -> line.minutes() > 0 && line.cpt() != null));
        found.put(
                "time in and out of every day of service",
                !summary.services().isEmpty()
                        && summary.services().stream()
                                .noneMatch(day -> day.times().isEmpty()));
        found.put("baseline and a later value of pain", measured(summary, Kind.PAIN) > 0);
        var policy = summary.cover().policy();
        var functions = policy == null ? 1 : policy.functionMeasures();
        if (functions > 0) {
            found.put(
                    functions == 1
                            ? "baseline and a later value of function"
                            : "baseline and a later value of " + functions + " measures of function",
                    measured(summary, Kind.FUNCTION) >= functions);
        }
        if (policy != null) {
            policy.measures()
                    .forEach((measure, name) ->
                            found.put(name, summary.trends().stream().anyMatch(trend -> trend.rule()
                                    .id()
                                    .equals(measure))));
        }
        found.put("functional goal with a due date", summary.goals().stream().anyMatch(goal -> goal.due() != null));
        found.put("plan of further care", !summary.proposed().isEmpty());
        var missing = found.entrySet().stream()
                .filter(one -> !one.getValue())
                .map(Map.Entry::getKey)
                .toList();
        return new Readiness(found.size() - missing.size(), found.size(), missing, due(summary, asOf));
    }

    private static long measured(TreatmentSummary summary, Kind kind) {
        return summary.trends().stream()
                .filter(trend -> trend.rule().kind() == kind && trend.changeClass() != ChangeClass.INSUFFICIENT_DATA)
                .map(trend -> trend.rule().id())
                .distinct()
                .count();
    }

    private static String due(TreatmentSummary summary, LocalDate asOf) {
        var policy = summary.cover().policy();
        if (policy == null || (policy.reportAfterVisits() == null && policy.reportAfterDays() == null)) {
            return "";
        }
        var used = summary.authorisations().stream()
                .mapToInt(Authorisation::used)
                .max()
                .orElse(0);
        var first =
                summary.services().isEmpty() ? null : summary.services().get(0).day();
        var days = first == null ? 0 : ChronoUnit.DAYS.between(first, asOf);
        var isDue = (policy.reportAfterVisits() != null && used >= policy.reportAfterVisits())
                || (policy.reportAfterDays() != null && days >= policy.reportAfterDays());
        return "This payer expects a report after " + when(policy.reportAfterVisits(), policy.reportAfterDays()) + ": "
                + Words.count(used, "visit") + " used, " + Words.count((int) days, "day") + " since the first service. "
                + (isDue ? "A report is due." : "No report is due yet.");
    }

    private static String when(@Nullable Integer visits, @Nullable Integer days) {
        if (visits == null) {
            return days + " days";
        }
        return days == null ? visits + " visits" : visits + " visits or " + days + " days, whichever comes first";
    }
}
