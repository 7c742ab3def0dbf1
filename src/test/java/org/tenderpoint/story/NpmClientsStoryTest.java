package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.NodeStories;
import org.tenderpoint.testing.Server;

/** Programs in Node work with the server through the two clients that most of them use. */
class NpmClientsStoryTest {

    @BeforeAll
    static void theClientsAreInstalled() throws Exception {
        NodeStories.install();
    }

    @EachDatabase
    void nodeClientsDoTheirWork(Database database) throws Exception {
        var server = Server.on(database);

        var told = NodeStories.run(
                Map.of(
                        "FHIR_BASE", server.url() + "/fhir",
                        "CLIENT_ID", "demo-clinic",
                        "CLIENT_SECRET", "demo-clinic-secret"),
                "node",
                "stories.mjs");

        assertThat(told.code()).as(told.output()).isZero();
        assertThat(told.output().lines())
                .containsExactly(
                        "fhir-kit-client finds the token endpoint",
                        "fhir-kit-client reads the capability statement",
                        "fhir-kit-client creates and reads",
                        "fhir-kit-client sends a transaction",
                        "fhir-kit-client searches page by page",
                        "fhir-kit-client updates what it has seen and hears of a conflict",
                        "fhirclient searches through all pages",
                        "fhirclient resolves references",
                        "fhirclient creates, updates and hears of a conflict",
                        "fhirclient is told what is wrong");
    }
}
