package org.tenderpoint.outcome;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tenderpoint.document.Episode;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurement;
import org.tenderpoint.observation.Measurements;
import org.tenderpoint.observation.OutcomeTrend;
import org.tenderpoint.observation.OverallResponse;
import org.tenderpoint.observation.Plateau;
import org.tenderpoint.observation.ReliefTrend;
import org.tenderpoint.observation.SessionPhase;
import org.tenderpoint.observation.SessionResponse;

/**
 * Everything that the measurements of one episode of care say, read one way for every reader. Mood is left out, unless
 * the referral asks for it.
 *
 * @param values what was measured, oldest first
 * @param trends baseline and latest of each series, in the order of the measure rules
 * @param response whether it helped
 * @param plateau two reassessments without improvement
 * @param session pain before and after the hands-on work, apart from the episode
 * @param relief hours of relief after the first and the last sessions
 * @param doses technique, region and minutes beside the pain at the next visit
 */
public record EpisodeOutcomes(
        List<Measurement> values,
        List<OutcomeTrend> trends,
        OverallResponse response,
        Optional<Plateau> plateau,
        Optional<SessionResponse> session,
        Optional<ReliefTrend> relief,
        List<Dose> doses) {

    public EpisodeOutcomes {
        values = List.copyOf(values);
        trends = List.copyOf(trends);
        doses = List.copyOf(doses);
    }

    /** The outcomes of an episode, as far as its days go. */
    public static EpisodeOutcomes of(MeasureRules rules, Measurements measurements, Episode episode) {
        var mood = Topic.askedIn(episode.referral()).contains(Topic.MOOD);
        var values = episode.observations().stream()
                .flatMap(observation -> measurements.from(observation).stream())
                .filter(value -> mood
                        || Topic.of(value.series()).filter(Topic.MOOD::equals).isEmpty())
                .toList();
        var trends = OutcomeTrend.all(rules, values);
        return new EpisodeOutcomes(
                values,
                trends,
                OverallResponse.of(
                        trends, reassessments(rules, values), episode.visits().attended()),
                Plateau.find(rules, values),
                SessionResponse.of(values),
                ReliefTrend.of(values),
                Dose.table(episode.techniques(), values));
    }

    private static int reassessments(MeasureRules rules, Collection<Measurement> values) {
        return (int) values.stream()
                .filter(value -> value.phase() == SessionPhase.REASSESSMENT
                        && rules.rule(value.measure()).kind().isPrimary())
                .map(Measurement::date)
                .distinct()
                .count();
    }
}
