package org.tenderpoint.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Server;

/**
 * A patient of the demonstration's clinic with a visit and a few observations, made for searching.
 *
 * @param clinic the clinic's client
 * @param number what stands in all identifiers of this record and of no other
 * @param patient {@code Patient/id}
 * @param labels a short name for each resource, by its {@code Type/id}
 */
record SearchedRecord(Client clinic, String number, String patient, Map<String, String> labels) {

    static SearchedRecord on(Server server) {
        var clinic = server.as("demo-clinic");
        var number = freshNumber();
        var sent = new ArrayList<String>();
        var names = new ArrayList<String>();
        entry(names, sent, "patient", "Patient", PATIENT);
        entry(names, sent, "visit", "Encounter", ENCOUNTER);
        entry(names, sent, "pain", "Observation", observation("29463-7", "2026-03-09T10:05:00Z", score("5.4")));
        entry(names, sent, "worse", "Observation", observation("29463-7", "2026-03-10", score("7")));
        entry(names, sent, "pressure", "Observation", observation("85354-9", "2026-03-09", PRESSURE));
        entry(names, sent, "point", "Observation", observation("9999-4", "2026-04", POINT));
        entry(names, sent, "panel", "Observation", observation("8888-0", "2026-05-01", PANEL));
        var bundle = """
                {"resourceType": "Bundle", "type": "transaction", "entry": [%s]}"""
                .formatted(String.join(",", sent))
                .replace("NUMBER", number);
        var labels = new HashMap<String, String>();
        var answers = clinic.bundle(bundle).expect(200).json().path("entry");
        for (int i = 0; i < names.size(); i++) {
            var location = answers.get(i).at("/response/location").asText();
            labels.put(location.split("/_history/", -1)[0], names.get(i));
        }
        var patient = labels.keySet().stream()
                .filter(reference -> reference.startsWith("Patient/"))
                .findFirst()
                .orElseThrow();
        return new SearchedRecord(clinic, number, patient, labels);
    }

    /** A number that nobody has used before. */
    static String freshNumber() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** The names of the matches of a search, in their order; the number and the ids are filled in. */
    List<String> found(String search) {
        return names(clinic.get(filled(search)).expect(200).json(), "match");
    }

    /** The names of what a search includes. */
    List<String> included(String search) {
        return names(clinic.get(filled(search)).expect(200).json(), "include");
    }

    /** The names of the entries of one mode. */
    List<String> names(JsonNode bundle, String mode) {
        var names = new ArrayList<String>();
        for (var entry : bundle.path("entry")) {
            if (entry.at("/search/mode").asText().equals(mode)) {
                var resource = entry.path("resource");
                var reference = resource.path("resourceType").asText() + "/"
                        + resource.path("id").asText();
                names.add(labels.getOrDefault(reference, reference));
            }
        }
        return names;
    }

    /** A search with this record's ids: {@code {patient}}, {@code {number}} and the resources' names. */
    String filled(String search) {
        var text = search.replace("{number}", number);
        for (var label : labels.entrySet()) {
            text = text.replace("{" + label.getValue() + "}", label.getKey().split("/", -1)[1]);
        }
        return text;
    }

    private static void entry(List<String> names, List<String> sent, String name, String type, String resource) {
        names.add(name);
        sent.add(
                """
                {"fullUrl": "urn:uuid:%s", "resource": %s, "request": {"method": "POST", "url": "%s"}}"""
                        .formatted(urn(name), resource, type));
    }

    private static UUID urn(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static final String PATIENT =
            """
            {"resourceType": "Patient", "active": true, "gender": "female", "birthDate": "1971-05-04",
             "identifier": [{"system": "https://clinic.example.org/p", "value": "P-NUMBER", "type": {"coding": [
               {"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}}],
             "name": [{"family": "M\u00fcller, NUMBER", "given": ["Ren\u00e9e"]}],
             "telecom": [{"system": "phone", "value": "+1-555-NUMBER"}, {"system": "email", "value": "NUMBER@example.org"}],
             "address": [{"city": "Portland", "postalCode": "97201"}]}""";

    private static final String ENCOUNTER =
            """
            {"resourceType": "Encounter", "status": "finished",
             "identifier": [{"system": "https://clinic.example.org/visit", "value": "V-NUMBER"}],
             "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
             "subject": {"reference": "urn:uuid:%s"},
             "participant": [{"individual": {
               "reference": "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999901017",
               "identifier": {"system": "https://clinic.example.org/staff", "value": "T-NUMBER"}}}],
             "period": {"start": "2026-03-09T10:00:00Z", "end": "2026-03-09T11:00:00Z"}}"""
                    .formatted(urn("patient"));

    private static final String PRESSURE =
            """
            "component": [
              {"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
               "valueQuantity": {"value": 120, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}},
              {"code": {"coding": [{"system": "http://loinc.org", "code": "8462-4"}]},
               "valueQuantity": {"value": 80, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}}]""";

    private static final String POINT =
            """
            "meta": {"source": "https://clinic.example.org/tablet/1", "tag": [{"system": "https://t.example.org", "code": "a,b"}]},
            "performer": [{"identifier": {"system": "https://clinic.example.org/staff", "value": "S-NUMBER"}}],
            "valueCodeableConcept": {"coding": [{
              "system": "https://tenderpoint.org/fhir/CodeSystem/massage", "code": "active-trigger-point"}]}""";

    private static final String PANEL =
            """
            "valueString": "Better after NUMBER", "hasMember": [{"reference": "urn:uuid:%s"}]"""
                    .formatted(urn("worse"));

    private static String score(String value) {
        return """
                "valueQuantity": {"value": %s, "unit": "kilos", "system": "http://unitsofmeasure.org", "code": "kg"}"""
                .formatted(value);
    }

    private static String observation(String code, String date, String rest) {
        return """
                {"resourceType": "Observation", "status": "final",
                 "code": {"coding": [{"system": "http://loinc.org", "code": "%s"}]},
                 "subject": {"reference": "urn:uuid:%s"}, "encounter": {"reference": "urn:uuid:%s"},
                 "effectiveDateTime": "%s", %s}"""
                .formatted(code, urn("patient"), urn("visit"), date, rest);
    }
}
