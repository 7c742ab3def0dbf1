package org.tenderpoint.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;

/** JSON Patch: the same rules as an update, and nothing half done. */
class PatchStoryTest {

    private static final String SAY = "[{\"op\":\"replace\",\"path\":\"/valueString\",\"value\":\"%s\"}]";

    @EachDatabase
    void patchMakesANewVersionWithTheDigitsAsTheyStand(Database database) {
        var desk = new Desk(database);
        var weight = desk.create(
                        """
                {"resourceType":"Observation","status":"final","code":{"text":"Weight"},"subject":{"reference":"%s"},\
                "valueQuantity":{"value":70.10,"unit":"kg","system":"http://unitsofmeasure.org","code":"kg"}}"""
                                .formatted(desk.patient))
                .reference();

        var patched = desk.patch(
                "/" + weight,
                "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"final\"},"
                        + "{\"op\":\"add\",\"path\":\"/note\",\"value\":[{\"text\":\"with shoes\"}]}]",
                Map.of("If-Match", "W/\"1\""));

        Desk.assertHeaders(patched.expect(200), 2);
        assertThat(patched.text()).contains("70.10").contains("with shoes");
    }

    @EachDatabase
    void whatDoesNotApplyChangesNothing(Database database) {
        var desk = new Desk(database);
        var path = "/" + desk.create(desk.observation(Desk.number(), "one")).reference();

        var test = desk.patch(
                path,
                "[{\"op\":\"replace\",\"path\":\"/valueString\",\"value\":\"two\"},"
                        + "{\"op\":\"test\",\"path\":\"/status\",\"value\":\"amended\"}]",
                Map.of());
        var nowhere = desk.patch(path, "[{\"op\":\"remove\",\"path\":\"/interpretation/0\"}]", Map.of());
        var identity = desk.patch(path, "[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"1\"}]", Map.of());
        var type =
                desk.patch(path, "[{\"op\":\"replace\",\"path\":\"/resourceType\",\"value\":\"Patient\"}]", Map.of());
        var stale = desk.patch(path, SAY.formatted("two"), Map.of("If-Match", "W/\"3\""));

        assertThat(Desk.code(test.expect(422))).isEqualTo("patch-test-failed");
        assertThat(Desk.code(nowhere.expect(422))).isEqualTo("patch-not-applicable");
        assertThat(Desk.code(identity.expect(422))).isEqualTo("patch-identity");
        assertThat(Desk.code(type.expect(422))).isEqualTo("patch-identity");
        stale.expect(412);
        assertThat(desk.clinic.get(path).expect(200).text()).contains("\"one\"").contains("\"versionId\":\"1\"");
    }

    @EachDatabase
    void resultIsReadStrictlyAndKeepsTheRules(Database database) {
        var desk = new Desk(database);
        var path = "/" + desk.create(desk.observation(Desk.number(), "one")).reference();

        var unknown = desk.patch(path, "[{\"op\":\"add\",\"path\":\"/colour\",\"value\":\"red\"}]", Map.of());
        var date = desk.patch(
                path, "[{\"op\":\"add\",\"path\":\"/effectiveDateTime\",\"value\":\"2026-02-30\"}]", Map.of());
        var other = desk.patch(
                path,
                "[{\"op\":\"replace\",\"path\":\"/subject/reference\",\"value\":\"Patient/" + Desk.number() + "\"}]",
                Map.of());

        assertThat(unknown.expect(400).text()).contains("unknown-element").contains("Observation.colour");
        assertThat(Desk.expression(date.expect(400))).isEqualTo("Observation.effectiveDateTime");
        other.expect(403);
    }

    @EachDatabase
    void whatIsNoPatchIsRefused(Database database) {
        var desk = new Desk(database);
        var path = "/" + desk.create(desk.observation(Desk.number(), "one")).reference();
        var long101 = "[" + "{\"op\":\"test\",\"path\":\"/status\",\"value\":\"final\"},".repeat(100)
                + "{\"op\":\"test\",\"path\":\"/status\",\"value\":\"final\"}]";
        var bomb = "["
                + "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/a\"},{\"op\":\"copy\",\"from\":\"\",\"path\":\"/b\"},"
                        .repeat(20)
                + "{\"op\":\"copy\",\"from\":\"\",\"path\":\"/a\"}]";

        assertThat(Desk.code(desk.patch(path, "[{\"op\":\"twist\",\"path\":\"/status\"}]", Map.of())
                        .expect(400)))
                .isEqualTo("patch-invalid");
        desk.patch(path, "[{\"op\":\"add\",\"path\":\"status\",\"value\":1}]", Map.of())
                .expect(400);
        desk.patch(path, "[{\"op\":\"add\",\"path\":\"/status\"}]", Map.of()).expect(400);
        desk.patch(path, "[]", Map.of()).expect(400);
        desk.patch(path, "{\"op\":\"add\"}", Map.of()).expect(400);
        desk.patch(path, long101, Map.of()).expect(413);
        desk.patch(path, bomb, Map.of()).expect(413);
        for (var form : new String[] {"application/fhir+json", "application/xml-patch+xml", "application/fhir+xml"}) {
            var refused = desk.clinic
                    .send("PATCH", path, "{}", Map.of("Content-Type", form))
                    .expect(415);
            assertThat(refused.headers().firstValue("Accept-Patch")).hasValue("application/json-patch+json");
            assertThat(refused.text()).contains("FHIRPath Patch");
        }
    }

    @EachDatabase
    void conditionalPatchFindsItsResource(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var path = "/Observation?" + Desk.condition(number);

        desk.patch(path, SAY.formatted("two"), Map.of()).expect(404);
        desk.create(desk.observation(number, "one"));
        desk.patch(path, SAY.formatted("two"), Map.of("If-Match", "W/\"2\"")).expect(412);
        assertThat(desk.patch(path, SAY.formatted("two"), Map.of()).expect(200).text())
                .contains("\"two\"");
        desk.create(desk.observation(number, "three"));
        desk.patch(path, SAY.formatted("four"), Map.of()).expect(412);
    }

    @EachDatabase
    void patchIsAnEntryOfTransactionsAndBatches(Database database) {
        var desk = new Desk(database);
        var reference = desk.create(desk.observation(Desk.number(), "one")).reference();
        for (var type : new String[] {"transaction", "batch"}) {
            var patch = Desk.entry("PATCH", reference, binary("application/json-patch+json", SAY.formatted(type)));

            assertThat(Desk.statuses(
                            desk.clinic.bundle(Desk.bundle(type, patch)).expect(200)))
                    .containsExactly(200);
            assertThat(desk.clinic.get("/" + reference).text()).contains("\"" + type + "\"");
        }

        var parameters = Desk.entry(
                "PATCH", reference, "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"operation\"}]}");
        assertThat(Desk.expression(desk.clinic
                        .bundle(Desk.bundle("transaction", parameters))
                        .expect(415)))
                .isEqualTo("Bundle.entry[0].resource");
    }

    @EachDatabase
    void patchesThatMeetAllStand(Database database) throws Exception {
        var desk = new Desk(database);
        var path = "/" + desk.create(desk.observation(Desk.number(), "one")).reference();
        desk.patch(
                        path,
                        "[{\"op\":\"add\",\"path\":\"/note\",\"value\":[]},"
                                + "{\"op\":\"add\",\"path\":\"/note/-\",\"value\":{\"text\":\"0\"}}]",
                        Map.of())
                .expect(200);
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 1; i <= 6; i++) {
            var patch = "[{\"op\":\"add\",\"path\":\"/note/-\",\"value\":{\"text\":\"" + i + "\"}}]";
            calls.add(() -> desk.patch(path, patch, Map.of()));
        }

        var pool = Executors.newFixedThreadPool(6);
        for (var call : pool.invokeAll(calls)) {
            call.get().expect(200);
        }
        pool.shutdown();

        assertThat(desk.clinic.get(path).expect(200).json().path("note").findValuesAsText("text"))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6");
    }

    @EachDatabase
    void nobodyPatchesWhatIsNotHers(Database database) {
        var desk = new Desk(database);
        var path = "/" + desk.create(desk.observation(Desk.number(), "one")).reference();
        var form = Map.of("Content-Type", "application/json-patch+json");

        desk.server
                .as("demo-other-clinic")
                .send("PATCH", path, SAY.formatted("x"), form)
                .expect(404);
        desk.server
                .as("demo-insurer")
                .send("PATCH", path, SAY.formatted("x"), form)
                .expect(403);
    }

    private static String binary(String contentType, String patch) {
        var data = Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8));
        return "{\"resourceType\":\"Binary\",\"contentType\":\"" + contentType + "\",\"data\":\"" + data + "\"}";
    }
}
