package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.NodeStories;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/**
 * People open SMART apps in Chromium: npm's {@code fhirclient} on a page of another origin, and the server's own pages,
 * clicked through. Each page is also looked at by axe, in both colour schemes, narrow and wide.
 */
class BrowserStoryTest {

    private static final String[] CHROMIUM = {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"};

    @BeforeAll
    static void theBrowserIsThere() throws Exception {
        assumeTrue(
                NodeStories.find(CHROMIUM).isPresent(),
                "The stories in a browser were not told: install Chromium (Debian: chromium).");
        NodeStories.install();
    }

    @EachDatabase
    void peopleOpenAppsInABrowser(Database database) throws Exception {
        var server = Server.on(database);
        var run = UUID.randomUUID().toString();

        var told = NodeStories.run(
                Map.of(
                        "RUN",
                        run,
                        "SERVER",
                        server.url(),
                        "CHROMIUM",
                        NodeStories.find(CHROMIUM).orElseThrow().toString()),
                "node",
                "browser.mjs");

        assertThat(told.code()).as(told.output()).isZero();
        assertThat(told.output().lines())
                .containsExactly(
                        "a therapist opens an app by itself, picks a patient and ticks what it gets",
                        "an EHR opens an app with the patient who is open there",
                        "a patient opens her own record, sees the app on her page and takes its access back",
                        "who allows nothing, or has no patient, is sent back to the app with the reason",
                        "somebody new changes her password, sets a second step up and signs in with it",
                        "somebody adds a passkey, signs in with it alone, and takes it away",
                        "a patient sees who has seen her record",
                        "a privacy officer looks through the audit, takes it along as a table, and reviews an emergency",
                        "an administrator registers a system on a page and revokes it",
                        "an administrator approves where a system wants to be notified, and refuses another place",
                        "an administrator opens an account, locks it, joins it to a provider and ends it",
                        "whoever comes to a page the wrong way is told what to do");
        assertThat(audited(server, "paula-" + run))
                .contains("sign-in 0", "passkey 0")
                .as("a wrong password, and a registration that came twice")
                .contains("passkey 4");
    }

    /** What the audit says that somebody did, and with which outcome. */
    private static List<String> audited(Server server, String login) {
        var officer =
                new TokenHolder(TokenHolder.APP, "Practitioner/officer", "PRIVACY_OFFICER", null, null, "user/*.cruds");
        var found = server.as(officer)
                .get("/AuditEvent?agent=Person/" + login)
                .expect(200)
                .json();
        return StreamSupport.stream(found.path("entry").spliterator(), false)
                .map(entry -> entry.at("/resource/subtype/0/code").asText() + " "
                        + entry.at("/resource/outcome").asText())
                .toList();
    }
}
