package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A visit is written in few words: each question to the database is one that every visit waits for. */
class RoundTripStoryTest {

    private static final Logger log = LoggerFactory.getLogger(RoundTripStoryTest.class);

    private static final int MOST = 8;

    @EachDatabase
    void visitOfSevenResourcesTakesAtMostEightRoundTrips(Database database) {
        var server = Server.on(database);
        var practice = Practice.of(server);
        var patient = practice.referredPatient(UUID.randomUUID().toString());
        practice.visit(patient, UUID.randomUUID().toString());

        var trips = IntStream.range(0, 3)
                .mapToObj(i -> server.roundTrips()
                        .during(() -> practice.visit(patient, UUID.randomUUID().toString())))
                // Once in a while one of them takes a new block of internal keys.
                .min(Comparator.comparingInt(List::size))
                .orElseThrow();

        log.info("{}: {} round trips", database, trips.size());
        assertThat(trips).hasSizeLessThanOrEqualTo(MOST);
    }
}
