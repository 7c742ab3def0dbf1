package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A therapist signs the treatment summary for an insurer: it is kept, does not change, and is read by whom it is sent to. */
class SignedTreatmentStoryTest {

    @EachDatabase
    void aSignedTreatmentSummaryIsKeptForPayersAndForNobodyElse(Database database) {
        var server = Server.on(database);
        var sent = SignedSummaryStoryTest.treated(server);
        var therapist = SignedSummaryStoryTest.therapist(server, sent);
        var clinic = server.as("demo-clinic");

        var file = sign(clinic, sent, therapist, "").expect(200);

        var composition = clinic.get("/" + composition(file.json())).expect(200).json();
        assertThat(file.json().path("content").findValuesAsText("title"))
                .containsExactly("treatment-summary.json", "treatment-summary.txt", "treatment-summary.pdf");
        assertThat(file.json().at("/meta/security/0/code").asText()).isEqualTo("HPAYMT");
        assertThat(composition.path("status").asText()).isEqualTo("final");
        assertThat(composition.at("/attester/0/party/reference").asText()).isEqualTo(therapist);
        assertThat(text(clinic, file.json())).contains("Signed by Mina Okafor").doesNotContain("Draft:");
        var provenance = clinic.get("/Provenance?target=" + file.reference()).json();
        assertThat(provenance.at("/entry/0/resource/signature/0/who/reference").asText())
                .isEqualTo(therapist);
        assertThat(SchemaCheck.errors(file.text())).isEmpty();
        var ehr = server.as("demo-ehr");
        ehr.get("/Provenance/" + provenance.at("/entry/0/resource/id").asText()).expect(200);
        ehr.get("/" + file.reference()).expect(404);
        ehr.get("/" + composition(file.json())).expect(404);
        ehr.get("/" + SignedSummaryStoryTest.binary(file.json(), 1)).expect(404);
    }

    @EachDatabase
    void anInsurerReadsTheSignedSummaryThatItIsSent(Database database) {
        var server = Server.on(database);
        var sent = SignedSummaryStoryTest.treated(server);
        var therapist = SignedSummaryStoryTest.therapist(server, sent);
        var clinic = server.as("demo-clinic");
        var insurer = server.as("demo-insurer");
        var file = sign(clinic, sent, therapist, "").expect(200).json();
        var bundle = SignedSummaryStoryTest.binary(file, 0);
        assertThat(bundle).startsWith("Bundle/");
        insurer.get("/" + bundle).expect(404);

        send(clinic, sent, bundle);

        var read = insurer.get("/" + bundle).expect(200);
        assertThat(read.json().path("type").asText()).isEqualTo("document");
        assertThat(read.json().at("/entry/0/resource/status").asText()).isEqualTo("final");
        assertThat(read.json()
                        .at("/entry/0/resource/attester/0/party/reference")
                        .asText())
                .isEqualTo(therapist);
        assertThat(read.text()).contains("Okafor");
        assertThat(SchemaCheck.errors(read.text())).isEmpty();
        assertThat(visits(read.json())).hasSize(2);
        server.as("demo-other-insurer").get("/" + bundle).expect(404);
        server.as("demo-ehr").get("/" + bundle).expect(404);
        insurer.get("/" + file.path("resourceType").asText() + "/"
                        + file.path("id").asText())
                .expect(403);
        var later = clinic.put("/" + bundle, read.text().replace("Treatment summary", "Something else"), Map.of())
                .expect(422);
        assertThat(code(later)).isEqualTo("summary-signed");
    }

    @EachDatabase
    void aVisitThatThePatientHasPaidForIsNotSignedForAnInsurer(Database database) {
        var server = Server.on(database);
        var sent = SignedSummaryStoryTest.treated(server);
        var therapist = SignedSummaryStoryTest.therapist(server, sent);
        var clinic = server.as("demo-clinic");
        var first = clinic.get("/Encounter?patient=" + sent.patient() + "&_sort=date")
                .expect(200)
                .json()
                .at("/entry/0/resource");
        var paid = first.deepCopy();
        ((ObjectNode) paid)
                .withObject("/meta")
                .putArray("security")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/v3-ActCode")
                .put("code", "HIPAASelfPay");
        clinic.put("/Encounter/" + first.path("id").asText(), paid.toString(), Map.of())
                .expect(200);

        var file = sign(clinic, sent, therapist, "").expect(200).json();

        var bundle = clinic.get("/" + SignedSummaryStoryTest.binary(file, 0)).expect(200);
        assertThat(visits(bundle.json()))
                .hasSize(1)
                .doesNotContain(first.path("id").asText());
        assertThat(bundle.text()).doesNotContain(first.path("id").asText());
        assertThat(text(clinic, file)).contains("6 Jul 2026");
    }

    @EachDatabase
    void whatWasSignedForAnInsurerStaysAndIsReplacedWithAReason(Database database) {
        var server = Server.on(database);
        var sent = SignedSummaryStoryTest.treated(server);
        var therapist = SignedSummaryStoryTest.therapist(server, sent);
        var clinic = server.as("demo-clinic");
        var first = sign(clinic, sent, therapist, "").expect(200);
        var old = composition(first.json());

        var again = clinic.put(
                        "/" + old,
                        clinic.get("/" + old).text().replace("Treatment summary", "Something else"),
                        Map.of())
                .expect(422);
        var amended = sign(
                        clinic,
                        sent,
                        therapist,
                        ",{\"name\":\"replaces\",\"valueString\":\"" + old
                                + "\"},{\"name\":\"reason\",\"valueString\":\"A visit was missing\"}")
                .expect(200);

        assertThat(code(again)).isEqualTo("summary-signed");
        assertThat(clinic.get("/" + first.reference()).json().path("status").asText())
                .isEqualTo("superseded");
        assertThat(text(clinic, amended.json()).replaceAll("\\s+", " ")).contains("because: A visit was missing");
    }

    @EachDatabase
    void onlyTheClinicThatTreatsSignsForAnInsurer(Database database) {
        var server = Server.on(database);
        var sent = SignedSummaryStoryTest.treated(server);
        var therapist = SignedSummaryStoryTest.therapist(server, sent);

        sign(server.as("demo-ehr"), sent, therapist, "").expect(403);
        sign(server.as("demo-insurer"), sent, therapist, "").expect(403);
        sign(server.as("demo-other-clinic"), sent, therapist, "").expect(404);
        sign(server.anonymous(), sent, therapist, "").expect(401);
        server.as("demo-clinic")
                .get("/" + sent.patient() + "/$sign-treatment-summary")
                .expect(405);
        var stranger = sign(server.as("demo-clinic"), sent, "Practitioner/00000000-0000-4000-8000-000000000000", "")
                .expect(422);

        assertThat(code(stranger)).isEqualTo("signer-unknown");
    }

    private static Client.Answer sign(Client client, Walk.Sent sent, String therapist, String more) {
        return client.post(
                "/" + sent.patient() + "/$sign-treatment-summary",
                """
                {"resourceType":"Parameters","parameter":[{"name":"signer","valueString":"%s"},
                {"name":"end","valueDate":"2026-07-07"}%s]}"""
                        .formatted(therapist, more));
    }

    private static void send(Client clinic, Walk.Sent sent, String what) {
        var insurer = clinic.get("/Organization?identifier=https://tenderpoint.org/demo/organization|evergreen-mutual")
                .expect(200)
                .json()
                .at("/entry/0/resource/id")
                .asText();
        clinic.post(
                        "/Communication",
                        """
                        {"resourceType":"Communication","status":"completed","subject":{"reference":"%s"},
                         "meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason",
                          "code":"HPAYMT"}]},
                         "recipient":[{"reference":"Organization/%s"}],
                         "payload":[{"contentReference":{"reference":"%s"}}]}"""
                                .formatted(sent.patient(), insurer, what))
                .expect(201);
    }

    private static List<String> visits(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Encounter"))
                .map(resource -> resource.path("id").asText())
                .toList();
    }

    private static String code(Client.Answer answer) {
        return answer.json().at("/issue/0/details/coding/0/code").asText();
    }

    /** The last of what the file relates to is its Composition. */
    private static String composition(JsonNode file) {
        var related = file.at("/context/related");
        return related.path(related.size() - 1).path("reference").asText();
    }

    private static String text(Client client, JsonNode file) {
        var binary = client.get("/" + SignedSummaryStoryTest.binary(file, 1))
                .expect(200)
                .json();
        return new String(Base64.getDecoder().decode(binary.path("data").asText()), StandardCharsets.UTF_8);
    }
}
