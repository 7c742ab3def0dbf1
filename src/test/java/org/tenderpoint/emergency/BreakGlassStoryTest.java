package org.tenderpoint.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.tenderpoint.matrix.Bodies;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;
import org.tenderpoint.testing.TokenHolder;

/** A clinic opens the record of somebody else's patient, for an hour, and a privacy officer sees that it did. */
class BreakGlassStoryTest {

    private static final String REASON = "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"reason\","
            + "\"valueString\":\"Collapsed at our desk, no pulse\"}]}";

    @EachDatabase
    void aRecordIsOpenForAnHourAndNoLonger(Database database) throws Exception {
        var server = Server.on(database);
        var stranger = server.as("demo-other-clinic");
        var patient = patient(server);
        var note = note(server, patient, "");
        var labelled = note(
                server,
                patient,
                "\"meta\":{\"security\":[{\"system\":"
                        + "\"http://terminology.hl7.org/CodeSystem/v3-Confidentiality\",\"code\":\"R\"}]},");
        stranger.get("/" + patient).expect(404);

        var opened = stranger.post("/" + patient + "/$break-glass", REASON).expect(200);

        assertThat(opened.text()).contains("\"ends\"").contains("Collapsed at our desk");
        stranger.get("/" + patient).expect(200);
        stranger.get("/" + note).expect(200);
        stranger.get("/" + labelled).expect(404);
        // The patient is written anew by her own clinic, and the record stays open.
        server.as("demo-clinic")
                .put("/" + patient, "{\"resourceType\":\"Patient\",\"id\":\"" + id(patient) + "\"}", Map.of())
                .expect(200);
        stranger.get("/" + note).expect(200);
        passHour(server, patient);
        stranger.get("/" + patient).expect(404);
        stranger.get("/" + note).expect(404);
        stranger.get("/Observation?patient=" + id(patient)).expect(200);
        assertThat(stranger.get("/Observation?patient=" + id(patient)).text()).doesNotContain(note);
    }

    @EachDatabase
    void theAuditAndThePatientsReportTellOfItWithItsReason(Database database) {
        var server = Server.on(database);
        var patient = patient(server);
        var reason = "Collapsed at our desk, no pulse, and nobody with her who knows what she takes or cannot stand: "
                + "we have to know of thinners, allergies and implants before we touch her";
        server.as("demo-other-clinic")
                .post("/" + patient + "/$break-glass", REASON.replace("Collapsed at our desk, no pulse", reason))
                .expect(200);

        var herself = server.as(TokenHolder.patient(id(patient), "patient/*.rs"));
        var report = herself.get("/" + patient + "/$access-report").expect(200).json();
        var audit = officer(server)
                .get("/AuditEvent?patient=" + id(patient) + "&altid=demo-other-clinic")
                .expect(200)
                .json();

        assertThat(opening(report)).contains(reason, "demo-other-clinic", "\"BTG\"", patient);
        assertThat(opening(audit)).contains(reason, "\"outcome\":\"0\"", "\"BTG\"", patient);
    }

    @EachDatabase
    void aTokenForOnePatientOpensNoOthersRecord(Database database) {
        var server = Server.on(database);
        var patient = patient(server);
        var own = patient(server);
        var clinic = organization(server.as("demo-other-clinic"));

        var app = server.as(new TokenHolder(
                TokenHolder.APP, "Practitioner/" + UUID.randomUUID(), "CLINIC", clinic, id(own), "patient/*.rs"));

        app.post("/" + patient + "/$break-glass", REASON).expect(404);
        server.as("demo-other-clinic").get("/" + patient).expect(404);
        app.post("/" + own + "/$break-glass", REASON).expect(200);
        app.get("/" + own).expect(200);
    }

    @EachDatabase
    void aPrivacyOfficerSeesEachCaseAndReviewsItOnce(Database database) {
        var server = Server.on(database);
        var officer = officer(server);
        var patient = patient(server);
        server.as("demo-other-clinic")
                .post("/" + patient + "/$break-glass", REASON)
                .expect(200);

        var list = officer.get("/Patient/$break-glass-list").expect(200).json();
        var id = "";
        for (var one : list.path("parameter")) {
            if (one.toString().contains(patient)) {
                assertThat(one.toString())
                        .contains("Collapsed at our desk", "demo-other-clinic", "Organization/")
                        .doesNotContain("reviewed");
                id = one.at("/part/0/valueString").asText();
            }
        }
        assertThat(id).isNotEmpty();
        var review =
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"case\",\"valueString\":\"" + id + "\"}]}";
        assertThat(officer.post("/Patient/$break-glass-review", review)
                        .expect(200)
                        .text())
                .contains("reviewed");
        officer.post("/Patient/$break-glass-review", review).expect(404);
        officer.get("/" + patient).expect(403);
        for (var other :
                java.util.List.of("demo-clinic", "demo-other-clinic", "demo-ehr", "demo-insurer", "demo-admin")) {
            server.as(other).get("/Patient/$break-glass-list").expect(403);
            server.as(other).post("/Patient/$break-glass-review", review).expect(403);
        }
    }

    @EachDatabase
    void nobodyElseBreaksGlassAndNobodyWithoutAReason(Database database) {
        var server = Server.on(database);
        var patient = patient(server);
        var clinic = server.as("demo-other-clinic");
        var path = "/" + patient + "/$break-glass";

        for (var other : java.util.List.of("demo-other-ehr", "demo-insurer", "demo-admin")) {
            server.as(other).post(path, REASON).expect(403);
        }
        server.as(TokenHolder.patient(UUID.randomUUID().toString(), "patient/*.cruds"))
                .post(path, REASON)
                .expect(403);
        server.anonymous().post(path, REASON).expect(401);
        officer(server).post(path, REASON).expect(403);
        clinic.post(path, "{\"resourceType\":\"Parameters\"}").expect(400);
        clinic.post(path, REASON.replace("Collapsed at our desk, no pulse", "because"))
                .expect(400);
        clinic.get(path + "?reason=Collapsed+at+our+desk").expect(405);
        clinic.post("/Patient/" + UUID.randomUUID() + "/$break-glass", REASON).expect(404);
        clinic.get("/" + patient).expect(404);
    }

    @EachDatabase
    void aConsentThatShutsAClinicOutHoldsInAnEmergencyToo(Database database) {
        var server = Server.on(database);
        var patient = patient(server);
        var clinic = server.as("demo-other-clinic");
        var organization = organization(clinic);
        var denial = Bodies.consent(patient, organization, "active").replace("\"permit\"", "\"deny\"");
        clinic.post("/" + patient + "/$break-glass", REASON).expect(200);
        clinic.get("/" + patient).expect(200);

        server.as("demo-clinic").post("/Consent", denial).expect(201);

        clinic.get("/" + patient).expect(404);
        clinic.post("/" + patient + "/$break-glass", REASON).expect(403);
        clinic.get("/" + patient).expect(404);
    }

    private static Client officer(Server server) {
        return server.as(
                new TokenHolder(TokenHolder.APP, "Practitioner/po", "PRIVACY_OFFICER", null, null, "user/*.cruds"));
    }

    private static String organization(Client clinic) {
        return clinic.get("/Organization?identifier=https://tenderpoint.org/demo/organization|south-massage-clinic")
                .expect(200)
                .json()
                .at("/entry/0/resource/id")
                .asText();
    }

    /** The entry of a report that tells of the opening; empty where there is none. */
    private static String opening(JsonNode report) {
        for (var entry : report.path("entry")) {
            if (entry.toString().contains("break-glass")) {
                return entry.toString();
            }
        }
        return "";
    }

    private static String patient(Server server) {
        return server.as("demo-clinic")
                .post("/Patient", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Glass\"}]}")
                .expect(201)
                .reference();
    }

    private static String note(Server server, String patient, String label) {
        return server.as("demo-clinic")
                .post(
                        "/Observation",
                        "{\"resourceType\":\"Observation\"," + label
                                + "\"status\":\"final\",\"code\":{\"text\":\"Remark\"},\"subject\":{\"reference\":\""
                                + patient + "\"},\"valueString\":\"x\"}")
                .expect(201)
                .reference();
    }

    private static String id(String reference) {
        return reference.substring(reference.indexOf('/') + 1);
    }

    /** Nobody waits for an hour here. */
    private static void passHour(Server server, String patient) throws Exception {
        try (var connection = server.bean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            var changed = statement.executeUpdate("update access_grant set valid_to = current_timestamp"
                    + " where ground = 'break-glass' and patient_pk = (select pk from resource where fhir_id = '"
                    + id(patient) + "')");
            assertThat(changed).isEqualTo(1);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }
}
