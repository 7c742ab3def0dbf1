package org.tenderpoint.treatmentsummary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.tenderpoint.document.Technique;
import org.tenderpoint.document.Words;
import org.tenderpoint.treatmentsummary.TreatmentSummary.ServiceDay;

/** Where the services differ from what the payer's policy takes, so that nobody hears of it by a denial. Only facts. */
final class PolicyRemarks {

    private PolicyRemarks() {}

    /** Nothing where the payer's policy is not known. */
    static List<String> of(TreatmentSummary summary) {
        var policy = summary.cover().policy();
        if (policy == null) {
            return List.of();
        }
        var remarks = new ArrayList<String>();
        codes(summary, policy.allowedCpt(), remarks);
        if (policy.maxVisitsPerDay() != null) {
            visits(summary, policy.maxVisitsPerDay(), remarks);
        }
        return remarks;
    }

    private static void codes(TreatmentSummary summary, List<String> allowed, List<String> remarks) {
        if (allowed.isEmpty()) {
            return;
        }
        var days = new LinkedHashMap<String, List<String>>();
        for (var day : summary.services()) {
            day.lines().stream()
                    .map(Technique::cpt)
                    .filter(Objects::nonNull)
                    .filter(cpt -> !allowed.contains(cpt))
                    .distinct()
                    .forEach(cpt ->
                            days.computeIfAbsent(cpt, code -> new ArrayList<>()).add(Words.day(day.day())));
        }
        days.forEach((cpt, on) -> remarks.add(String.join(", ", on) + ": CPT " + cpt
                + " is not what this payer's policy takes from massage therapists, which is "
                + String.join(", ", allowed) + "."));
    }

    private static void visits(TreatmentSummary summary, int most, List<String> remarks) {
        var days = summary.services().stream()
                .filter(day -> visits(day) > most)
                .map(day -> Words.day(day.day()))
                .collect(Collectors.joining(", "));
        if (!days.isEmpty()) {
            remarks.add(days + ": more visits than the " + most
                    + " a day that this payer's policy takes without a reason.");
        }
    }

    private static long visits(ServiceDay day) {
        return day.lines().stream()
                .map(Technique::encounter)
                .filter(visit -> !visit.isEmpty())
                .distinct()
                .count();
    }
}
