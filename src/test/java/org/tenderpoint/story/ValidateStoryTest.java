package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tenderpoint.testing.Checksum;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** {@code $validate}: what is wrong with a resource, without writing it. */
class ValidateStoryTest {

    private static final String PROFILE = "https://tenderpoint.org/fhir/StructureDefinition/pain-severity";

    private static final String SCORE =
            """
            {"resourceType":"Observation","status":"final","subject":{"display":"somebody"},
             "code":{"coding":[{"system":"http://loinc.org","code":"72514-3"}]},"effectiveDateTime":"2026-07-06",
             "valueQuantity":{"value":%s,"system":"http://unitsofmeasure.org","code":"{score}"}}""";

    @EachDatabase
    void goodResourceHasNoErrorsAndCodesThatCannotBeLookedUpAreNone(Database database) {
        var clinic = Server.on(database).as("demo-clinic");

        var answer = validated(clinic, "/Observation/$validate", SCORE.formatted("4"));
        var condition = validated(
                clinic,
                "/Condition/$validate",
                """
                {"resourceType":"Condition","subject":{"display":"somebody"},
                 "clinicalStatus":{"coding":[{
                   "system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"203082005"}]}}""");

        assertThat(errors(answer)).isEmpty();
        assertThat(errors(condition)).isEmpty();
        assertThat(answer.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    }

    @EachDatabase
    void everyFaultIsListedEvenThoseThatTheParserWouldStopAt(Database database) {
        var clinic = Server.on(database).as("demo-clinic");

        var answer = validated(
                clinic,
                "/Observation/$validate",
                """
                {"resourceType":"Observation","status":"perhaps","colour":"red","effectiveDateTime":"2026-07-06"}""");

        assertThat(String.join("\n", errors(answer)))
                .contains("colour")
                .contains("perhaps")
                .contains("Observation.code");
        var xml = clinic.send(
                "POST",
                "/Observation/$validate",
                "<Observation xmlns=\"http://hl7.org/fhir\"><status value=\"final\"/></Observation>",
                Map.of("Content-Type", "application/fhir+xml", "Accept", "application/fhir+json"));
        assertThat(String.join("\n", errors(xml))).contains("Observation.code");
    }

    @EachDatabase
    void profileOfOursIsHeldAgainstIt(Database database) {
        var clinic = Server.on(database).as("demo-clinic");

        var tooMuch = validated(clinic, "/Observation/$validate?profile=" + PROFILE, SCORE.formatted("11"));
        var inParameters = validated(
                clinic,
                "/Observation/$validate",
                """
                {"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"profile"},
                  {"name":"profile","valueUri":"%s"},{"name":"resource","resource":%s}]}"""
                        .formatted(PROFILE, SCORE.formatted("11")));

        assertThat(String.join("\n", errors(tooMuch))).contains("tp-pain");
        assertThat(errors(inParameters)).isEqualTo(errors(tooMuch));
        assertThat(validated(clinic, "/Observation/$validate?profile=http://example.org/none", SCORE.formatted("4"))
                        .expect(400)
                        .text())
                .contains("profile-unknown");
    }

    @EachDatabase
    void modeSaysWhetherThisCallerMightWriteItAndNothingIsWritten(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var ehr = server.as("demo-ehr");
        var before = Checksum.of(server.bean(javax.sql.DataSource.class));

        assertThat(errors(validated(clinic, "/Observation/$validate?mode=create", SCORE.formatted("11"))))
                .anyMatch(text -> text.contains("pain-score-out-of-range"));
        assertThat(errors(validated(ehr, "/Observation/$validate?mode=create", SCORE.formatted("4"))))
                .anyMatch(text -> text.contains("not-permitted"));
        assertThat(errors(validated(clinic, "/Observation/$validate?mode=update", SCORE.formatted("4"))))
                .anyMatch(text -> text.contains("validate-id"));
        assertThat(errors(validated(clinic, "/Observation/$validate?mode=delete", "{\"resourceType\":\"Parameters\"}")))
                .anyMatch(text -> text.contains("not-permitted"));
        assertThat(errors(validated(clinic, "/Device/$validate?mode=delete", "{\"resourceType\":\"Parameters\"}")))
                .isEmpty();
        assertThat(errors(validated(clinic, "/Procedure/$validate?mode=create", SCORE.formatted("4"))))
                .anyMatch(text -> text.contains("validate-type"));

        assertThat(Checksum.of(server.bean(javax.sql.DataSource.class))).isEqualTo(before);
    }

    @EachDatabase
    void whatCannotBeValidatedIsRefused(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");

        for (var wrong : List.of("mode=guess", "mode=profile", "colour=red")) {
            clinic.post("/Observation/$validate?" + wrong, SCORE.formatted("4")).expect(400);
        }
        clinic.post("/Observation/$validate", "{\"resourceType\":\"Parameters\"}")
                .expect(400);
        clinic.post("/Observation/$validate", "{\"resourceType\":").expect(400);
        clinic.get("/Observation/$validate").expect(405);
        clinic.post("/Unicorn/$validate", SCORE.formatted("4")).expect(404);
        server.as("demo-insurer")
                .post("/Observation/$validate", SCORE.formatted("4"))
                .expect(403);
        server.anonymous().post("/Observation/$validate", SCORE.formatted("4")).expect(401);
    }

    @EachDatabase
    void fewAreValidatedAtOnceAndTheOthersAreToldWhenToComeAgain(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        validated(clinic, "/Observation/$validate", SCORE.formatted("4")).expect(200);

        var answers = IntStream.range(0, 12)
                .parallel()
                .mapToObj(i -> clinic.post("/Observation/$validate", SCORE.formatted("4")))
                .toList();

        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 503).contains(200);
        assertThat(answers).filteredOn(answer -> answer.status() == 503).allSatisfy(answer -> assertThat(
                        answer.headers().firstValue("Retry-After"))
                .hasValue("10"));
    }

    /** Asks again while the validator is being loaded. */
    private static Answer validated(Client client, String path, String body) {
        for (int attempt = 0; ; attempt++) {
            var answer = client.post(path, body);
            if (answer.status() != 503 || attempt == 6) {
                return answer;
            }
        }
    }

    /** The errors' codes, places and sentences. */
    private static List<String> errors(Answer answer) {
        var errors = new ArrayList<String>();
        for (JsonNode issue : answer.expect(200).json().path("issue")) {
            if (List.of("error", "fatal").contains(issue.path("severity").asText())) {
                errors.add(issue.at("/details/coding/0/code").asText() + " "
                        + issue.path("expression").toString() + " "
                        + issue.path("diagnostics").asText());
            }
        }
        return errors;
    }
}
