package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** {@code $lastn} and {@code $stats}: the newest values and statistics of one patient. */
class ObservationOperationsStoryTest {

    private static final String SURVEY = "http://terminology.hl7.org/CodeSystem/observation-category|survey";

    @EachDatabase
    void newestOfEachCodeComeFirstAndCodesThatShareACodingAreOne(Database database) {
        var server = Server.on(database);
        var patient = new Walk(server).refer().patient();
        var clinic = server.as("demo-clinic");
        observed(clinic, patient, "2026-03-01", coding("http://example.org/a", "a"), 1);
        var b = observed(clinic, patient, "2026-03-02", coding("http://example.org/a", "b"), 2);
        var ac = observed(
                clinic,
                patient,
                "2026-03-03",
                coding("http://example.org/a", "a") + "," + coding("http://example.org/a", "c"),
                3);
        var c = observed(clinic, patient, "2026-03-04", coding("http://example.org/a", "c"), 4);
        var words = observed(clinic, patient, "2026-03-05", "", 5);
        var lastn = "/Observation/$lastn?patient=" + patient + "&category=" + SURVEY;

        assertThat(ids(clinic.get(lastn))).containsExactly(words, c, b);
        assertThat(ids(clinic.get(lastn + "&max=2"))).containsExactly(words, c, ac, b);
        assertThat(ids(clinic.get(lastn + "&date=le2026-03-03"))).containsExactly(ac, b);
        assertThat(ids(clinic.get("/Observation/$lastn?subject=" + patient + "&code=http://example.org/a|b")))
                .containsExactly(b);
        var posted = clinic.post(
                "/Observation/$lastn",
                """
                {"resourceType":"Parameters","parameter":[{"name":"patient","valueString":"%s"},
                  {"name":"category","valueString":"%s"},{"name":"max","valuePositiveInt":2}]}"""
                        .formatted(patient, SURVEY));
        assertThat(ids(posted)).containsExactly(words, c, ac, b);
        assertThat(posted.json().path("total").asInt()).isEqualTo(4);
    }

    @EachDatabase
    void valuesTakenAtTheSameTimeStandTogetherEvenBeyondMax(Database database) {
        var server = Server.on(database);
        var patient = new Walk(server).refer().patient();
        var clinic = server.as("demo-clinic");
        observed(clinic, patient, "2026-03-01", coding("http://example.org/a", "a"), 1);
        observed(clinic, patient, "2026-03-02T10:00:00Z", coding("http://example.org/a", "a"), 2);
        observed(clinic, patient, "2026-03-02T12:00:00+02:00", coding("http://example.org/a", "a"), 3);

        assertThat(ids(clinic.get("/Observation/$lastn?patient=" + patient + "&code=http://example.org/a|a")))
                .hasSize(2);
    }

    @EachDatabase
    void nobodySeesAnothersValuesInEither(Database database) {
        var server = Server.on(database);
        var patient = new Walk(server).refer().patient();
        var clinic = server.as("demo-clinic");
        observed(clinic, patient, "2026-03-01", coding("http://example.org/a", "a"), 1);
        var lastn = "/Observation/$lastn?patient=" + patient + "&code=http://example.org/a|a";
        var stats = stats(patient, "count");

        assertThat(ids(server.as("demo-ehr").get(lastn))).hasSize(1);
        assertThat(ids(server.as("demo-other-clinic").get(lastn))).isEmpty();
        assertThat(number(server.as("demo-other-clinic").get(stats), 0)).isZero();
        for (var path : List.of(lastn, stats)) {
            server.as("demo-insurer").get(path).expect(403);
            server.anonymous().get(path).expect(401);
        }
    }

    @EachDatabase
    void statisticsAreThoseOfTheValuesInTheirUnit(Database database) {
        var server = Server.on(database);
        var patient = new Walk(server).refer().patient();
        var clinic = server.as("demo-clinic");
        for (int day = 1; day <= 5; day++) {
            observed(clinic, patient, "2026-03-0" + day, coding("http://example.org/a", "a"), 2 * day);
        }

        var answer = clinic.post(
                "/Observation/$stats",
                """
                {"resourceType":"Parameters","parameter":[{"name":"subject","valueUri":"%s"},
                  {"name":"coding","valueCoding":{"system":"http://example.org/a","code":"a"}},
                  {"name":"period","valuePeriod":{"start":"2026-03-01","end":"2026-03-31"}},
                  {"name":"statistic","valueCode":"average"},{"name":"statistic","valueCode":"maximum"},
                  {"name":"statistic","valueCode":"median"},{"name":"statistic","valueCode":"count"},
                  {"name":"statistic","valueCode":"regression"},
                  {"name":"include","valueBoolean":true},{"name":"limit","valuePositiveInt":2}]}"""
                        .formatted(patient));

        assertThat(List.of(number(answer, 0), number(answer, 1), number(answer, 2), number(answer, 3)))
                .containsExactly(6.0, 10.0, 6.0, 5.0);
        assertThat(number(answer, 4)).as("gradient a day").isEqualTo(2.0);
        assertThat(number(answer, 5)).as("intercept").isEqualTo(2.0);
        assertThat(answer.json()
                        .at("/parameter/0/resource/component/0/valueQuantity/code")
                        .asText())
                .isEqualTo("{points}");
        assertThat(StreamSupport.stream(answer.json().path("parameter").spliterator(), false)
                        .map(parameter -> parameter.path("name").asText()))
                .containsExactly("statistics", "source", "source");
        var none = clinic.get(stats(patient, "average").replace("duration=100000", "duration=1"));
        assertThat(none.expect(200)
                        .json()
                        .at("/parameter/0/resource/component/0/dataAbsentReason/coding/0/code")
                        .asText())
                .isEqualTo("not-a-number");
    }

    @EachDatabase
    void parametersThatAreWrongAreNamed(Database database) {
        var server = Server.on(database);
        var patient = new Walk(server).refer().patient();
        var clinic = server.as("demo-clinic");

        for (var wrong : List.of(
                "$lastn?code=a",
                "$lastn?patient=" + patient,
                "$lastn?code=a&patient=" + patient + "," + patient,
                "$lastn?code=a&patient=" + patient + "&max=0",
                "$lastn?code=a&patient=" + patient + "&max=all",
                "$lastn?code=a&patient=" + patient + "&colour=red",
                "$lastn?code=a&patient=" + patient + "&date=someday",
                "$stats?statistic=count",
                "$stats?subject=" + patient + "&code=a&statistic=count&duration=5",
                "$stats?subject=" + patient + "&code=a&system=http://example.org/a&statistic=count",
                "$stats?subject=" + patient + "&code=a&system=http://example.org/a&statistic=mode&duration=5",
                "$stats?subject=" + patient + "&code=a&system=http://example.org/a&duration=5",
                "$stats?subject=" + patient + "&code=a&system=http://example.org/a&statistic=count&duration=-1",
                "$stats?subject=" + patient + "&code=a,b&system=http://example.org/a&statistic=count&duration=1")) {
            clinic.get("/Observation/" + wrong).expect(400);
        }
    }

    private static String stats(String patient, String statistic) {
        return "/Observation/$stats?subject=" + patient
                + "&code=a&system=http://example.org/a&duration=100000&statistic=" + statistic;
    }

    private static String coding(String system, String code) {
        return "{\"system\":\"%s\",\"code\":\"%s\"}".formatted(system, code);
    }

    private static String observed(Client clinic, String patient, String when, String codings, int value) {
        return clinic.post(
                        "/Observation",
                        """
                        {"resourceType":"Observation","status":"final","subject":{"reference":"%s"},
                         "category":[{"coding":[{
                           "system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"survey"}]}],
                         "code":{%s"text":"Something"},"effectiveDateTime":"%s",
                         "valueQuantity":{"value":%d,"system":"http://unitsofmeasure.org","code":"{points}"}}"""
                                .formatted(
                                        patient, codings.isEmpty() ? "" : "\"coding\":[" + codings + "],", when, value))
                .expect(201)
                .reference();
    }

    private static List<String> ids(Client.Answer answer) {
        return StreamSupport.stream(answer.expect(200).json().path("entry").spliterator(), false)
                .map(entry -> "Observation/" + entry.at("/resource/id").asText())
                .toList();
    }

    private static double number(Client.Answer answer, int component) {
        JsonNode value =
                answer.expect(200).json().at("/parameter/0/resource/component/" + component + "/valueQuantity/value");
        return value.asDouble();
    }
}
