package org.tenderpoint.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/**
 * The examples of R4's search page that concern our types, each with the sentence that stands beside it. The ids of the page
 * are those of the fixtures, and a tag keeps everybody else's resources out.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html">search</a>
 */
class SpecificationExamplesStoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String DAY = "Observation?code=http://acme.org/examples|day&date=";
    private static final String TIME = "Observation?code=http://acme.org/examples|time&date=";
    private static final String PERIOD = "Observation?code=http://acme.org/examples|period&date=";
    private static final String NUMBER = "Observation?code=http://acme.org/examples|number&value-quantity=";
    private static final String DOSE = "Observation?code=http://acme.org/examples|dose&value-quantity=";

    /**
     * An example.
     *
     * @param url as on the page; a name in braces stands for the id of that fixture
     * @param finds names of fixtures; what is included, too
     * @param sentence what the page says of it
     */
    private record Example(String url, String finds, String sentence) {}

    private static final List<Example> EXAMPLES = List.of(
            // 3.1.1.4 parameters for all resources
            new Example("Patient?_id={eve}", "eve", "there can only be one"),
            new Example("Patient?_lastUpdated=lt2010-10-01", "", "changed before that day"),
            new Example("Condition?_tag=http://acme.org/codes|needs-review", "ha125", "tagged in this way"),
            // 3.1.1.5.1 modifiers
            new Example(
                    "Patient?gender:missing=true",
                    "severine peter",
                    "all the resources that don't have a value for the gender"),
            new Example("Patient?gender:missing=false", "eve evelyn shouted steve", "those that have a value"),
            // 3.1.1.4.4 numbers: implicit precision
            new Example(NUMBER + "100", "number-99.5 number-100 number-100.004", "in the range [99.5 ... 100.5)"),
            new Example(NUMBER + "100.00", "number-100 number-100.004", "in the range [99.995 ... 100.005)"),
            new Example(NUMBER + "lt100", "number-99.5", "values that are less than exactly 100"),
            new Example(NUMBER + "le100", "number-99.5 number-100", "values that are less or equal to exactly 100"),
            new Example(NUMBER + "gt100", "number-100.004 number-100.5", "values that are greater than exactly 100"),
            new Example(
                    NUMBER + "ge100",
                    "number-100 number-100.004 number-100.5",
                    "values that are greater or equal to exactly 100"),
            new Example(NUMBER + "ne100", "number-100.5", "values that are not equal to 100, to 3 significant figures"),
            // 3.1.1.4.5 dates
            new Example(
                    DAY + "eq2013-01-14",
                    "midnight ten",
                    "2013-01-14T00:00 matches (obviously); 2013-01-14T10:00 matches; 2013-01-15T00:00 does not match"),
            new Example(
                    DAY + "ne2013-01-14",
                    "next-midnight",
                    "2013-01-15T00:00 matches - it's not in the range; 2013-01-14T00:00 and T10:00 do not match"),
            new Example(
                    TIME + "lt2013-01-14T10:00",
                    "whole-day",
                    "the time 2013-01-14 matches, because it includes the part of 14-Jan 2013 before that time"),
            new Example(
                    TIME + "gt2013-01-14T10:00",
                    "whole-day",
                    "the time 2013-01-14 matches, because it includes the part of 14-Jan 2013 after that time"),
            new Example(
                    PERIOD + "ge2013-03-14",
                    "from-21-jan from-15-mar on-14-mar",
                    "\"from 21-Jan 2013 onwards\" is included because that period may include times after 14-Mar 2013"),
            new Example(
                    PERIOD + "le2013-03-14",
                    "from-21-jan to-21-jan on-14-mar",
                    "\"from 21-Jan 2013 onwards\" is included because that period may include times before 14-Mar 2013"),
            new Example(
                    PERIOD + "sa2013-03-14",
                    "from-15-mar",
                    "\"from 15-Mar 2013 onwards\" is included, \"from 21-Jan 2013 onwards\" and \"before and including"
                            + " 21-Jan 2013\" are not"),
            new Example(
                    PERIOD + "eb2013-03-14",
                    "to-21-jan",
                    "\"before and including 21-Jan 2013\" is included because that period ends before 14-Mar 2013"),
            new Example(
                    "Patient?birthdate=ge2010-01-01&birthdate=le2011-12-31",
                    "eve evelyn",
                    "and: the whole of two years, both ends included"),
            // 3.1.1.4.6 strings
            new Example(
                    "Patient?given=eve",
                    "eve evelyn shouted",
                    "\"eve\" at the start of the name. This would include patients with the given name \"Eve\", \"Evelyn\""),
            new Example(
                    "Patient?given:contains=eve",
                    "eve evelyn severine shouted steve",
                    "\"eve\" at any position. This would include \"Eve\", \"Evelyn\", and also \"Severine\""),
            new Example(
                    "Patient?given:exact=Eve",
                    "eve",
                    "exactly \"Eve\". Note: this would not include patients with the given name \"eve\" or \"EVE\""),
            // 3.1.1.4.8 and 3.1.1.4.10 tokens
            new Example("Patient?identifier=http://acme.org/patient|2345", "eve", "the identifier with that system"),
            new Example("Patient?gender=male", "evelyn steve", "any patient with a gender that has the code \"male\""),
            new Example(
                    "Patient?gender:not=male",
                    "eve severine shouted peter",
                    "does not have the code \"male\"; those without a gender are returned"),
            new Example("Patient?active=true", "eve evelyn", "any patients that are active"),
            new Example("Condition?code=http://acme.org/conditions/codes|ha125", "ha125", "code and system"),
            new Example(
                    "Condition?code=ha125",
                    "ha125 ha125-elsewhere",
                    "irrespective of the code system: \"ha125\" in whatever system"),
            new Example("Composition?section=48765-2", "with-allergies", "contains an Allergies section"),
            new Example(
                    "Composition?section:not=48765-2",
                    "without-allergies",
                    "does not contain an Allergies section; not \"any section that is not an Allergies section\""),
            new Example(
                    "Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|446053",
                    "evelyn",
                    "the medical record number 446053"),
            // 3.1.1.4.11 quantities
            new Example(
                    DOSE + "5.4|http://unitsofmeasure.org|mg",
                    "mg-5.4 mg-5.35",
                    "a value of 5.4(+/-0.05) mg where mg is understood as a UCUM unit"),
            new Example(
                    DOSE + "5.4||mg",
                    "mg-5.4 mg-5.35 unit-mg-5.4",
                    "where the unit - either the code or the stated human unit - is \"mg\""),
            new Example(DOSE + "5.4", "mg-5.4 mg-5.35 unit-mg-5.4", "a value of 5.4(+/-0.05) irrespective of the unit"),
            new Example(
                    DOSE + "5.40e-3|http://unitsofmeasure.org|g",
                    "g-0.0054",
                    "a value of 0.0054(+/-0.00005) g where g is understood as a UCUM unit"),
            new Example(
                    DOSE + "le5.4|http://unitsofmeasure.org|mg",
                    "mg-5.4 mg-5.35",
                    "less than or equal to 5.4 mg exactly"),
            new Example(
                    DOSE + "ap5.4|http://unitsofmeasure.org|mg",
                    "mg-5.4 mg-5.35 mg-5.45 mg-5.9",
                    "about 5.4 mg; 10% is recommended"),
            // 3.1.1.4.12 references
            new Example(
                    "Observation?subject=Patient/{evelyn}", "of-evelyn by-number", "a relative reference: type and id"),
            new Example("Observation?subject:Patient={evelyn}", "of-evelyn by-number", "the same with a modifier"),
            new Example("Observation?patient={evelyn}", "of-evelyn by-number", "the type is known from the parameter"),
            new Example(
                    "Observation?subject={base}/Patient/{evelyn}",
                    "of-evelyn by-number",
                    "an absolute URL of this server is the same as the relative one"),
            new Example(
                    "Observation?subject:identifier=http://acme.org/fhir/identifier/mrn|123456",
                    "by-number",
                    "observations where the subject is identified by that number, wherever the patient may be"),
            // 3.1.1.4.14 chains
            new Example(
                    "Condition?subject:Patient.name=peter",
                    "headache-of-peter",
                    "of patients whose name starts with peter"),
            new Example("Condition?patient.name=peter", "headache-of-peter", "the same, the type being known"),
            new Example(
                    "Patient?general-practitioner:Practitioner.name=Joe&general-practitioner:Practitioner.address-state=MN",
                    "eve",
                    "patients with a general practitioner named Joe and one in Minnesota"),
            // 3.1.1.4.15 reverse chains
            new Example(
                    "Patient?_has:Observation:patient:code=1234-4",
                    "evelyn",
                    "at least one observation with that code refers to the patient"),
            new Example(
                    "Encounter?patient._has:Group:member:_id={group-102}",
                    "visit-of-eve",
                    "encounters of patients that are members of that group"),
            // 3.1.1.4.16 or, and, escapes
            new Example(
                    "Patient?language=fr,nl", "eve severine", "patients who speak French or Dutch (comma means or)"),
            new Example("Patient?language=fr&language=nl", "eve", "speaks both languages (repeating means and)"),
            new Example(
                    "Patient?language=fr,en&language=nl",
                    "eve severine",
                    "people who speak Dutch as well as at least one of English or French"),
            new Example("Patient?given=steve\\, \\$2\\|3", "steve", "\\, \\$ and \\| stand for themselves"),
            // 3.1.1.4.17 composites
            new Example(
                    "Observation?component-code-value-quantity=http://loinc.org|8480-6$lt60",
                    "systolic-55",
                    "a systolic blood pressure < 60; in the same component"),
            new Example(
                    "Group?characteristic-value=gender$mixed",
                    "group-102",
                    "a characteristic \"gender\" with a value of \"mixed\", in the same characteristic"),
            // 3.1.1.5.4 includes
            new Example(
                    "MedicationRequest?_include=MedicationRequest:patient",
                    "prescription peter",
                    "the patient who is the subject comes along"),
            new Example(
                    "MedicationRequest?_include=MedicationRequest:requester:Practitioner",
                    "prescription joe",
                    "the requester comes along where it is a Practitioner"),
            new Example(
                    "Observation?code=http://acme.org/examples|dose&value-quantity=5.4|http://unitsofmeasure.org|mg"
                            + "&_revinclude=Provenance:target",
                    "mg-5.4 mg-5.35 signature",
                    "the Provenance resources that refer to the matches come along"));

    /** The fixtures in one server. */
    private record Fixtures(Client clinic, String base, String mark, Map<String, String> ids) {

        static Fixtures in(Server server) {
            var mark = UUID.randomUUID().toString();
            var ids = new HashMap<String, String>();
            send(server.as("demo-ehr"), "specification-examples-referral.json", mark, ids);
            send(server.as("demo-clinic"), "specification-examples.json", mark, ids);
            return new Fixtures(server.as("demo-clinic"), server.url() + "/fhir", mark, ids);
        }

        private static void send(Client client, String file, String mark, Map<String, String> ids) {
            try (var stream = SpecificationExamplesStoryTest.class.getResourceAsStream("/search/" + file)) {
                var bundle = JSON.readTree(stream);
                var answers = client.bundle(bundle.toString().replace("MARK", mark))
                        .expect(200)
                        .json()
                        .path("entry");
                for (int i = 0; i < answers.size(); i++) {
                    ids.put(
                            name(bundle.path("entry").path(i).path("resource")),
                            answers.path(i).at("/response/location").asText().split("/", -1)[1]);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String name(JsonNode resource) {
            return resource.at("/meta/tag/0/display").asText();
        }

        /** The names of what a search finds and includes. */
        List<String> found(String search) {
            var filled = search.replace("{base}", base);
            for (var id : ids.entrySet()) {
                filled = filled.replace("{" + id.getKey() + "}", id.getValue());
            }
            var answer = clinic.get("/" + filled.replace("\\", "%5C") + "&_tag=urn:tenderpoint:examples|" + mark);
            if (answer.status() != 200) {
                return List.of(answer.status() + " " + answer.text());
            }
            var names = new ArrayList<String>();
            answer.json().path("entry").forEach(entry -> names.add(name(entry.path("resource"))));
            return names;
        }
    }

    @EachDatabase
    void everyExampleFindsWhatItsSentenceSays(Database database) {
        var fixtures = Fixtures.in(Server.on(database));

        var each = new SoftAssertions();
        for (var example : EXAMPLES) {
            each.assertThat(new TreeSet<>(fixtures.found(example.url())))
                    .as("%s: %s", example.url(), example.sentence())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(example.finds().split(" "))
                                    .filter(name -> !name.isEmpty())
                                    .toList());
        }
        each.assertAll();
    }

    /** "Observation?_sort=status,-date,category": by status, newest first within it, by category within that. */
    @EachDatabase
    void rowsAreSortedByEachKeyInTurn(Database database) {
        var fixtures = Fixtures.in(Server.on(database));

        var days = fixtures.found("Observation?code=http://acme.org/examples|day&_sort=status,-date,category");

        assertThat(days).containsExactly("next-midnight", "ten", "midnight");
    }
}
