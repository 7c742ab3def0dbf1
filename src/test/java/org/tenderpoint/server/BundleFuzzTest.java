package org.tenderpoint.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;

/** Whatever comes as a Bundle: it is carried out or refused, and in a batch so is each entry. */
class BundleFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBundleIsCarriedOutOrRefused(byte[] bundle) {
        var text = new String(bundle, StandardCharsets.UTF_8);

        // Any other address that something tries to reach is a finding.
        try (var here = BugDetectors.allowNetworkConnections((host, port) -> host.equals("localhost"))) {
            var answer = Server.on(Database.H2).as("demo-clinic").bundle(text);

            assertThat(answer.status()).as(text + " " + answer.text()).isLessThan(500);
            for (var entry : answer.json().path("entry")) {
                assertThat(entry.at("/response/status").asText())
                        .as(text + " " + answer.text())
                        .matches("[234].*");
            }
        }
    }
}
