package org.tenderpoint.outcome;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tenderpoint.document.Technique;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.SessionPhase;

/**
 * One cell of the table of doses: what was done in a visit, beside the pain with which the patient came to that visit and
 * to the next. It describes and proves nothing: other things happen between two visits, and a cell may rest on one pair.
 *
 * @param technique what was done
 * @param region where; empty for teaching and the like
 * @param minutes hands-on minutes of the visit, as a band such as {@code 15-29}
 * @param pairs how many pairs of visits the means rest on, one or more
 * @param meanBefore mean pain 0-10 before those visits, to six decimals
 * @param meanNext mean pain 0-10 before the visits that followed, to six decimals
 */
public record Dose(
        String technique, String region, String minutes, int pairs, BigDecimal meanBefore, BigDecimal meanNext) {

    private static final int QUARTER_HOUR = 15;
    private static final int LONGEST_BAND = 60;
    private static final int SCALE = 6;

    /**
     * The table, by technique, region and minutes.
     *
     * @param techniques of one episode of care
     * @param values of the same episode; only pain 0-10 (PR-NRS) before a visit counts, the mean where it was asked of
     *     several sites
     */
    static List<Dose> table(Collection<Technique> techniques, Collection<Measurement> values) {
        var visits = visits(values);
        var cells = new LinkedHashMap<List<String>, List<Pair>>();
        for (var place = 0; place + 1 < visits.size(); place++) {
            var visit = visits.get(place);
            var pair = new Pair(visit.pain(), visits.get(place + 1).pain());
            minutesOf(techniques, visit.encounter()).forEach((what, minutes) -> cells.computeIfAbsent(
                            List.of(what.get(0), what.get(1), band(minutes)), cell -> new ArrayList<>())
                    .add(pair));
        }
        return cells.entrySet().stream()
                .map(cell -> dose(cell.getKey(), cell.getValue()))
                .sorted(Comparator.comparing(Dose::technique)
                        .thenComparing(Dose::region)
                        .thenComparing(Dose::minutes))
                .toList();
    }

    private static Dose dose(List<String> what, List<Pair> pairs) {
        return new Dose(
                what.get(0),
                what.get(1),
                what.get(2),
                pairs.size(),
                mean(pairs.stream().map(Pair::before).toList()),
                mean(pairs.stream().map(Pair::next).toList()));
    }

    private static List<Visit> visits(Collection<Measurement> values) {
        var byVisit = new HashMap<String, List<Measurement>>();
        for (var value : values) {
            if (value.measure().equals("PR-NRS") && value.phase() == SessionPhase.PRE && value.encounter() != null) {
                byVisit.computeIfAbsent(value.encounter(), visit -> new ArrayList<>())
                        .add(value);
            }
        }
        return byVisit.entrySet().stream()
                .sorted(Comparator.comparing(visit -> visit.getValue().get(0).date()))
                .map(visit -> new Visit(
                        visit.getKey(),
                        mean(visit.getValue().stream().map(Measurement::value).toList())))
                .toList();
    }

    private static Map<List<String>, Integer> minutesOf(Collection<Technique> techniques, String encounter) {
        return techniques.stream()
                .filter(technique -> technique.encounter().equals(encounter) && technique.minutes() > 0)
                .collect(Collectors.groupingBy(
                        technique -> List.of(technique.name(), technique.region()),
                        () -> new TreeMap<>(Comparator.comparing(Object::toString)),
                        Collectors.summingInt(Technique::minutes)));
    }

    private static String band(int minutes) {
        if (minutes >= LONGEST_BAND) {
            return LONGEST_BAND + " or more";
        }
        var from = minutes / QUARTER_HOUR * QUARTER_HOUR;
        return Math.max(1, from) + "-" + (from + QUARTER_HOUR - 1);
    }

    private static BigDecimal mean(List<BigDecimal> values) {
        return values.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(values.size()), SCALE, RoundingMode.HALF_UP);
    }

    private record Visit(String encounter, BigDecimal pain) {}

    private record Pair(BigDecimal before, BigDecimal next) {}
}
