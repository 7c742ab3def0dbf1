package org.tenderpoint.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Export;
import org.tenderpoint.testing.Server;

/**
 * A random record of three clinics and thirty patients, and random questions by everybody: no answer holds an id that its
 * asker may not know, be it in the body, a header or a link, and counts count what is shown. Who may know what is worked out
 * here, resource by resource, without grants.
 *
 * <p>{@code -Dgraph.queries=2000} asks more, {@code -Dgraph.seed=...} others.
 */
class RandomGraphStoryTest {

    private static final long SEED = Long.getLong("graph.seed", 20261122);
    private static final int QUERIES = Integer.getInteger("graph.queries", 150);

    private final Random random = new Random(SEED);

    @EachDatabase
    void nothingForeignComesBack(Database database) {
        var graph = new RandomGraph(Server.on(database), random);
        var askers = graph.askers();
        var failures = new ArrayList<String>();

        for (var asker : askers.entrySet()) {
            for (var type : RandomGraph.TYPES) {
                whole(graph, asker.getKey(), asker.getValue(), type, failures);
            }
        }
        var names = List.copyOf(askers.keySet());
        for (int i = 0; i < QUERIES; i++) {
            var asker = names.get(random.nextInt(names.size()));
            ask(graph, asker, askers.get(asker), question(graph), failures);
        }

        assertThat(graph.size()).isGreaterThan(300);
        assertThat(failures).isEmpty();
    }

    @EachDatabase
    void anExportHasWhatItsClientMayKnowAndAllOfIt(Database database) {
        var graph = new RandomGraph(Server.on(database), random);
        var failures = new ArrayList<String>();

        graph.exporters().forEach((asker, organization) -> {
            var client = Objects.requireNonNull(graph.askers().get(asker));
            var manifest = Export.begin(client, organization, "").manifest();
            if (asker.contains("payer")) {
                var summaries = Export.file(manifest, "output", "Bundle").orElseThrow();
                compare(graph, asker, "Patient", client.get(summaries), failures);
                assertThat(manifest.path("output")).hasSize(1);
            } else {
                for (var type : RandomGraph.TYPES) {
                    Export.file(manifest, "output", type)
                            .ifPresentOrElse(
                                    file -> compare(
                                            graph, asker, type, ask(graph, asker, client, file, failures), failures),
                                    () -> assertThat(graph.visible(asker, type)).isEmpty());
                }
            }
        });

        assertThat(failures).isEmpty();
        assertThat(graph.exporters()).hasSizeGreaterThan(4);
    }

    private static void compare(RandomGraph graph, String asker, String type, Answer file, List<String> failures) {
        var found = new TreeSet<String>();
        Exports.resources(file).forEach(line -> found.add(line.path("id").asText()));
        found.retainAll(graph.ids());
        var should = graph.visible(asker, type);
        if (!found.equals(should)) {
            failures.add(asker + " exports " + found.size() + " " + type + " instead of " + should.size());
        }
    }

    /** What is found without criteria among the graph's patients is what may be known, and all of it. */
    private static void whole(RandomGraph graph, String asker, Client client, String type, List<String> failures) {
        var patients = String.join(",", graph.patients());
        var path =
                "/" + type + "?" + (type.equals("Patient") ? "_id=" + patients : "patient=" + patients) + "&_count=500";
        var answer = ask(graph, asker, client, path, failures);
        if (answer.status() != 200) {
            return;
        }
        var found = new TreeSet<String>();
        answer.json()
                .path("entry")
                .forEach(entry -> found.add(entry.at("/resource/id").asText()));
        found.retainAll(graph.ids());
        var should = graph.visible(asker, type);
        if (!found.equals(should)) {
            failures.add(asker + " " + type + " finds " + found.size() + " instead of " + should.size());
        }
    }

    private static Answer ask(RandomGraph graph, String asker, Client client, String path, List<String> failures) {
        var answer = client.get(path);
        var told = answer.text() + answer.headers();
        var visible = graph.visible(asker);
        graph.ids().stream()
                .filter(id -> told.contains(id) && !visible.contains(id) && !path.contains(id))
                .forEach(id -> failures.add(asker + " " + path + " tells of " + id));
        if (answer.status() >= 500) {
            failures.add(asker + " " + path + " is answered " + answer.status());
        }
        if (answer.status() == 200 && path.contains("patient=") && path.contains("_summary=count")) {
            var total = answer.json().path("total").asInt();
            var most =
                    graph.visible(asker, path.substring(1, path.indexOf('?'))).size();
            if (total > most) {
                failures.add(asker + " " + path + " counts " + total + " of " + most);
            }
        }
        return answer;
    }

    private String question(RandomGraph graph) {
        var patient = graph.patients().get(random.nextInt(graph.patients().size()));
        var id = graph.any(random);
        return one(
                "/" + id,
                "/" + id + "/_history",
                "/" + id + "/_history/1",
                "/Patient/" + patient + "/$everything?_count=200",
                "/Patient/" + patient + "/$summary",
                "/Patient/" + patient + "/" + one("Observation", "Encounter", "Condition", "Bundle", "Coverage"),
                "/Patient?family=Quist&birthdate=1979-05-14&_sort=" + one("-birthdate", "family", "-_lastUpdated")
                        + "&_count=200",
                "/Patient?name:contains=uis&_total=accurate&_count=" + one("1", "50"),
                "/Patient?_has:Observation:patient:code-value-quantity=72514-3$" + random.nextInt(11) + "&_count=200",
                "/Patient?_has:Coverage:beneficiary:status=active&_count=200",
                "/Patient?_has:Encounter:patient:_has:Observation:encounter:status=final&_count=200",
                "/Patient?_id=" + patient + "&_revinclude="
                        + one(
                                "Observation:patient",
                                "Encounter:patient",
                                "Coverage:beneficiary",
                                "Task:patient",
                                "Consent:patient"),
                "/Encounter?patient=" + patient + "&_include=Encounter:subject&_revinclude=Observation:encounter",
                "/Encounter?_include:iterate=*&_count=200",
                "/Observation?patient=" + patient + "&_summary=count",
                "/Observation?status=" + one("final", "preliminary")
                        + "&_sort=-date&_count=200&_include=Observation:patient",
                "/Observation?subject:Patient.identifier="
                        + one(Seed.NUMBERS + "graph-ehr-1|", Seed.NUMBERS + "graph-ehr-2|") + "&_count=200",
                "/Observation?subject:Patient.family=Quist&_total=accurate&_count=200",
                "/Observation?_security=R&_count=200",
                "/Observation?patient=" + patient + "&_count=1",
                "/ServiceRequest?subject:Patient.birthdate=1979-05-14&_count=200&_include=ServiceRequest:requester",
                "/ServiceRequest?requester:Organization.name=" + one("graph-ehr-1", "graph-ehr-2")
                        + "&_revinclude=Task:focus&_count=200",
                "/Task?focus:ServiceRequest.subject:Patient.family=Quist&_count=200",
                "/Coverage?payor:Organization.name=" + one("graph-payer-1", "graph-payer-2")
                        + "&_include=Coverage:beneficiary",
                "/Bundle?type=document&_count=200",
                "/Communication?_include=Communication:subject&_count=200",
                "/Consent?patient=" + patient,
                "/Patient?_summary=count&family=Quist");
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
