package org.tenderpoint.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** A record by chance, and who may know of what in it. */
final class RandomGraph {

    /** Types that are asked for without other criteria than their patients. */
    static final List<String> TYPES = List.of(
            "Patient",
            "Condition",
            "Coverage",
            "ServiceRequest",
            "Task",
            "Encounter",
            "Observation",
            "Procedure",
            "Consent");

    private static final int PATIENTS = 30;
    private static final List<String> CLINICS = List.of("graph-clinic-1", "graph-clinic-2", "graph-clinic-3");
    private static final List<String> EHRS = List.of("graph-ehr-1", "graph-ehr-2", "graph-ehr-3");
    private static final List<String> PAYERS = List.of("graph-payer-1", "graph-payer-2", "graph-payer-3");

    /** Who treats, referred and insures somebody, and whether she has denied her insurer. */
    private record Person(String id, String clinic, String ehr, String payer, boolean denied) {}

    /**
     * A resource.
     *
     * @param owner who wrote it
     * @param shared false for a draft and for what is labelled
     */
    private record Node(String type, String id, Person person, String owner, boolean shared) {}

    private final Server server;
    private final Random random;
    private final Seed seed;
    private final List<Person> people = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Set<String>> visible = new LinkedHashMap<>();

    RandomGraph(Server server, Random random) {
        this.server = server;
        this.random = random;
        this.seed = Seed.organizations(
                server,
                List.of(CLINICS, EHRS, PAYERS).stream().flatMap(List::stream).toList());
        for (int i = 0; i < PATIENTS; i++) {
            person("9" + i);
        }
    }

    private void person(String number) {
        var clinic = one(CLINICS);
        var ehr = one(EHRS);
        var payer = one(PAYERS);
        seed.referral(ehr, clinic, payer, number);
        var person = new Person(seed.id("P" + number), clinic, ehr, payer, random.nextInt(4) == 0);
        people.add(person);
        Map.of("P", "Patient", "CD", "Condition", "C", "Coverage", "SR", "ServiceRequest", "T", "Task")
                .forEach((letter, type) -> nodes.add(new Node(type, seed.id(letter + number), person, ehr, true)));
        var patient = "Patient/" + person.id;
        var visit = write(person, "Encounter", Bodies.encounter(patient), true);
        for (int i = 0; i < 3; i++) {
            write(person, "Observation", Bodies.pain(patient, "Encounter/" + visit, random.nextInt(11)), true);
        }
        write(person, "Observation", Bodies.observation(patient), true);
        if (random.nextBoolean()) {
            write(person, "Observation", Bodies.observation(patient).replace("\"final\"", "\"preliminary\""), false);
        }
        if (random.nextBoolean()) {
            write(person, "Observation", Bodies.sensitive(patient), false);
        }
        write(person, "Procedure", Bodies.procedure(patient), true);
        if (person.denied) {
            write(
                    person,
                    "Consent",
                    Bodies.consent(patient, seed.id(payer), "active").replace("\"permit\"", "\"deny\""),
                    true);
        }
    }

    private String write(Person person, String type, String body, boolean shared) {
        var id = Seed.idOf(
                server.as(person.clinic).post("/" + type, body).expect(201).reference());
        nodes.add(new Node(type, id, person, person.clinic, shared));
        return id;
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Everybody who asks, by name. */
    Map<String, Client> askers() {
        var askers = new LinkedHashMap<String, Client>();
        List.of(CLINICS, EHRS, PAYERS).forEach(names -> names.forEach(name -> askers.put(name, server.as(name))));
        for (var person : people.subList(0, 3)) {
            askers.put(person.id, server.as(TokenHolder.patient(person.id, "patient/*.cruds")));
        }
        askers.put("admin", server.as("admin"));
        askers.put(
                "officer",
                server.as(new TokenHolder(
                        TokenHolder.APP, "Practitioner/po", "PRIVACY_OFFICER", null, null, "user/*.cruds")));
        for (var stranger : List.of("demo-other-clinic", "demo-other-ehr", "demo-other-insurer")) {
            askers.put(stranger, server.as(stranger));
        }
        return askers;
    }

    /** Those of them who may export, and the id of the organization of each. */
    Map<String, String> exporters() {
        var exporters = new LinkedHashMap<String, String>();
        List.of(EHRS, PAYERS).forEach(names -> names.forEach(name -> exporters.put(name, seed.id(name))));
        return exporters;
    }

    List<String> patients() {
        return people.stream().map(Person::id).toList();
    }

    Set<String> ids() {
        return nodes.stream().map(Node::id).collect(Collectors.toSet());
    }

    int size() {
        return nodes.size();
    }

    /** Some resource, as a relative reference. */
    String any(Random dice) {
        var node = nodes.get(dice.nextInt(nodes.size()));
        return node.type + "/" + node.id;
    }

    Set<String> visible(String asker) {
        return Objects.requireNonNull(visible.computeIfAbsent(asker, name -> nodes.stream()
                .filter(node -> sees(name, node))
                .map(Node::id)
                .collect(Collectors.toCollection(HashSet::new))));
    }

    TreeSet<String> visible(String asker, String type) {
        return nodes.stream()
                .filter(node -> node.type.equals(type) && sees(asker, node))
                .map(Node::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The decision on the product, in a few lines. */
    private static boolean sees(String asker, Node node) {
        var person = node.person;
        if (asker.equals(person.id)) {
            return true;
        }
        if (asker.equals(person.clinic)) {
            return node.shared || node.owner.equals(asker);
        }
        if (asker.equals(person.ehr)) {
            return node.shared && !Set.of("Coverage", "Consent").contains(node.type);
        }
        return asker.equals(person.payer)
                && !person.denied
                && Set.of("Patient", "Coverage").contains(node.type);
    }
}
