package org.tenderpoint.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Server;

/** The Bundles of the README's walk, sent about a new patient each time. */
final class Walk {

    private final Server server;
    private final String number = UUID.randomUUID().toString().substring(0, 8);

    Walk(Server server) {
        this.server = server;
    }

    /**
     * A referral as the chart answered it.
     *
     * @param patient {@code Patient/id}
     * @param condition {@code Condition/id}
     * @param coverage {@code Coverage/id}
     * @param referral {@code ServiceRequest/id}
     * @param task {@code Task/id}
     */
    record Sent(String patient, String condition, String coverage, String referral, String task) {}

    /** The referral Bundle of the walk, with numbers of its own. */
    String referralBundle() {
        return file("referral.json").replace("NFM-20417", "NFM-" + number).replace("ORD-7781", "ORD-" + number);
    }

    Sent refer() {
        return sent(server.as("demo-ehr").bundle(referralBundle()).expect(200).json());
    }

    static Sent sent(JsonNode answer) {
        var ids = references(answer);
        return new Sent(
                only(ids, "Patient"),
                only(ids, "Condition"),
                only(ids, "Coverage"),
                only(ids, "ServiceRequest"),
                only(ids, "Task"));
    }

    /** The {@code Type/id} of each entry of a transaction's answer. */
    static List<String> references(JsonNode answer) {
        return StreamSupport.stream(answer.path("entry").spliterator(), false)
                .map(entry -> entry.path("response").path("location").asText().split("/_history/", -1)[0])
                .toList();
    }

    /** A Bundle of the walk about this patient and referral. */
    static String about(Sent sent, String file) {
        return file(file)
                .replace("\"PATIENT\"", "\"" + sent.patient + "\"")
                .replace("\"REFERRAL\"", "\"" + sent.referral + "\"");
    }

    Client.Answer record(Sent sent, String file) {
        return server.as("demo-clinic").bundle(about(sent, file));
    }

    private static String only(List<String> references, String type) {
        return references.stream()
                .filter(reference -> reference.startsWith(type + "/"))
                .findFirst()
                .orElseThrow();
    }

    private static String file(String name) {
        try {
            return Files.readString(Path.of("docs/walk", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
