package org.tenderpoint.bench;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.tenderpoint.bench.Bundles.Directory;
import org.tenderpoint.bench.Bundles.Referred;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.Server;

/**
 * How long summaries take over HTTP, with access control and audit, on PostgreSQL: median of one patient's with many visits, and
 * all members' of one insurer in one run.
 *
 * <p>{@code -Dbench.visits=50 -Dbench.members=1000 -Dbench.repeats=41}; members have four visits each.
 */
public final class Summaries {

    private static final int VISITS = Integer.getInteger("bench.visits", 50);
    private static final int MEMBERS = Integer.getInteger("bench.members", 1_000);
    private static final int REPEATS = Integer.getInteger("bench.repeats", 41);
    private static final int MEMBER_VISITS = 4;
    private static final int AT_ONCE = 4;
    private static final LocalDate FIRST = LocalDate.parse("2026-03-02");

    private final Client ehr;
    private final Client clinic;
    private final Client insurer;
    private final Directory directory;
    private final AtomicLong numbers = new AtomicLong(System.nanoTime() % 500_000_000);

    private Summaries(Server server) {
        this.ehr = server.as("demo-ehr");
        this.clinic = server.as("demo-clinic");
        this.insurer = server.as("demo-insurer");
        this.directory = new Directory(
                organization("north-family-medicine"),
                organization("north-massage-clinic"),
                organization("evergreen-mutual"),
                id(clinic.get("/Practitioner?_count=1")
                        .expect(200)
                        .json()
                        .at("/entry/0/fullUrl")
                        .asText()));
    }

    public static void main(String[] args) throws Exception {
        new Summaries(Server.on(Database.POSTGRESQL)).measure();
        // Server and database live in this process and do not end by themselves.
        System.exit(0);
    }

    private void measure() throws Exception {
        var patient = treated(VISITS);
        eachForm("in a server that has answered few", patient);
        Callable<String> member = () -> treated(MEMBER_VISITS).patient();
        var members = inParallel(Collections.nCopies(MEMBERS, member));
        var begin = System.nanoTime();
        inParallel(members.stream()
                .<Callable<Integer>>map(patientOfHers -> () -> insurer.get("/" + patientOfHers + "/$treatment-summary")
                        .expect(200)
                        .status())
                .toList());
        System.out.printf("%d members' $treatment-summary, %d at once: %.1f s%n", MEMBERS, AT_ONCE, seconds(begin));
        eachForm("in a server at work", patient);
    }

    private void eachForm(String when, Referred patient) {
        System.out.println(when + ":");
        var progress = "/" + patient.referral() + "/$progress-summary";
        var treatment = "/" + patient.patient() + "/$treatment-summary";
        say("$progress-summary, JSON", progress, "application/fhir+json", clinic);
        say("$progress-summary, PDF", progress, "application/pdf", clinic);
        say("$treatment-summary, JSON", treatment, "application/fhir+json", insurer);
        say("$treatment-summary, PDF", treatment, "application/pdf", insurer);
    }

    private String next() {
        return Bundles.number(numbers.incrementAndGet());
    }

    private Referred treated(int visits) {
        var referred = made(ehr.bundle(Bundles.referral(next(), directory)).expect(200));
        var patient = new Referred(referred.get(0), referred.get(3));
        for (int visit = 0; visit < visits; visit++) {
            var day = FIRST.plusDays(visit).toString();
            clinic.bundle(Bundles.session(next(), day, patient, directory)).expect(200);
        }
        return patient;
    }

    private static void say(String what, String path, String form, Client client) {
        var millis = new double[REPEATS];
        for (int i = -REPEATS / 2; i < REPEATS; i++) {
            var begin = System.nanoTime();
            client.send("GET", path, null, Map.of("Accept", form)).expect(200);
            if (i >= 0) {
                millis[i] = seconds(begin) * 1000;
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "%s of %d visits: median %.1f ms, slowest %.1f ms%n",
                what, VISITS, millis[REPEATS / 2], millis[REPEATS - 1]);
    }

    private static <T> List<T> inParallel(List<Callable<T>> work) throws Exception {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var done = new ArrayList<T>();
            for (var one : threads.invokeAll(work)) {
                done.add(one.get());
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private String organization(String key) {
        return id(clinic.get("/Organization?identifier=https://tenderpoint.org/demo/organization%7C" + key)
                .expect(200)
                .json()
                .at("/entry/0/fullUrl")
                .asText());
    }

    private static String id(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static List<String> made(Client.Answer answer) {
        var made = new ArrayList<String>();
        answer.json()
                .path("entry")
                .forEach(entry ->
                        made.add(entry.at("/response/location").asText().split("/_history/", -1)[0]));
        return made;
    }
}
