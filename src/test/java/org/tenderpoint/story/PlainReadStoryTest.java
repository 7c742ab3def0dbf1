package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A read without parameters is answered in front of HAPI; nobody can tell but by the time it takes. */
class PlainReadStoryTest {

    @EachDatabase
    void sameResourceAndHeadersAsByWayOfHapi(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var patient = new Walk(server).refer().patient();

        var plain = clinic.get("/" + patient).expect(200);
        var formatted = clinic.get("/" + patient + "?_format=json").expect(200);

        assertThat(plain.json()).isEqualTo(formatted.json());
        for (var header : new String[] {"ETag", "Last-Modified", "Content-Type", "Content-Location", "Cache-Control"}) {
            assertThat(plain.headers().firstValue(header).orElse("none").replace(" ", ""))
                    .as(header)
                    .isEqualToIgnoringCase(formatted
                            .headers()
                            .firstValue(header)
                            .orElse("none")
                            .replace(" ", ""));
        }
    }

    @EachDatabase
    void tellsThatNothingChanged(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var patient = "/" + new Walk(server).refer().patient();
        var changed = clinic.get(patient).headers().firstValue("Last-Modified").orElseThrow();

        assertThat(status(server, patient, Map.of("If-None-Match", "W/\"1\""))).isEqualTo(304);
        assertThat(status(server, patient, Map.of("If-None-Match", "W/\"7\", W/\"1\"")))
                .isEqualTo(304);
        assertThat(status(server, patient, Map.of("If-None-Match", "\"1\""))).isEqualTo(304);
        assertThat(status(server, patient, Map.of("If-None-Match", "W/\"2\""))).isEqualTo(200);
        assertThat(status(server, patient, Map.of("If-Modified-Since", changed)))
                .isEqualTo(304);
        assertThat(status(server, patient, Map.of("If-Modified-Since", "Mon, 02 Nov 2020 08:00:00 GMT")))
                .isEqualTo(200);
        assertThat(status(server, patient, Map.of("If-Modified-Since", "yesterday")))
                .isEqualTo(200);
        assertThat(status(server, patient, Map.of("If-None-Match", "W/\"2\"", "If-Modified-Since", changed)))
                .as("If-None-Match goes before If-Modified-Since")
                .isEqualTo(200);
    }

    @EachDatabase
    void refusesInTheSameWordsAsByWayOfHapi(Database database) {
        var server = Server.on(database);
        var patient = "/" + new Walk(server).refer().patient();
        var nobody = "/Patient/" + UUID.randomUUID();

        for (var path : new String[] {patient, nobody}) {
            var stranger = server.as("demo-other-clinic");
            var plain = stranger.get(path).expect(404);
            assertThat(plain.json())
                    .isEqualTo(stranger.get(path + "?_format=json").expect(404).json());
            assertThat(plain.json()).isEqualTo(stranger.get(nobody).json());
        }
        var insurer = server.as("demo-insurer");
        var observation = "/Observation/" + UUID.randomUUID();
        assertThat(insurer.get(observation).expect(403).json())
                .isEqualTo(
                        insurer.get(observation + "?_format=json").expect(403).json());
    }

    @EachDatabase
    void totalIsNeverThatOfThePage(Database database) {
        var server = Server.on(database);
        new Walk(server).refer();
        new Walk(server).refer();
        for (var path :
                new String[] {"/Patient?_count=1", "/Patient?_count=1&_pretty=true", "/Patient?_count=1&_elements=name"
                }) {
            var page = server.as("demo-clinic").get(path).expect(200).json();
            assertThat(page.path("link").toString()).as(path).contains("\"next\"");
            assertThat(page.has("total")).as(path).isFalse();
        }
    }

    private static int status(Server server, String path, Map<String, String> headers) {
        return server.as("demo-clinic").send("GET", path, null, headers).status();
    }
}
