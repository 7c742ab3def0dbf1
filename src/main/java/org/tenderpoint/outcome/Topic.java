package org.tenderpoint.outcome;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.Series;

/** What a summary tells besides pain and function only where the referral asks for it in {@code orderDetail}. */
public enum Topic {
    MOOD("report-mood", Set.of("PR-PROMIS-MH", "PR-PHQ9", "PR-GAD7", "PR-PHQ4", "PR-PSS", "PR-GLOBAL/mental-health")),
    SLEEP("report-sleep", Set.of("PR-PROMIS-SD", "PR-PSQI")),
    QUALITY_OF_LIFE("report-quality-of-life", Set.of("PR-GLOBAL"));

    private final String code;
    private final Set<String> rules;

    Topic(String code, Set<String> rules) {
        this.code = code;
        this.rules = rules;
    }

    /** What a referral asks for. */
    public static Set<Topic> askedIn(ServiceRequest referral) {
        var asked = EnumSet.noneOf(Topic.class);
        for (var topic : values()) {
            if (referral.getOrderDetail().stream().anyMatch(detail -> detail.hasCoding(Words.MASSAGE, topic.code))) {
                asked.add(topic);
            }
        }
        return Collections.unmodifiableSet(asked);
    }

    /** The topic of a series; empty for pain, function and findings. What is named with its variant comes first. */
    public static Optional<Topic> of(Series series) {
        var whole = series.measure() + "/" + series.variant();
        return Arrays.stream(values())
                .filter(topic -> topic.rules.contains(whole))
                .findFirst()
                .or(() -> Arrays.stream(values())
                        .filter(topic -> topic.rules.contains(series.measure()))
                        .findFirst());
    }

    /** How a sentence names it. */
    public String word() {
        return code.substring("report-".length()).replace('-', ' ');
    }
}
