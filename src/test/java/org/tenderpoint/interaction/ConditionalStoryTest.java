package org.tenderpoint.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;

/** Create, update, patch and delete by what a resource is rather than by its id. */
class ConditionalStoryTest {

    @EachDatabase
    void conditionalUpdateCreatesThenUpdatesTheSameResource(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var path = "/Observation?" + Desk.condition(number);

        var first =
                desk.clinic.put(path, desk.observation(number, "one"), Map.of()).expect(201);
        var second =
                desk.clinic.put(path, desk.observation(number, "two"), Map.of()).expect(200);

        assertThat(second.reference()).isEqualTo(first.reference());
        Desk.assertHeaders(first, 1);
        Desk.assertHeaders(second, 2);
        assertThat(desk.clinic.get("/" + first.reference()).expect(200).text()).contains("\"two\"");
    }

    @EachDatabase
    void conditionalUpdateOfSeveralIsRefusedWithItsReason(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        desk.create(desk.observation(number, "one"));
        desk.create(desk.observation(number, "two"));

        var refused =
                desk.clinic.put("/Observation?" + Desk.condition(number), desk.observation(number, "three"), Map.of());

        assertThat(refused.expect(412).text()).contains("condition-ambiguous");
    }

    @EachDatabase
    void ifNoneMatchStarWritesOnlyWhereNothingStands(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var path = "/Observation?" + Desk.condition(number);
        var onlyNew = Map.of("If-None-Match", "*");

        desk.clinic.put(path, desk.observation(number, "one"), onlyNew).expect(201);

        assertThat(Desk.code(desk.clinic
                        .put(path, desk.observation(number, "two"), onlyNew)
                        .expect(412)))
                .isEqualTo("condition-met");
        desk.clinic
                .put(path, desk.observation(number, "two"), Map.of("If-None-Match", "W/\"1\""))
                .expect(400);
    }

    @EachDatabase
    void conditionalUpdateHonoursIfMatchAndAnIdThatFits(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var path = "/Observation?" + Desk.condition(number);
        var id = desk.create(desk.observation(number, "one")).reference().split("/", 2)[1];

        desk.clinic
                .put(path, desk.observation(number, "two"), Map.of("If-Match", "W/\"7\""))
                .expect(412);
        desk.clinic
                .put(path, withId(desk.observation(number, "two"), Desk.number()), Map.of())
                .expect(400);
        desk.clinic
                .put(path, withId(desk.observation(number, "two"), id), Map.of("If-Match", "W/\"1\""))
                .expect(200);
    }

    @EachDatabase
    void parallelConditionalUpdatesMakeOneResource(Database database) throws Exception {
        var desk = new Desk(database);
        var number = Desk.number();
        var path = "/Observation?" + Desk.condition(number);
        var calls = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 8; i++) {
            var note = "writer " + i;
            calls.add(() -> desk.clinic.put(path, desk.observation(number, note), Map.of()));
        }

        var pool = Executors.newFixedThreadPool(8);
        var answers = new ArrayList<Answer>();
        for (var call : pool.invokeAll(calls)) {
            answers.add(call.get());
        }
        pool.shutdown();

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(answers)
                .extracting(Answer::reference)
                .containsOnly(answers.get(0).reference());
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    }

    @EachDatabase
    void aResourceIsCreatedUnderItsOwnIdentifierOnly(Database database) {
        var desk = new Desk(database);
        var other = desk.observation(Desk.number(), "other");

        var create =
                desk.clinic.send("POST", "/Observation", other, Map.of("If-None-Exist", Desk.condition(Desk.number())));
        var update = desk.clinic.put("/Observation?" + Desk.condition(Desk.number()), other, Map.of());
        var vague = desk.clinic.put("/Observation?status=final&subject=" + desk.patient, other, Map.of());

        assertThat(Desk.code(create.expect(422))).isEqualTo("condition-identifier-missing");
        assertThat(Desk.code(update.expect(422))).isEqualTo("condition-identifier-missing");
        assertThat(vague.expect(412).text()).contains("if-none-exist-invalid");
    }

    @EachDatabase
    void anIdentifierThatWasTakenAwayIsFreeAgain(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var condition = Map.of("If-None-Exist", Desk.condition(number));
        var first = desk.clinic
                .send("POST", "/Observation", desk.observation(number, "one"), condition)
                .expect(201);
        var id = first.reference().split("/", 2)[1];
        desk.clinic
                .put("/" + first.reference(), withId(desk.observation(Desk.number(), "one"), id), Map.of())
                .expect(200);

        var second = desk.clinic.send("POST", "/Observation", desk.observation(number, "two"), condition);

        assertThat(second.expect(201).reference()).isNotEqualTo(first.reference());
    }

    @EachDatabase
    void conditionalDeleteTakesOneAndRefusesSeveral(Database database) {
        var desk = new Desk(database);
        var number = Desk.number();
        var path = "/Appointment?" + Desk.condition(number);
        var first = desk.create(desk.appointment(number)).reference();
        var second = desk.create(desk.appointment(number)).reference();

        desk.clinic.delete(path).expect(412);
        desk.clinic.delete("/" + second).expect(204);
        Desk.assertHeaders(desk.clinic.delete(path).expect(204), 2);

        desk.clinic.get("/" + first).expect(410);
        desk.clinic.delete(path).expect(204);
    }

    @EachDatabase
    void conditionsThatAreNoneAreRefused(Database database) {
        var desk = new Desk(database);
        var body = desk.observation(Desk.number(), "x");

        for (var query : List.of("colour=red", "_sort=date", "_count=1", "identifier=")) {
            assertThat(desk.clinic.put("/Observation?" + query, body, Map.of()).status())
                    .as(query)
                    .isEqualTo(400);
        }
        desk.clinic.put("/Observation?", body, Map.of()).expect(400);
        desk.clinic.delete("/Appointment?_sort=date").expect(400);
    }

    @EachDatabase
    void conditionalFormsWorkInTransactionsAndBatches(Database database) {
        var desk = new Desk(database);
        for (var type : List.of("transaction", "batch")) {
            var number = Desk.number();
            var gone = Desk.number();
            desk.create(desk.appointment(gone));
            var put = Desk.entry("PUT", "Observation?" + Desk.condition(number), desk.observation(number, "x"));
            var delete = Desk.entry("DELETE", "Appointment?" + Desk.condition(gone), "");

            var first = desk.clinic.bundle(Desk.bundle(type, put, delete)).expect(200);
            var again = desk.clinic.bundle(Desk.bundle(type, put, delete)).expect(200);

            assertThat(Desk.statuses(first)).as(type).containsExactly(201, 204);
            assertThat(Desk.statuses(again)).as(type).containsExactly(200, 204);
        }
    }

    @EachDatabase
    void conditionalReferencesFindOneOrAreRefusedByEntry(Database database) {
        var desk = new Desk(database);
        var one = Desk.number();
        var several = Desk.number();
        var appointment = desk.create(desk.appointment(one)).reference();
        desk.create(desk.appointment(several));
        desk.create(desk.appointment(several));
        var communication =
                """
                {"resourceType":"Communication","status":"completed","subject":{"reference":"%s"},\
                "about":[{"reference":"Appointment?identifier=urn:desk|%s"}]}""";

        var found = desk.clinic
                .send(
                        "POST",
                        "",
                        Desk.bundle(
                                "transaction",
                                Desk.entry("POST", "Communication", communication.formatted(desk.patient, one))),
                        Map.of("Prefer", "return=representation"))
                .expect(200);

        assertThat(found.text()).contains("\"" + appointment + "\"");
        for (var number : List.of(several, Desk.number())) {
            var refused = desk.clinic
                    .bundle(Desk.bundle(
                            "transaction",
                            Desk.entry("POST", "Communication", communication.formatted(desk.patient, number))))
                    .expect(422);
            assertThat(Desk.expression(refused)).isEqualTo("Bundle.entry[0].resource.about[0]");
        }
    }

    private static String withId(String resource, String id) {
        return resource.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }
}
