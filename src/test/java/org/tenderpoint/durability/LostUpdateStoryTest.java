package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Two therapists correct the same score: the second is told, and nobody's correction is lost without a word. */
class LostUpdateStoryTest {

    private static final int ROUNDS = 50;

    @EachDatabase
    void ofTwoCorrectionsOfTheSameVersionExactlyOneIsTaken(Database database) {
        var score = new Score(Practice.of(Server.on(database)));

        for (int version = 1; version <= ROUNDS; version++) {
            var seen = version;
            var answers = AtOnce.<Answer>all(List.of(
                    () -> score.put(seen % 10, "first, after " + seen, seen),
                    () -> score.put((seen + 5) % 10, "second, after " + seen, seen)));
            var winner =
                    answers.stream().filter(answer -> answer.status() == 200).toList();

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 412);
            assertThat(score.get().json().path("note"))
                    .isEqualTo(winner.get(0).json().path("note"));
        }
        assertThat(score.versions())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROUNDS + 1).boxed().toList());
    }

    @EachDatabase
    void correctionOfAnOlderVersionChangesNothing(Database database) {
        var score = new Score(Practice.of(Server.on(database)));
        score.put(5, "second", 1).expect(200);
        var standing = score.get().text();

        score.put(4, "third", 1).expect(412);
        score.put(4, "third", 3).expect(412);

        assertThat(score.get().text()).isEqualTo(standing);
        assertThat(score.versions()).containsExactly(1, 2);
    }

    @EachDatabase
    void correctionsWithoutAVersionAllStandInTheHistory(Database database) {
        var score = new Score(Practice.of(Server.on(database)));

        var answers = AtOnce.all(IntStream.range(0, 8)
                .<Callable<Answer>>mapToObj(i -> () -> score.put(i, "correction " + i, null))
                .toList());

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(score.versions()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    /** An Observation that everybody wants to change. */
    private static final class Score {

        private final Practice practice;
        private final String patient;
        private final String visit;
        private final String reference;

        Score(Practice practice) {
            this.practice = practice;
            var number = UUID.randomUUID().toString();
            this.patient = practice.referredPatient(number);
            this.visit = practice.visit(patient, number);
            this.reference = practice.clinic()
                    .post("/Observation", Practice.observation(patient, visit, 6, "first"))
                    .expect(201)
                    .reference();
        }

        Answer put(int points, String note, @Nullable Integer seen) {
            return practice.clinic()
                    .put(
                            "/" + reference,
                            Practice.observation(patient, visit, points, note)
                                    .replaceFirst(
                                            "\\{", "{\"id\": \"" + reference.split("/", 2)[1] + "\", "),
                            seen == null ? Map.of() : Map.of("If-Match", "W/\"" + seen + "\""));
        }

        Answer get() {
            return practice.clinic().get("/" + reference);
        }

        /** Oldest first. */
        List<Integer> versions() {
            var versions = new ArrayList<Integer>();
            for (var entry : practice.clinic()
                    .get("/" + reference + "/_history?_count=500")
                    .expect(200)
                    .json()
                    .path("entry")) {
                versions.add(0, entry.at("/resource/meta/versionId").asInt());
            }
            return versions;
        }
    }
}
