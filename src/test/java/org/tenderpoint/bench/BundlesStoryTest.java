package org.tenderpoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.tenderpoint.bench.Bundles.Directory;
import org.tenderpoint.bench.Bundles.Referred;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The server takes what the benchmark sends, which is otherwise run by hand alone. */
class BundlesStoryTest {

    @EachDatabase
    void aReferralAndAVisitOfTheBenchmarkAreTaken(Database database) {
        var server = Server.on(database);
        var ehr = server.as("demo-ehr");
        var clinic = server.as("demo-clinic");
        var directory = new Directory(
                organization(clinic, "north-family-medicine"),
                organization(clinic, "north-massage-clinic"),
                organization(clinic, "evergreen-mutual"),
                id(clinic.get("/Practitioner?_count=1")
                        .expect(200)
                        .json()
                        .at("/entry/0/fullUrl")
                        .asText()));
        var number = Bundles.number(System.nanoTime() % 1_000_000_000);

        var referred = made(ehr.bundle(Bundles.referral(number, directory)).expect(200));
        var patient = new Referred(referred.get(0), referred.get(3));
        var visit = made(clinic.bundle(Bundles.session(number, "2026-03-02", patient, directory))
                .expect(200));

        assertThat(referred).hasSize(5);
        assertThat(visit).hasSize(7);
    }

    private static String organization(Client client, String key) {
        var found = client.get("/Organization?identifier=https://tenderpoint.org/demo/organization%7C" + key)
                .expect(200)
                .json();
        return id(found.at("/entry/0/fullUrl").asText());
    }

    private static String id(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static ArrayList<String> made(Client.Answer answer) {
        var made = new ArrayList<String>();
        answer.json()
                .path("entry")
                .forEach(entry ->
                        made.add(entry.at("/response/location").asText().split("/_history/", -1)[0]));
        return made;
    }
}
