package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.ExportJob;
import org.tenderpoint.chart.ExportJobs;
import org.tenderpoint.matrix.Bodies;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Export;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** A practice and an insurer export the records of their own patients, and nobody anything else. */
class ExportStoryTest {

    private static final String ORGANIZATION = "/Organization?identifier=https://tenderpoint.org/demo/organization|";

    @EachDatabase
    void aReferrerGetsInFilesWhatItsOwnSearchesGiveIt(Database database) {
        var server = Server.on(database);
        var ehr = server.as("demo-ehr");
        var sent = treated(server);
        var draft = server.as("demo-clinic")
                .post("/Observation", pain(sent, "preliminary"))
                .expect(201)
                .reference();

        var export = Export.begin(ehr, ehr(server), "");
        var manifest = export.manifest();

        assertThat(manifest.path("requiresAccessToken").asBoolean()).isTrue();
        assertThat(manifest.path("request").asText()).endsWith("/fhir/Group/" + ehr(server) + "/$export");
        assertThat(manifest.path("error")).isEmpty();
        assertThat(manifest.path("deleted")).isEmpty();
        assertThat(Instant.parse(manifest.path("transactionTime").asText()))
                .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
        for (var type : List.of("Patient", "Observation", "Encounter", "Procedure", "ServiceRequest", "Task")) {
            assertThat(ids(export.lines(type)))
                    .as(type)
                    .isEqualTo(searched(ehr, type))
                    .isNotEmpty();
        }
        assertThat(ids(export.lines("Patient"))).contains(sent.patient());
        assertThat(ids(export.lines("Observation"))).doesNotContain(draft);
        assertThat(Export.file(manifest, "output", "Coverage")).isEmpty();
        assertThat(Export.file(manifest, "output", "Organization")).isEmpty();
    }

    @EachDatabase
    void anInsurerGetsTheTreatmentSummaryOfEachMemberAndNothingElse(Database database) {
        var server = Server.on(database);
        var insurer = server.as("demo-insurer");
        var sent = treated(server);

        var export = Export.begin(insurer, insurer(server), "");
        var manifest = export.manifest();
        var summaries = export.lines("Bundle");

        assertThat(manifest.path("output")).hasSize(1);
        assertThat(summaries).allSatisfy(bundle -> {
            assertThat(bundle.path("type").asText()).isEqualTo("document");
            assertThat(bundle.at("/entry/0/resource/type/coding/0/code").asText())
                    .isEqualTo("34133-9");
        });
        var members = searched(insurer, "Patient");
        assertThat(summaries.stream().map(ExportStoryTest::subject)).containsExactlyInAnyOrderElementsOf(members);
        var asked = insurer.get("/" + sent.patient() + "/$treatment-summary").expect(200);
        assertThat(of(summaries, sent.patient()).orElseThrow().path("entry"))
                .isEqualTo(asked.json().path("entry"));
        for (var type : List.of("Patient", "Coverage", "Observation")) {
            insurer.send("GET", export(insurer(server)) + "?_type=" + type, null, Export.LATER)
                    .expect(403);
        }
    }

    @EachDatabase
    void aFinishedFileNoLongerHasTheLinesOfAPatientWhoHasWithdrawn(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var insurer = Export.begin(server.as("demo-insurer"), insurer(server), "");
        var ehr = Export.begin(server.as("demo-ehr"), ehr(server), "?_type=Encounter,Patient");
        assertThat(of(insurer.lines("Bundle"), sent.patient())).isPresent();
        assertThat(ids(ehr.lines("Patient"))).contains(sent.patient());
        var others = insurer.lines("Bundle").size() - 1;

        for (var grantee : List.of(insurer(server), ehr(server))) {
            server.as("demo-clinic")
                    .post(
                            "/Consent",
                            Bodies.consent(sent.patient(), grantee, "active").replace("\"permit\"", "\"deny\""))
                    .expect(201);
        }

        assertThat(of(insurer.lines("Bundle"), sent.patient())).isEmpty();
        assertThat(insurer.lines("Bundle")).hasSize(others);
        assertThat(ids(ehr.lines("Patient"))).doesNotContain(sent.patient());
        assertThat(ehr.lines("Encounter"))
                .noneMatch(visit -> visit.at("/subject/reference").asText().equals(sent.patient()));
    }

    @EachDatabase
    void aFileHasTheRecordAsItStoodAndTheNextOneWhatIsNewSince(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var sent = treated(server);
        var score = clinic.post("/Observation", pain(sent, "final")).expect(201).reference();
        var visit = appointment(clinic, sent);
        var first = Export.begin(server.as("demo-ehr"), ehr(server), "");
        var at = first.manifest().path("transactionTime").asText();

        var amended = pain(sent, "amended").replace("{\"res", "{\"id\":\"" + id(score) + "\",\"res");
        clinic.put("/" + score, amended, Map.of()).expect(200);
        var later = clinic.post("/Observation", pain(sent, "final")).expect(201).reference();
        clinic.delete("/" + visit).expect(204);

        assertThat(version(first, score)).hasValue("1");
        assertThat(ids(first.lines("Observation"))).doesNotContain(later);
        assertThat(ids(first.lines("Appointment"))).doesNotContain(visit);
        var next = Export.begin(server.as("demo-ehr"), ehr(server), "?_type=Observation,Appointment&_since=" + at);
        assertThat(version(next, score)).hasValue("2");
        assertThat(ids(next.lines("Observation"))).containsOnly(score, later);
        assertThat(next.lines("Appointment")).isEmpty();
        var deleted = Export.file(next.manifest(), "deleted", "Bundle").orElseThrow();
        assertThat(Export.lines(server.as("demo-ehr").get(deleted).expect(200)))
                .singleElement()
                .satisfies(bundle -> {
                    assertThat(bundle.path("type").asText()).isEqualTo("transaction");
                    assertThat(bundle.findValuesAsText("url")).contains(visit);
                    assertThat(bundle.findValuesAsText("method")).containsOnly("DELETE");
                });
    }

    @EachDatabase
    void aJobIsItsOwnersAloneAndEndsWhenItsOwnerSaysSo(Database database) {
        var server = Server.on(database);
        treated(server);
        var export = Export.begin(server.as("demo-insurer"), insurer(server), "");
        var file = Export.file(export.manifest(), "output", "Bundle").orElseThrow();
        var nobodys = "/export/" + UUID.randomUUID();
        var person = server.as(
                new TokenHolder(TokenHolder.APP, "Practitioner/x", "INSURER", insurer(server), null, "user/*.rs"));

        for (var stranger : List.of(
                server.as("demo-ehr"),
                server.as("demo-other-insurer"),
                server.as("demo-clinic"),
                server.as("demo-admin"),
                person)) {
            var missing = stranger.get(nobodys).expect(404).text();
            assertThat(stranger.get(export.job()).expect(404).text()).isEqualTo(missing);
            assertThat(stranger.get(file).expect(404).text()).isEqualTo(missing);
            assertThat(stranger.delete(export.job()).expect(404).text()).isEqualTo(missing);
        }
        server.anonymous().get(export.job()).expect(401);
        server.anonymous().get(file).expect(401);
        export.client().get(file).expect(200);
        export.client().get(file.replace("Bundle", "Patient")).expect(404);
        export.client().get(file + "?x=1").expect(400);
        export.client().post(export.job(), "{\"resourceType\":\"Parameters\"}").expect(405);
        export.client().delete(file).expect(405);
        for (var path : List.of(export.job(), file)) {
            var head = export.client().send("HEAD", path, null, Map.of()).expect(200);
            assertThat(head.text()).as(path).isEmpty();
        }
        var begun = export.client()
                .send("HEAD", "/Group/any/$export", null, Map.of())
                .expect(405);
        assertThat(begun.headers().firstValue("Allow")).hasValue("GET, POST");

        export.client().delete(export.job()).expect(202);

        export.client().get(export.job()).expect(404);
        export.client().get(file).expect(404);
        export.client().delete(export.job()).expect(404);
    }

    @EachDatabase
    void whatIsNoExportOfOnesOwnIsRefusedWithWhatToChange(Database database) {
        var server = Server.on(database);
        var ehr = server.as("demo-ehr");
        var own = export(ehr(server));

        for (var everybody : List.of("demo-ehr", "demo-insurer", "demo-clinic", "demo-admin")) {
            for (var path : List.of("/$export", "/Patient/$export")) {
                server.as(everybody).send("GET", path, null, Export.LATER).expect(403);
                server.as(everybody)
                        .send("POST", path, "{\"resourceType\":\"Parameters\"}", Export.LATER)
                        .expect(403);
            }
        }
        server.as("demo-clinic").send("GET", own, null, Export.LATER).expect(403);
        ehr.send("GET", export(insurer(server)), null, Export.LATER).expect(404);
        ehr.send("GET", export(UUID.randomUUID().toString()), null, Export.LATER)
                .expect(404);
        server.as(new TokenHolder(TokenHolder.APP, "Practitioner/x", "EHR", ehr(server), null, "user/*.rs"))
                .send("GET", own, null, Export.LATER)
                .expect(403);
        assertThat(ehr.get(own).expect(400).text()).contains("export-async");
        for (var query : List.of(
                "?patient=1",
                "?_elements=id",
                "?_typeFilter=Observation%3Fstatus%3Dfinal",
                "?_outputFormat=text/csv",
                "?_since=2026-01-01",
                "?_since=yesterday",
                "?_type=Observation,Nothing",
                "?_type=Organization")) {
            ehr.send("GET", own + query, null, Export.LATER).expect(400);
        }
        ehr.send("GET", own + "?_type=Coverage", null, Export.LATER).expect(403);
        var parameters = "{\"resourceType\":\"Parameters\",\"parameter\":["
                + "{\"name\":\"_type\",\"valueCode\":\"Patient\"},"
                + "{\"name\":\"_outputFormat\",\"valueString\":\"application/fhir+ndjson\"}]}";
        var begun = ehr.send("POST", own, parameters, Export.LATER).expect(202);
        var job = begun.headers().firstValue("Content-Location").orElseThrow();
        ehr.delete(job.substring(job.indexOf("/export/"))).expect(202);
    }

    @EachDatabase
    void aClientHasFewJobsUnderWayAtATime(Database database) {
        var server = Server.on(database);
        var ehr = server.as("demo-other-ehr");
        var group = organization(server, "lakeside-orthopaedics");

        var answers = IntStream.range(0, 30)
                .parallel()
                .mapToObj(i -> ehr.send("GET", export(group), null, Export.LATER))
                .toList();

        assertThat(answers).extracting(Client.Answer::status).contains(202, 429).containsOnly(202, 429);
        var refused =
                answers.stream().filter(one -> one.status() == 429).findFirst().orElseThrow();
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isPositive();
        assertThat(refused.text()).contains("export-too-many");
    }

    @EachDatabase
    void whatANodeHasLeftUnfinishedAnotherTakesUp(Database database) {
        var server = Server.on(database);
        treated(server);
        var jobs = server.bean(ExportJobs.class);
        var owner =
                new Caller("demo-ehr", Role.EHR, UUID.fromString(ehr(server)), Scopes.parse(List.of("system/*.rs")));
        var ask = new ExportJob.Ask("http://localhost/fhir", "http://localhost/fhir/x", List.of("Patient"), null);
        var terms = new ExportJobs.Terms(Duration.ofHours(1), Duration.ofHours(1), 10, 1000);
        var accepted = jobs.accept(owner, UUID.fromString(ehr(server)), ask, terms);
        var export = new Export(server.as("demo-ehr"), "/export/" + accepted.id());
        // A node took it, and nothing was heard of it since.
        execute(server, "update export_job set attempts = 1 where id = '" + accepted.id() + "'");
        export.client().get(export.job()).expect(202);
        var lost = new ExportJob(
                accepted.id(),
                owner,
                ask,
                accepted.until(),
                accepted.state(),
                1,
                Instant.now(),
                List.of(),
                Instant.MAX);

        execute(
                server,
                "update export_job set next_attempt = timestamp '2026-01-01 00:00:00' where id = '" + accepted.id()
                        + "'");

        assertThat(Export.file(export.manifest(), "output", "Patient")).isPresent();
        assertThat(export.manifest().path("transactionTime").asText())
                .isEqualTo(accepted.until().toString());
        // Should the first one wake up, it has nothing to say any more.
        jobs.finish(lost, List.of());
        assertThat(export.manifest().path("output")).hasSize(1);
        execute(
                server,
                "update export_job set expires = timestamp '2026-01-01 00:00:00' where id = '" + accepted.id() + "'");
        export.client().get(export.job()).expect(404);
    }

    @EachDatabase
    void whoGotWhoseRecordStandsInTheAudit(Database database) {
        var server = Server.on(database);
        var sent = treated(server);
        var patient = server.as(TokenHolder.patient(id(sent.patient()), "patient/*.rs"));
        var insurer = Export.begin(server.as("demo-insurer"), insurer(server), "");
        var ehr = Export.begin(server.as("demo-ehr"), ehr(server), "?_type=Encounter");
        insurer.manifest();
        ehr.manifest();
        assertThat(disclosures(patient, sent)).doesNotContain("demo-insurer");

        insurer.lines("Bundle");
        ehr.lines("Encounter");

        assertThat(disclosures(patient, sent)).contains("demo-insurer").contains("Encounter");
        var officer = server.as(
                new TokenHolder(TokenHolder.APP, "Practitioner/po", "PRIVACY_OFFICER", null, null, "user/*.cruds"));
        var events = officer.get("/AuditEvent?altid=demo-ehr&_count=5")
                .expect(200)
                .json()
                .toString();
        assertThat(events).contains("$export-file").contains("110106").contains("$export-status");
        assertThat(officer.get("/AuditEvent?patient=" + id(sent.patient()) + "&altid=demo-insurer")
                        .expect(200)
                        .text())
                .contains("IHE.BasicAudit.PrivacyDisclosure.Source");
    }

    private static String disclosures(Client patient, Walk.Sent sent) {
        return patient.get("/" + sent.patient() + "/$accounting-of-disclosures")
                .expect(200)
                .text();
    }

    private static Walk.Sent treated(Server server) {
        var walk = new Walk(server);
        var sent = walk.refer();
        for (var file : List.of("plan.json", "first-visit.json", "last-visit.json")) {
            walk.record(sent, file).expect(200);
        }
        return sent;
    }

    private static String pain(Walk.Sent sent, String status) {
        return """
                {"resourceType":"Observation","status":"%s","code":{"coding":[{"system":"http://loinc.org",
                  "code":"72514-3"}]},"subject":{"reference":"%s"},"effectiveDateTime":"2026-04-01T10:00:00Z",
                 "valueQuantity":{"value":4,"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"}}"""
                .formatted(status, sent.patient());
    }

    private static String appointment(Client clinic, Walk.Sent sent) {
        return clinic.post(
                        "/Appointment",
                        """
                        {"resourceType":"Appointment","status":"booked","start":"2026-04-02T10:00:00Z",
                         "end":"2026-04-02T11:00:00Z",
                         "participant":[{"actor":{"reference":"%s"},"status":"accepted"}]}"""
                                .formatted(sent.patient()))
                .expect(201)
                .reference();
    }

    private static Optional<String> version(Export export, String reference) {
        return export.lines("Observation").stream()
                .filter(line -> reference(line).equals(reference))
                .map(line -> line.at("/meta/versionId").asText())
                .findFirst();
    }

    private static TreeSet<String> ids(List<JsonNode> lines) {
        var ids = new TreeSet<String>();
        lines.forEach(line -> assertThat(ids.add(reference(line))).isTrue());
        return ids;
    }

    /** All that a search without criteria gives, page by page. */
    private static TreeSet<String> searched(Client client, String type) {
        var found = new TreeSet<String>();
        for (var path = Optional.of("/" + type + "?_count=200"); path.isPresent(); ) {
            var page = client.get(path.get()).expect(200).json();
            page.path("entry").forEach(entry -> found.add(reference(entry.path("resource"))));
            path = StreamSupport.stream(page.path("link").spliterator(), false)
                    .filter(link -> link.path("relation").asText().equals("next"))
                    .map(link -> link.path("url").asText())
                    .map(url -> url.substring(url.indexOf("/fhir/") + "/fhir".length()))
                    .findFirst();
        }
        return found;
    }

    private static Optional<JsonNode> of(List<JsonNode> summaries, String patient) {
        return summaries.stream().filter(one -> subject(one).equals(patient)).findFirst();
    }

    private static String subject(JsonNode document) {
        return document.at("/entry/0/resource/subject/reference").asText();
    }

    @EachDatabase
    void aMemberWhoseRecordCannotBeReadDoesNotKeepTheOthersFromTheInsurer(Database database) {
        var server = Server.on(database);
        var others = server.as("demo-insurer");
        var whole = treated(server);
        var sent = treated(server);
        var referral = id(sent.referral());
        var export = Export.begin(others, insurer(server), "");

        var stored = body(server, referral, "broken {".getBytes(StandardCharsets.UTF_8));
        List<JsonNode> lines;
        try {
            lines = export.lines("Bundle");
        } finally {
            body(server, referral, stored);
        }

        assertThat(of(lines, whole.patient())).isPresent();
        var failed = lines.stream()
                .filter(line -> line.path("type").asText().equals("collection"))
                .toList();
        assertThat(failed).singleElement().satisfies(line -> {
            assertThat(line.at("/entry/0/resource/resourceType").asText()).isEqualTo("OperationOutcome");
            assertThat(line.toString()).contains("member-summary-failed").contains(sent.patient());
        });
        assertThat(of(export.lines("Bundle"), sent.patient())).isPresent();
    }

    /** Puts other bytes into a row, and gives back those that were there. */
    private static byte[] body(Server server, String id, byte[] bytes) {
        try (var connection = server.bean(DataSource.class).getConnection();
                var read = connection.prepareStatement("select body from resource where fhir_id = ?");
                var write = connection.prepareStatement("update resource set body = ? where fhir_id = ?")) {
            read.setObject(1, UUID.fromString(id));
            byte[] before;
            try (var row = read.executeQuery()) {
                assertThat(row.next()).isTrue();
                before = row.getBytes(1);
            }
            write.setBytes(1, bytes);
            write.setObject(2, UUID.fromString(id));
            assertThat(write.executeUpdate()).isEqualTo(1);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            return before;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String reference(JsonNode resource) {
        return resource.path("resourceType").asText() + "/"
                + resource.path("id").asText();
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    private static String export(String group) {
        return "/Group/" + group + "/$export";
    }

    private static String ehr(Server server) {
        return organization(server, "north-family-medicine");
    }

    private static String insurer(Server server) {
        return organization(server, "evergreen-mutual");
    }

    private static String organization(Server server, String name) {
        return server.as("demo-ehr")
                .get(ORGANIZATION + name)
                .expect(200)
                .json()
                .at("/entry/0/resource/id")
                .asText();
    }

    private static void execute(Server server, String sql) {
        try (var connection = server.bean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
