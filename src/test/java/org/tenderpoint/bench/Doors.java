package org.tenderpoint.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.matrix.Bodies;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/**
 * What the time of an answer tells of a record that its asker may not see, and how soon something that is taken back is
 * refused; on both databases, or on those named. Started by hand, on a machine that does nothing else.
 */
public final class Doors {

    private static final Logger log = LoggerFactory.getLogger(Doors.class);

    private static final int PATIENTS = 40;
    private static final int WARM = 100;
    private static final int ROUNDS = 200;
    private static final int TAKEN_BACK = 20;
    private static final String NUMBERS = "urn:tenderpoint:bench:doors";

    private final String database;
    private final Server server;
    private final Client clinic;

    private Doors(String database) {
        this.database = database;
        this.server = Server.on(Database.valueOf(database));
        this.clinic = server.as("demo-clinic");
    }

    public static void main(String[] args) {
        for (var database : args.length == 0 ? new String[] {"H2", "POSTGRESQL"} : args) {
            var doors = new Doors(database);
            doors.tell();
            doors.close();
        }
        System.exit(0);
    }

    /** Asks for what others have and for what nobody has, in turn, so that a busy moment falls on both. */
    private void tell() {
        var patients = new ArrayList<String>();
        for (int i = 0; i < PATIENTS; i++) {
            var patient = patient(Integer.toString(i));
            patients.add(patient);
            clinic.post("/Observation", seven(patient)).expect(201);
        }
        for (var stranger : List.of("demo-other-ehr", "demo-other-clinic")) {
            tell(stranger, patients);
        }
    }

    private void tell(String name, List<String> patients) {
        var stranger = server.as(name);
        var nobody = UUID.randomUUID();
        compare(
                stranger,
                name + ": read",
                round -> "/" + patients.get(round % PATIENTS),
                round -> "/Patient/" + nobody);
        compare(
                stranger,
                name + ": search by patient",
                round -> "/Observation?patient=" + patients.get(round % PATIENTS),
                round -> "/Observation?patient=Patient/" + nobody);
        compare(
                stranger,
                name + ": search by identifier",
                round -> "/Patient?identifier=" + NUMBERS + "|" + round % PATIENTS,
                round -> "/Patient?identifier=" + NUMBERS + "|" + (round % PATIENTS + PATIENTS));
        compare(
                stranger,
                name + ": _has, as in row 20",
                round -> "/Patient?_has:Observation:patient:code-value-quantity=" + NUMBERS + "|doors$7",
                round -> "/Patient?_has:Observation:patient:code-value-quantity=" + NUMBERS + "|doors$3");
    }

    private void compare(Client stranger, String what, IntFunction<String> foreign, IntFunction<String> none) {
        var hidden = new long[ROUNDS];
        var absent = new long[ROUNDS];
        for (int round = -WARM; round < ROUNDS; round++) {
            var first = time(stranger, foreign.apply(round + WARM));
            var second = time(stranger, none.apply(round + WARM));
            if (round >= 0) {
                hidden[round] = first;
                absent[round] = second;
            }
        }
        log.info(
                "{} {}: median {} us with a match that is hidden, {} us without, ratio {}",
                database,
                what,
                micros(hidden),
                micros(absent),
                Math.round(100.0 * median(hidden) / median(absent)) / 100.0);
    }

    private static long time(Client stranger, String path) {
        var start = System.nanoTime();
        var answer = stranger.get(path);
        var took = System.nanoTime() - start;
        if (answer.status() == 200 && answer.text().contains("\"fullUrl\"")) {
            throw new IllegalStateException(path + " is not hidden");
        }
        if (answer.status() != 200 && answer.status() != 404) {
            throw new IllegalStateException(path + " is answered " + answer.status());
        }
        return took;
    }

    /** Takes back a Consent and a registration, and asks again at once until that is refused. */
    private void close() {
        var other = server.as("demo-other-clinic");
        var organization = other.get(
                        "/Organization?identifier=https://tenderpoint.org/demo/organization|south-massage-clinic")
                .expect(200)
                .json()
                .at("/entry/0/resource/id")
                .asText();
        var denied = new long[TAKEN_BACK];
        var revoked = new long[TAKEN_BACK];
        for (int i = 0; i < TAKEN_BACK; i++) {
            var patient = patient("c" + i);
            other.post("/" + patient + "/$break-glass", reason()).expect(200);
            other.get("/" + patient).expect(200);
            clinic.post(
                            "/Consent",
                            Bodies.consent(patient, organization, "active").replace("\"permit\"", "\"deny\""))
                    .expect(201);
            denied[i] = untilRefused(other, "/" + patient, 404);
            revoked[i] = revoked();
        }
        log.info(
                "{} denied by Consent: refused {} us after its answer, at most {}",
                database,
                micros(denied),
                max(denied));
        log.info("{} client revoked: refused {} us after that, at most {}", database, micros(revoked), max(revoked));
    }

    private long revoked() {
        var id = "bench-" + UUID.randomUUID();
        var clients = server.bean(Clients.class);
        clients.register(
                org.tenderpoint.identity.Client.system(
                        id,
                        "{bcrypt}$2a$10$l.oa1lvIbJf/7rOKSUgnAezhacimxOnB3kxZpsqKvE9zPendu5bMa",
                        Role.EHR,
                        "https://tenderpoint.org/demo/organization|north-family-medicine",
                        List.of("system/*.rs")),
                "bench");
        var client = server.as(new TokenHolder(id, null, null, null, null, "system/*.rs"));
        client.get("/Organization?_count=1").expect(200);
        clients.revoke(id, "bench");
        return untilRefused(client, "/Organization?_count=1", 401);
    }

    private static long untilRefused(Client client, String path, int status) {
        var start = System.nanoTime();
        while (client.get(path).status() != status) {
            if (System.nanoTime() - start > Duration.ofMinutes(1).toNanos()) {
                throw new IllegalStateException(path + " is not refused");
            }
        }
        return System.nanoTime() - start;
    }

    private String patient(String number) {
        return clinic.post(
                        "/Patient",
                        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"" + NUMBERS + "\",\"value\":\""
                                + number + "\"}],\"name\":[{\"family\":\"Door\"}]}")
                .expect(201)
                .reference();
    }

    private static String seven(String patient) {
        return """
                {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                 "code":{"coding":[{"system":"%s","code":"doors"}]},
                 "valueQuantity":{"value":7,"unit":"1","system":"http://unitsofmeasure.org","code":"1"}}"""
                .formatted(patient, NUMBERS);
    }

    private static String reason() {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"reason","valueString":"Measured by the benchmark"}]}""";
    }

    private static long median(long[] times) {
        var sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long micros(long[] times) {
        return median(times) / 1000;
    }

    private static long max(long[] times) {
        return Arrays.stream(times).max().orElse(0) / 1000;
    }
}
