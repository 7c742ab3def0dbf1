package org.tenderpoint.observation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tenderpoint.observation.MeasureRule.Comparison;

/**
 * Rule PR-PLATEAU: two consecutive reassessments without a primary measure that improves by at least its minimal change.
 * Payers stop paying for maintenance, so the care plan is due for review.
 *
 * @param since the first of the two reassessments
 * @param until the last reassessment
 */
public record Plateau(LocalDate since, LocalDate until) {

    /**
     * Looks at the last two reassessments of each primary measure.
     *
     * <p>A measure has improved when one reassessment is better than the one before it, or when the second is better than
     * the state before the first: a slow, steady gain is no plateau.
     *
     * @param measurements values of one episode of care, in any order
     * @return empty when a measure improved, or when no measure has two reassessments and a value before them
     */
    public static Optional<Plateau> find(MeasureRules rules, Collection<Measurement> measurements) {
        var courses = rules.all().stream()
                .filter(rule -> rule.kind().isPrimary() && rule.comparison() == Comparison.CHANGE)
                .flatMap(rule -> OutcomeTrend.seriesOf(rule, measurements).stream()
                        .map(values -> new Course(rule, assessments(values))))
                .toList();
        var since = courses.stream()
                .filter(Course::hasTwoReassessments)
                .map(course -> course.fromEnd(2).date())
                .min(Comparator.naturalOrder());
        if (since.isEmpty() || courses.stream().anyMatch(course -> course.improvesSince(since.get()))) {
            return Optional.empty();
        }
        return courses.stream()
                .filter(Course::hasTwoReassessments)
                .map(course -> course.fromEnd(1).date())
                .max(Comparator.naturalOrder())
                .map(until -> new Plateau(since.get(), until));
    }

    private static List<Measurement> assessments(List<Measurement> values) {
        return values.stream()
                .filter(value -> value.phase() == SessionPhase.INTAKE || value.phase() == SessionPhase.REASSESSMENT)
                .sorted(Comparator.comparing(Measurement::date).thenComparing(Measurement::phase))
                .toList();
    }

    private record Course(MeasureRule rule, List<Measurement> values) {

        boolean hasTwoReassessments() {
            return values.size() >= 3
                    && fromEnd(1).phase() == SessionPhase.REASSESSMENT
                    && fromEnd(2).phase() == SessionPhase.REASSESSMENT;
        }

        Measurement fromEnd(int place) {
            return values.get(values.size() - place);
        }

        boolean improvesSince(LocalDate since) {
            for (var later = 1; later < values.size(); later++) {
                if (!values.get(later).date().isBefore(since) && improves(later - 1, later)) {
                    return true;
                }
            }
            return hasTwoReassessments() && improves(values.size() - 3, values.size() - 1);
        }

        private boolean improves(int earlier, int later) {
            return Judgement.of(rule, values.get(earlier), values.get(later))
                    .changeClass()
                    .isImprovement();
        }
    }
}
