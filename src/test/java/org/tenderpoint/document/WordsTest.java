package org.tenderpoint.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aCodeThatIsKnownIsSaidInOurOwnWords() {
        var site = new CodeableConcept(new Coding("http://snomed.info/sct", "6001004", "something else"));

        assertThat(Words.coded(site)).contains("Quadratus lumborum");
    }

    @Test
    void textDisplaysAndInventedCodesAreNotWords() {
        var invented = new CodeableConcept(new Coding(Words.MASSAGE, "secret-depressed-patient", "Secret"))
                .addCoding(new Coding("http://elsewhere.example", "SECRET4", "Secret"))
                .setText("Secret");

        assertThat(Words.coded(invented)).isEmpty();
    }

    @Test
    void everyCodeOfTheMassageCodeSystemHasItsDisplayAsWord() throws IOException {
        var system = JSON.readTree(Path.of("profiles/fsh-generated/resources/CodeSystem-massage.json")
                .toFile());
        var displays = new TreeMap<String, String>();
        collect(system.path("concept"), displays);

        assertThat(displays).isNotEmpty();
        displays.forEach(
                (code, display) -> assertThat(Words.coded(new CodeableConcept(new Coding(Words.MASSAGE, code, null))))
                        .contains(display));
    }

    private static void collect(JsonNode concepts, TreeMap<String, String> displays) {
        concepts.forEach(concept -> {
            displays.put(concept.path("code").asText(), concept.path("display").asText());
            collect(concept.path("concept"), displays);
        });
    }
}
