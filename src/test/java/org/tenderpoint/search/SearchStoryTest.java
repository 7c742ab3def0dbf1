package org.tenderpoint.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** What a search finds, form by form. */
class SearchStoryTest {

    /** A search and the names of what it finds, in any order; ids are filled in for braces. */
    private record Case(String search, List<String> found) {}

    private static Case finds(String search, String... found) {
        return new Case(search, List.of(found));
    }

    private static final String OF_PATIENT = "/Observation?patient={patient}&";
    private static final String MASSAGE = "https://tenderpoint.org/fhir/ValueSet/";

    private static final List<Case> TOKENS = List.of(
            finds(OF_PATIENT + "code=29463-7", "pain", "worse"),
            finds(OF_PATIENT + "code=http://loinc.org|29463-7", "pain", "worse"),
            finds(OF_PATIENT + "code=|29463-7"),
            finds(OF_PATIENT + "code=http://loinc.org|", "pain", "worse", "pressure", "point", "panel"),
            finds(OF_PATIENT + "code=29463-7,85354-9", "pain", "worse", "pressure"),
            finds(OF_PATIENT + "code=29463-7&code=85354-9"),
            finds(OF_PATIENT + "code:not=29463-7", "pressure", "point", "panel"),
            finds(OF_PATIENT + "code:not=29463-7,85354-9", "point", "panel"),
            finds(OF_PATIENT + "value-concept:missing=false", "point"),
            finds(OF_PATIENT + "value-concept:missing=true&value-quantity:missing=true", "pressure", "panel"),
            finds(OF_PATIENT + "value-concept:in=" + MASSAGE + "trigger-point-state", "point"),
            finds(OF_PATIENT + "value-concept:in=" + MASSAGE + "massage", "point"),
            finds(OF_PATIENT + "value-concept:in=" + MASSAGE + "laterality"),
            finds(
                    OF_PATIENT + "value-concept:not-in=" + MASSAGE + "trigger-point-state",
                    "pain",
                    "worse",
                    "pressure",
                    "panel"),
            finds(OF_PATIENT + "_tag=https://t.example.org|a%5C,b", "point"),
            finds(OF_PATIENT + "_tag=a,b"),
            finds(OF_PATIENT + "_tag:missing=true", "pain", "worse", "pressure", "panel"),
            finds("/Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|P-{number}", "patient"),
            finds("/Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|SS|P-{number}"),
            finds("/Patient?email={number}@example.org", "patient"),
            finds("/Patient?phone={number}@example.org"),
            finds("/Patient?identifier=P-{number}&deceased=false", "patient"));

    private static final List<Case> STRINGS = List.of(
            finds("/Patient?family=muller%5C, {number}", "patient"),
            finds("/Patient?family:exact=muller%5C, {number}"),
            finds("/Patient?family:exact=M%C3%BCller%5C, {number}", "patient"),
            finds("/Patient?family:contains={number}", "patient"),
            finds("/Patient?family={number}"),
            finds("/Patient?name:contains={number}&given=RENEE", "patient"),
            finds("/Patient?name:contains={number}&address-city=port&address-postalcode=97201", "patient"),
            finds(OF_PATIENT + "value-string=better", "panel"));

    private static final List<Case> DATES = List.of(
            finds(OF_PATIENT + "date=2026-03", "pain", "worse", "pressure"),
            finds(OF_PATIENT + "date=2026-03-09T10:05:00Z", "pain"),
            finds(OF_PATIENT + "date=2026-03-09T11:05:00%2B01:00", "pain"),
            finds(OF_PATIENT + "date=ne2026-03", "point", "panel"),
            finds(OF_PATIENT + "date=gt2026-03-09", "worse", "point", "panel"),
            finds(OF_PATIENT + "date=ge2026-03-10&date=lt2026-04", "worse"),
            finds(OF_PATIENT + "date=lt2026-03-09T12:00:00Z", "pain", "pressure"),
            finds(OF_PATIENT + "date=le2026-03-09", "pain", "pressure"),
            finds(OF_PATIENT + "date=sa2026-03-09", "worse", "point", "panel"),
            finds(OF_PATIENT + "date=sa2026-04-10", "panel"),
            finds(OF_PATIENT + "date=eb2026-04", "pain", "worse", "pressure"),
            finds(OF_PATIENT + "date=ap2026-05-01&date=gt2026-04", "panel"),
            finds(OF_PATIENT + "_lastUpdated=gt2100"),
            finds("/Encounter?patient={patient}&date=2026-03-09", "visit"),
            finds("/Encounter?patient={patient}&date=sa2026-03-09T10:30:00Z"),
            finds("/Encounter?patient={patient}&date=gt2026-03-09T10:30:00Z", "visit"));

    private static final List<Case> QUANTITIES = List.of(
            finds(OF_PATIENT + "value-quantity=5.4", "pain"),
            finds(OF_PATIENT + "value-quantity=5", "pain"),
            finds(OF_PATIENT + "value-quantity=5.40", "pain"),
            finds(OF_PATIENT + "value-quantity=5.3"),
            finds(OF_PATIENT + "value-quantity=6"),
            finds(OF_PATIENT + "value-quantity=ne7", "pain"),
            finds(OF_PATIENT + "value-quantity=gt5.4", "worse"),
            finds(OF_PATIENT + "value-quantity=ge5.4", "pain", "worse"),
            finds(OF_PATIENT + "value-quantity=lt7", "pain"),
            finds(OF_PATIENT + "value-quantity=le7", "pain", "worse"),
            finds(OF_PATIENT + "value-quantity=ap6.9", "worse"),
            finds(OF_PATIENT + "value-quantity=7|http://unitsofmeasure.org|kg", "worse"),
            finds(OF_PATIENT + "value-quantity=7||kilos", "worse"),
            finds(OF_PATIENT + "value-quantity=7||kg", "worse"),
            finds(OF_PATIENT + "value-quantity=7|http://unitsofmeasure.org|mm"),
            finds(OF_PATIENT + "combo-value-quantity=ge7", "worse", "pressure"));

    private static final List<Case> COMPOSITES = List.of(
            finds(OF_PATIENT + "code-value-quantity=29463-7$gt6", "worse"),
            finds(
                    OF_PATIENT + "code-value-quantity=http://loinc.org|29463-7$5.4,http://loinc.org|29463-7$7",
                    "pain",
                    "worse"),
            finds(OF_PATIENT + "code-value-quantity=85354-9$gt6"),
            finds(OF_PATIENT + "component-code-value-quantity=8480-6$120", "pressure"),
            finds(OF_PATIENT + "component-code-value-quantity=8480-6$80"),
            finds(OF_PATIENT + "component-code=8480-6&component-value-quantity=80", "pressure"),
            finds(OF_PATIENT + "combo-code-value-quantity=8462-4$lt90", "pressure"),
            finds(OF_PATIENT + "combo-code-value-quantity=29463-7$lt6", "pain"),
            finds(OF_PATIENT + "combo-code-value-quantity=85354-9$lt90"),
            finds(OF_PATIENT + "code-value-concept=9999-4$active-trigger-point", "point"),
            finds(OF_PATIENT + "code-value-concept=9999-4$latent-trigger-point"),
            finds(OF_PATIENT + "code-value-string=8888-0$better", "panel"));

    private static final List<Case> REFERENCES = List.of(
            finds("/Observation?subject=Patient/{patient}&code=85354-9", "pressure"),
            finds("/Observation?subject:Patient={patient}&code=85354-9", "pressure"),
            finds("/Observation?subject={base}/Patient/{patient}&code=85354-9", "pressure"),
            finds("/Observation?subject=https://other.example.org/Patient/{patient}&code=85354-9"),
            finds("/Observation?subject=Patient/{patient}/_history/1&code=85354-9", "pressure"),
            finds("/Observation?has-member={worse}", "panel"),
            finds("/Observation?has-member=Observation/{worse},Observation/{pain}", "panel"),
            finds("/Observation?has-member=QuestionnaireResponse/{worse}"),
            finds(OF_PATIENT + "performer:identifier=https://clinic.example.org/staff|S-{number}", "point"),
            finds(OF_PATIENT + "has-member:missing=false", "panel"),
            finds(OF_PATIENT + "performer:missing=false", "point"),
            finds(
                    "/Encounter?patient={patient}&practitioner:identifier=https://clinic.example.org/staff|T-{number}",
                    "visit"),
            finds("/Encounter?patient={patient}&practitioner:identifier=https://clinic.example.org/staff|S-{number}"),
            finds("/Observation?_id={pain},{worse}", "pain", "worse"),
            finds(OF_PATIENT + "_id:not={pain}", "worse", "pressure", "point", "panel"));

    private static final List<Case> URIS = List.of(
            finds(OF_PATIENT + "_source=https://clinic.example.org/tablet/1", "point"),
            finds(OF_PATIENT + "_source:below=https://clinic.example.org/tablet", "point"),
            finds(OF_PATIENT + "_source:below=https://clinic.example.org/tab"),
            finds(OF_PATIENT + "_source:above=https://clinic.example.org/tablet/1/app", "point"),
            finds(OF_PATIENT + "_source:above=https://clinic.example.org/tablet/12"));

    private static final List<Case> HOPS = List.of(
            finds("/Observation?subject:Patient.identifier=P-{number}&code=85354-9", "pressure"),
            finds("/Observation?subject.family:contains={number}&code=85354-9", "pressure"),
            finds("/Observation?encounter.identifier=V-{number}&code=85354-9", "pressure"),
            finds("/Observation?encounter:Encounter.subject:Patient.identifier=P-{number}&code=85354-9", "pressure"),
            finds("/Observation?encounter.subject.identifier=P-{number}&code=85354-9", "pressure"),
            finds("/Observation?encounter.subject.identifier=P-other&patient={patient}"),
            finds("/Patient?identifier=P-{number}&_has:Observation:patient:code=85354-9", "patient"),
            finds("/Patient?identifier=P-{number}&_has:Observation:patient:code=0000-0"),
            finds("/Observation?patient={patient}&_has:Observation:has-member:code=8888-0", "worse"),
            finds("/Patient?_has:Encounter:subject:_has:Observation:encounter:_id={panel}", "patient"),
            finds("/Encounter?subject._has:Observation:subject:_id={panel}", "visit"),
            // An encounter may be an EpisodeOfCare, too, which no Observation's encounter needs to be.
            finds("/Observation?encounter._has:Condition:encounter:_id={panel}"),
            finds("/Observation?encounter._has:Observation:encounter:_id={panel}&code=85354-9", "pressure"));

    private static final List<Case> COMPARTMENT = List.of(
            finds("/Patient/{patient}/Observation?code=85354-9", "pressure"),
            finds("/Patient/{patient}/Encounter", "visit"),
            finds("/Patient/{patient}/Patient", "patient"));

    @EachDatabase
    void compartmentOfNoPatientIsNotThere(Database database) {
        var searched = SearchedRecord.on(Server.on(database));

        searched.clinic().get(searched.filled("/Patient/{pain}/Encounter")).expect(404);
    }

    @EachDatabase
    void eachFormFindsWhatItMeans(Database database) {
        var server = Server.on(database);
        var searched = SearchedRecord.on(server);
        var differing = new ArrayList<String>();

        for (var group : List.of(TOKENS, STRINGS, DATES, QUANTITIES, COMPOSITES, REFERENCES, URIS, HOPS, COMPARTMENT)) {
            for (var search : group) {
                var answer =
                        searched.clinic().get(searched.filled(search.search).replace("{base}", server.url() + "/fhir"));
                var found = answer.status() == 200
                        ? new TreeSet<>(searched.names(answer.json(), "match")).toString()
                        : answer.status() + " " + answer.text();
                if (!found.equals(new TreeSet<>(search.found).toString())) {
                    differing.add(search.search + " found " + found + " and not " + search.found);
                }
            }
        }

        assertThat(differing).isEmpty();
    }

    @EachDatabase
    void postedParametersCountTogetherWithThoseOfTheUrl(Database database) {
        var searched = SearchedRecord.on(Server.on(database));

        var answer = searched.clinic()
                .send(
                        "POST",
                        searched.filled("/Observation/_search?patient={patient}"),
                        "code=29463-7&value-quantity=gt6",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"))
                .expect(200);

        assertThat(searched.names(answer.json(), "match")).containsExactly("worse");
    }

    @EachDatabase
    void leniencyLeavesUnknownParametersOutAndSaysSo(Database database) {
        var searched = SearchedRecord.on(Server.on(database));
        var search = searched.filled("/Observation?patient={patient}&code=85354-9&colour=blue");
        searched.clinic().get(search).expect(400);

        var answer = searched.clinic()
                .send("GET", search, null, Map.of("Prefer", "return=minimal; handling=lenient"))
                .expect(200)
                .json();

        assertThat(searched.names(answer, "match")).containsExactly("pressure");
        assertThat(answer.at("/link/0/url").asText()).contains("code=85354-9").doesNotContain("colour");
        assertThat(answer.toString()).contains("\"mode\":\"outcome\"").contains("Parameter colour is unknown");
        assertThat(answer.toString()).contains("\"severity\":\"warning\"");
    }
}
