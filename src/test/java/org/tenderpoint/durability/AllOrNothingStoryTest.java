package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tenderpoint.testing.Checksum;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** What is refused leaves nothing behind but its line in the audit. */
class AllOrNothingStoryTest {

    @EachDatabase
    void transactionWhoseLastReferenceLeadsNowhereLeavesNothing(Database database) {
        var server = Server.on(database);
        var practice = Practice.of(server);
        var patient = practice.referredPatient(UUID.randomUUID().toString());
        var entries = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            entries.add(Practice.entry(Practice.urn(), "Encounter", null, visit(patient)));
        }
        var nobody = "Encounter/" + UUID.randomUUID();
        entries.add(Practice.entry(
                Practice.urn(), "Observation", null, Practice.observation(patient, nobody, 3, "to no visit")));
        var before = Checksum.of(server.bean(DataSource.class));

        practice.clinic().bundle(Practice.transaction(entries)).expect(422);

        assertThat(Checksum.of(server.bean(DataSource.class))).isEqualTo(before);
    }

    @EachDatabase
    void refusedWritesChangeNothing(Database database) {
        var server = Server.on(database);
        var practice = Practice.of(server);
        var number = UUID.randomUUID().toString();
        var patient = practice.referredPatient(number);
        var visit = practice.visit(patient, number);
        var score = practice.clinic()
                .post("/Observation", Practice.observation(patient, visit, 6, "as it stands"))
                .expect(201)
                .reference();
        var other = Practice.observation(patient, visit, 2, "other");
        var changed = other.replaceFirst("\\{", "{\"id\": \"" + score.split("/", 2)[1] + "\", ");
        var before = Checksum.of(server.bean(DataSource.class));

        var statuses = List.of(
                practice.clinic().put("/" + score, changed, Map.of("If-Match", "W/\"7\"")),
                practice.clinic().put("/Observation/" + UUID.randomUUID(), changed, Map.of()),
                practice.ehr().put("/" + score, changed, Map.of("If-Match", "W/\"1\"")),
                practice.ehr().delete("/" + score),
                practice.clinic().post("/Observation", other.replace(patient, "Patient/" + UUID.randomUUID())),
                practice.clinic().post("/Observation", other.substring(0, other.length() / 2)),
                server.anonymous().put("/" + score, changed, Map.of("If-Match", "W/\"1\"")));

        assertThat(statuses)
                .extracting(answer -> answer.status() / 100)
                .as("refused, each of them")
                .containsOnly(4);
        assertThat(Checksum.of(server.bean(DataSource.class))).isEqualTo(before);
    }

    private static String visit(String patient) {
        return """
                {"resourceType": "Encounter", "status": "finished",
                 "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
                 "subject": {"reference": "%s"}, "period": {"start": "2026-03-09T10:00:00Z"}}"""
                .formatted(patient);
    }
}
