package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** An EHR that had no answer sends its referral again, and again: it arrives once. */
class RepeatedReferralStoryTest {

    private static final int TIMES = 16;

    @EachDatabase
    void referralSentSixteenTimesAtOnceAndOnceMoreArrivesOnce(Database database) {
        var practice = Practice.of(Server.on(database));
        var number = UUID.randomUUID().toString();
        Callable<Answer> send = () -> practice.ehr().bundle(practice.referral(number, new Random()));

        var answers = AtOnce.all(IntStream.range(0, TIMES).mapToObj(i -> send).toList());
        var later = practice.ehr().bundle(practice.referral(number, new Random()));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        later.expect(200);
        var first = idsOf(later);
        assertThat(first).hasSize(5);
        assertThat(answers).extracting(RepeatedReferralStoryTest::idsOf).containsOnly(first);
        assertThat(answers.stream().map(Practice::statuses).filter(statuses -> statuses.contains("201")))
                .as("only one of them created anything")
                .hasSize(1);
        assertThat(Practice.statuses(later)).containsOnly("200");
        assertThat(stored(practice, first)).isEqualTo(first);
    }

    @EachDatabase
    void manyReferralsSentTwiceAtOnceAllArriveOnce(Database database) {
        var practice = Practice.of(Server.on(database));
        var numbers = IntStream.range(0, 8)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();

        var answers = AtOnce.all(IntStream.range(0, TIMES)
                .<Callable<Answer>>mapToObj(
                        i -> () -> practice.ehr().bundle(practice.referral(numbers.get(i / 2), new Random())))
                .toList());

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        for (int i = 0; i < TIMES; i += 2) {
            assertThat(idsOf(answers.get(i))).isEqualTo(idsOf(answers.get(i + 1)));
        }
        assertThat(answers.stream().flatMap(answer -> idsOf(answer).stream()).distinct())
                .hasSize(5 * numbers.size());
    }

    private static Set<String> idsOf(Answer answer) {
        return new HashSet<>(Practice.ids(answer));
    }

    /** Everything that the patient's record holds, as the clinic finds it. */
    private static Set<String> stored(Practice practice, Set<String> sent) {
        var patient = sent.stream()
                .filter(id -> id.startsWith("Patient/"))
                .findFirst()
                .orElseThrow();
        var found = new HashSet<>(List.of(patient));
        for (var type : List.of("Condition", "Coverage", "ServiceRequest", "Task")) {
            practice.clinic()
                    .get("/" + type + "?patient=" + patient)
                    .expect(200)
                    .json()
                    .path("entry")
                    .forEach(entry ->
                            found.add(type + "/" + entry.at("/resource/id").asText()));
        }
        return found;
    }
}
