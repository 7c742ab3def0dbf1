package org.tenderpoint.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Searches that are refused, each by a sentence that names what to change. */
class BadSearchStoryTest {

    /** A search, our code for what is wrong with it, and what the sentence has to name. */
    private record Case(String search, String code, String named) {}

    private static final List<Case> CASES = List.of(
            new Case("/Observation?colour=blue", "search-parameter-unknown", "colour"),
            new Case("/Observation?_text=pain", "search-parameter-unknown", "_text"),
            new Case("/Observation?subject:Patient.colour=blue", "search-parameter-unknown", "colour"),
            new Case("/Observation?code:text=pain", "search-modifier-unknown", "code:text"),
            new Case("/Observation?code:above=1", "search-modifier-unknown", "code:above"),
            new Case("/Observation?date:exact=2026", "search-modifier-unknown", "date:exact"),
            new Case("/Observation?value-quantity:not=5", "search-modifier-unknown", "value-quantity:not"),
            new Case("/Observation?subject:Organization=1", "search-modifier-unknown", "subject:Organization"),
            new Case("/Patient?family:below=a", "search-modifier-unknown", "family:below"),
            new Case("/Patient?_id:exact=a", "search-modifier-unknown", "_id:exact"),
            new Case("/Observation?code-value-quantity:missing=true", "search-modifier-unknown", ":missing"),
            new Case("/Observation?code:of-type=a|b|c", "search-modifier-unknown", "code:of-type"),
            new Case("/Patient?identifier:of-type=a|b", "search-value-invalid", "identifier"),
            new Case("/Observation?code:missing=perhaps", "search-value-invalid", "code:missing"),
            new Case("/Observation?code=", "search-value-invalid", "code"),
            new Case("/Observation?code=a,,b", "search-value-invalid", "code"),
            new Case("/Observation?code=a|b|c", "search-value-invalid", "code"),
            new Case("/Observation?date=yesterday", "search-value-invalid", "date"),
            new Case("/Observation?date=2026-13", "search-value-invalid", "date"),
            new Case("/Observation?_lastUpdated=xx2026", "search-value-invalid", "_lastUpdated"),
            new Case("/Observation?value-quantity=much", "search-value-invalid", "value-quantity"),
            new Case("/Observation?value-quantity=1e1000000", "search-value-invalid", "value-quantity"),
            new Case("/Observation?value-quantity=5|kg", "search-value-invalid", "value-quantity"),
            new Case("/Observation?code-value-quantity=1-1", "search-value-invalid", "code-value-quantity"),
            new Case("/Observation?code-value-quantity=1-1$2$3", "search-value-invalid", "code-value-quantity"),
            new Case("/Observation?code:in=http://example.org/x", "search-value-set-unknown", "http://example.org/x"),
            new Case("/Observation?code.text=a", "search-chain-unknown", "code"),
            new Case("/Task?focus.code=a", "search-chain-unknown", "focus:Procedure"),
            new Case("/Observation?subject:Encounter.class=a", "search-chain-unknown", "subject:Encounter"),
            new Case("/Observation?performer.birthplace=a", "search-chain-unknown", "performer"),
            new Case("/Observation?encounter:Encounter.part-of.part-of.status=a", "search-chain-too-long", "2 hops"),
            new Case("/Patient?_has:Observation:code=a", "search-has-invalid", "_has:Type:reference:parameter"),
            new Case("/Patient?_has:Observation:code:date=a", "search-has-invalid", "Observation"),
            new Case("/Patient?_has:Specimen:patient:_id=a", "search-has-invalid", "_has:Specimen"),
            new Case("/Patient?_has:Encounter:subject:status:in=a", "search-value-set-unknown", "a"),
            new Case("/Observation?_sort=subject", "sort-unknown", "_sort"),
            new Case("/Observation?_sort=date,code,status,category,method,identifier", "search-too-costly", "5 keys"),
            new Case("/Observation?_count=-1", "count-invalid", "_count"),
            new Case("/Observation?_total=maybe", "total-invalid", "_total"),
            new Case("/Observation?_include=Observation:code", "include-invalid", "_include"),
            new Case("/Observation?_include=Encounter:subject", "include-invalid", "_include:iterate"),
            new Case("/Observation?_include:sometimes=Observation:subject", "search-parameter-unknown", "_include"),
            new Case("/Patient?_revinclude=Encounter:part-of", "include-invalid", "_revinclude"),
            new Case("/Observation?" + "code=a&".repeat(30) + "code=a", "search-too-costly", "30 criteria"),
            new Case("/Observation?code=a" + ",a".repeat(100), "search-too-costly", "100 values"),
            new Case(
                    "/Patient/5b0e0f0c-0000-4000-8000-000000000000/Organization",
                    "compartment-invalid",
                    "Organization"));

    @EachDatabase
    void badSearchesAreRefusedByName(Database database) {
        var clinic = Server.on(database).as("demo-clinic");
        var differing = new ArrayList<String>();

        for (var bad : CASES) {
            var answer = clinic.get(bad.search);
            var issue = answer.json().path("issue").path(0);
            if (answer.status() != 400
                    || !issue.at("/details/coding/0/code").asText().equals(bad.code)
                    || !issue.path("diagnostics").asText().contains(bad.named)) {
                differing.add(bad + " got " + answer.status() + " " + issue);
            }
        }

        assertThat(differing).isEmpty();
    }

    @EachDatabase
    void searchThatTakesTooLongSaysWhatToNarrow(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        clinic.get("/Observation?code=1-1").expect(200);

        server.roundTrips().failAt(1, new SQLException("canceling statement due to user request", "57014"));
        var answer = clinic.get("/Observation?code=1-1");

        assertThat(answer.expect(503).text()).contains("search-too-slow").contains("name the patient");
    }
}
