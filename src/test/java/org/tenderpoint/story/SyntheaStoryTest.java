package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.tenderpoint.synthea.SyntheaReferrals;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** The main loop with patients that nobody here wrote: Synthea's records go in as an EHR's referrals. */
class SyntheaStoryTest {

    private static final String ORGANIZATION = "https://tenderpoint.org/demo/organization|";

    @EachDatabase
    void everySyntheaAdultIsReferredTreatedAndReported(Database database) {
        var server = Server.on(database);
        var ehr = server.as("demo-ehr");
        var clinic = organization(ehr, "north-massage-clinic");
        var referrer = organization(ehr, "north-family-medicine");
        var payor = organization(ehr, "evergreen-mutual");
        var adults = SyntheaReferrals.adults();
        assertThat(adults).hasSizeGreaterThanOrEqualTo(20);

        for (var adult : adults) {
            var bundle = adult.referralBundle(referrer, clinic, payor);

            var answer = ehr.bundle(bundle).expect(200).json();
            var again = ehr.bundle(bundle).expect(200).json();

            assertThat(Walk.references(again)).as(adult.name()).isEqualTo(Walk.references(answer));
            var sent = Walk.sent(answer);
            server.as("demo-clinic")
                    .bundle(Walk.about(sent, "first-visit.json"))
                    .expect(200);
            server.as("demo-clinic").bundle(Walk.about(sent, "last-visit.json")).expect(200);
            var progress = ehr.get("/" + sent.referral() + "/$progress-summary").expect(200);
            var treatment = server.as("demo-insurer")
                    .get("/" + sent.patient() + "/$treatment-summary")
                    .expect(200);
            assertThat(progress.text()).as(adult.name()).contains("meaningful improvement");
            assertThat(treatment.text()).as(adult.name()).contains("97140").doesNotContain("MedicationRequest/");
            for (var stranger : List.of("demo-other-ehr", "demo-other-clinic", "demo-other-insurer")) {
                assertThat(server.as(stranger).get("/" + sent.patient()).status())
                        .as(adult.name())
                        .isEqualTo(404);
            }
        }
    }

    private static String organization(Client client, String value) {
        var found = client.get("/Organization?identifier=" + ORGANIZATION + value)
                .expect(200)
                .json();
        return "Organization/"
                + found.path("entry").path(0).path("resource").path("id").asText();
    }
}
