package org.tenderpoint.treatmentsummary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.Technique;
import org.tenderpoint.document.Words;
import org.tenderpoint.treatmentsummary.TreatmentSummary.ServiceDay;

/** The words of a treatment summary about what was done: services with their times, units with their reasons. */
final class ServiceText {

    /** Correct-coding edits pair these two; a claim for both on one day says by a modifier that they were apart. */
    private static final List<String> PAIR = List.of("97124", "97140");

    private ServiceText() {}

    static SectionText services(TreatmentSummary summary) {
        var policy = summary.cover().policy();
        var own = policy == null ? null : policy.unitRule();
        var text = new SectionText()
                .table(
                        List.of(
                                "Day",
                                "Time",
                                "CPT",
                                "For",
                                "Technique",
                                "Region",
                                "Minutes",
                                heading("Units, CMS", own == UnitRule.CMS),
                                heading("Units, AMA midpoint", own == UnitRule.AMA_MIDPOINT)),
                        summary.services().stream()
                                .flatMap(day -> rows(day).stream())
                                .toList());
        text.sayIfAny(oneOnOne(summary));
        text.list(summary.services().stream().flatMap(ServiceText::unknown).toList());
        text.list(summary.services().stream()
                .filter(day -> !modifier(day).isEmpty() && !isModified(day))
                .collect(Collectors.groupingBy(
                        ServiceText::modifier,
                        LinkedHashMap::new,
                        Collectors.mapping(day -> Words.day(day.day()), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> entry.getValue() + ": " + entry.getKey())
                .toList());
        text.list(PolicyRemarks.of(summary));
        if (own != null) {
            text.say("Units by the payer's rule: "
                    + summary.services().stream()
                            .map(day -> day.units().get(own))
                            .filter(Objects::nonNull)
                            .mapToInt(units -> units.units().values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                            .sum()
                    + " in all.");
        }
        return text;
    }

    private static Stream<String> unknown(ServiceDay day) {
        return day.unknownCodes().stream()
                .map(code -> Words.day(day.day()) + ": no units for CPT " + code
                        + ", because it is not known whether it is timed.");
    }

    /** What a claim for two paired codes has to say; whether the payer pays for both is the payer's affair. */
    private static String modifier(ServiceDay day) {
        var regions = day.lines().stream()
                .filter(line -> line.cpt() != null && PAIR.contains(line.cpt()))
                .collect(Collectors.groupingBy(
                        line -> Objects.requireNonNull(line.cpt()),
                        Collectors.mapping(Technique::region, Collectors.toSet())));
        if (!regions.keySet().containsAll(PAIR)) {
            return "";
        }
        var first = regions.getOrDefault(PAIR.get(0), Set.of());
        var second = regions.getOrDefault(PAIR.get(1), Set.of());
        var apart = first.stream().noneMatch(second::contains);
        return "CPT 97124 and 97140 "
                + (apart
                        ? "on different regions; modifier 59 on one of them says so."
                        : "on the same region; correct-coding edits pay for one of them unless the minutes were apart.");
    }

    /** Where a modifier is charted with one of the pair, the claim says what it has to. */
    private static boolean isModified(ServiceDay day) {
        return day.lines().stream()
                .filter(line -> line.cpt() != null && PAIR.contains(line.cpt()))
                .anyMatch(line -> !line.charted().modifiers().isEmpty());
    }

    // Units belong to a code and a day; they stand in the first line of the code.
    private static List<List<String>> rows(ServiceDay day) {
        var rows = new ArrayList<List<String>>();
        var shown = new ArrayList<String>();
        for (Technique line : day.lines()) {
            var cpt = Objects.requireNonNullElse(line.cpt(), "");
            var first = !cpt.isEmpty() && !shown.contains(cpt);
            shown.add(cpt);
            rows.add(List.of(
                    Words.day(day.day()),
                    String.join(", ", day.times()),
                    Stream.concat(Stream.of(cpt), line.charted().modifiers().stream())
                            .collect(Collectors.joining("-")),
                    day.pointers().getOrDefault(line.procedure(), ""),
                    manner(line),
                    line.region(),
                    Integer.toString(line.minutes()),
                    first ? units(day, UnitRule.CMS, cpt) : "",
                    first ? units(day, UnitRule.AMA_MIDPOINT, cpt) : ""));
        }
        return rows;
    }

    private static String manner(Technique line) {
        var manner = line.charted().manner();
        return manner.isEmpty() ? line.name() : line.name() + ", " + manner;
    }

    /** Payers ask for a statement; it says what was charted service by service, and nothing where nothing was. */
    private static String oneOnOne(TreatmentSummary summary) {
        var lines =
                summary.services().stream().flatMap(day -> day.lines().stream()).toList();
        var alone = lines.stream()
                .filter(line -> Boolean.TRUE.equals(line.charted().oneOnOne()))
                .count();
        var shared = lines.stream()
                .filter(line -> Boolean.FALSE.equals(line.charted().oneOnOne()))
                .count();
        if (alone + shared == 0) {
            return "";
        }
        return alone == lines.size()
                ? "The therapist was one on one with the patient for all minutes of every service."
                : "One on one for all minutes is charted of %d of %s%s."
                        .formatted(
                                alone,
                                Words.count(lines.size(), "service"),
                                shared == 0 ? "" : ", and that it was not, of " + shared);
    }

    private static String units(ServiceDay day, UnitRule rule, String cpt) {
        var units = day.units().get(rule);
        return units == null || !units.units().containsKey(cpt)
                ? ""
                : Objects.toString(units.units().get(cpt));
    }

    private static String heading(String rule, boolean own) {
        return own ? rule + " (this payer's rule)" : rule;
    }

    static SectionText units(TreatmentSummary summary) {
        var policy = summary.cover().policy();
        var rule = policy == null || policy.unitRule() == null ? UnitRule.CMS : policy.unitRule();
        var text = new SectionText();
        // Visits are often alike: what is said of one is said once for all of them.
        var byReason = summary.services().stream()
                .filter(day -> day.units().containsKey(rule))
                .collect(Collectors.groupingBy(
                        day -> String.join(
                                " ",
                                Objects.requireNonNull(day.units().get(rule)).explanation()),
                        LinkedHashMap::new,
                        Collectors.mapping(day -> Words.day(day.day()), Collectors.joining(", "))));
        var days = byReason.entrySet().stream()
                .map(entry -> entry.getValue() + ": " + entry.getKey())
                .toList();
        if (!days.isEmpty()) {
            text.say("Counted by the rule " + (rule == UnitRule.CMS ? "CMS" : "AMA midpoint")
                    + (policy == null || policy.unitRule() == null
                            ? ", because the payer's own is not known."
                            : ", which is this payer's."));
        }
        return text.list(days);
    }
}
