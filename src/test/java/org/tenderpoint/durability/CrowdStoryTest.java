package org.tenderpoint.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** More clients than there are connections change one resource at the same time: every one that hears 200 is in it. */
class CrowdStoryTest {

    private static final int ROUNDS = 12;
    private static final int CLIENTS = 24;

    @EachDatabase
    void everyAcknowledgedPatchIsInTheResource(Database database) {
        var practice = Practice.of(Server.on(database));
        var clinic = practice.clinic();
        var patient = practice.referredPatient(UUID.randomUUID().toString());
        for (int round = 0; round < ROUNDS; round++) {
            var appointment = "/"
                    + clinic.post("/Appointment", appointment(patient))
                            .expect(201)
                            .reference();
            var requests = new ArrayList<Callable<Answer>>();
            for (int i = 0; i < CLIENTS; i++) {
                var patch = "[{\"op\":\"add\",\"path\":\"/reasonCode/-\",\"value\":{\"text\":\"n%d\"}}]".formatted(i);
                requests.add(() -> clinic.send(
                        "PATCH", appointment, patch, Map.of("Content-Type", "application/json-patch+json")));
            }

            var answers = AtOnce.all(requests);

            var patched =
                    answers.stream().filter(answer -> answer.status() == 200).count();
            assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 503));
            var current = clinic.get(appointment).expect(200);
            assertThat(current.json().path("reasonCode").size()).isEqualTo(1 + (int) patched);
            assertThat(current.json().path("meta").path("versionId").asInt()).isEqualTo(1 + (int) patched);
            var versions = clinic.get(appointment + "/_history?_count=500")
                    .expect(200)
                    .json()
                    .path("entry");
            assertThat(StreamSupport.stream(versions.spliterator(), false)
                            .map(entry -> entry.path("response").path("etag").asText()))
                    .doesNotHaveDuplicates()
                    .hasSize(1 + (int) patched);
        }
    }

    private static String appointment(String patient) {
        return """
                {"resourceType":"Appointment","status":"booked","start":"2026-12-01T09:00:00Z",
                 "end":"2026-12-01T10:00:00Z","reasonCode":[{"text":"first"}],
                 "participant":[{"actor":{"reference":"%s"},"status":"accepted"}]}"""
                .formatted(patient);
    }
}
