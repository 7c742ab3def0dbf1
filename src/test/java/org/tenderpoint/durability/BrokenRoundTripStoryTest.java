package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.tenderpoint.testing.Checksum;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Each round trip of a visit fails in turn: the visit is written as a whole or not at all, and the client is told. */
class BrokenRoundTripStoryTest {

    @EachDatabase
    void visitThatCollidesWithAnotherChangeIsTriedAgainAsItWasSent(Database database) {
        var server = Server.on(database);
        var practice = Practice.of(server);
        var patient = practice.referredPatient(UUID.randomUUID().toString());
        var trips = tripsOfAVisit(server, practice, patient);

        for (int trip = 1; trip <= trips; trip++) {
            server.roundTrips().failAt(trip, new SQLTransactionRollbackException("could not serialize", "40001"));

            var visit = practice.visit(patient, UUID.randomUUID().toString());

            var found = practice.clinic()
                    .get("/" + visit.replace("/", "?_id=")
                            + "&_revinclude=Observation:encounter&_revinclude=Procedure:encounter")
                    .expect(200);
            assertThat(found.json().path("entry")).as("collision at %s", trip).hasSize(7);
        }
    }

    @EachDatabase
    void visitDuringWhichTheDatabaseGoesAwayLeavesNothingAndTheClientMayTryAgain(Database database) {
        var server = Server.on(database);
        var practice = Practice.of(server);
        var patient = practice.referredPatient(UUID.randomUUID().toString());
        var bundle = Practice.session(patient, UUID.randomUUID().toString());
        var trips = tripsOfAVisit(server, practice, patient);
        var before = Checksum.of(server.bean(DataSource.class));

        for (int trip = 1; trip <= trips; trip++) {
            server.roundTrips().failAt(trip, new SQLException("connection lost", "08006"));

            var refused = practice.clinic().bundle(bundle).expect(503);

            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(Checksum.of(server.bean(DataSource.class))).isEqualTo(before);
        practice.clinic().bundle(bundle).expect(200);
    }

    private static int tripsOfAVisit(Server server, Practice practice, String patient) {
        // The first one after a while also asks for the client's organization, and one in a hundred for new keys.
        return IntStream.range(0, 3)
                .map(visit -> server.roundTrips()
                        .during(() -> practice.visit(patient, UUID.randomUUID().toString()))
                        .size())
                .min()
                .orElseThrow();
    }
}
