package org.tenderpoint.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records and what screening says of them. */
class ScreeningTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void recordIsScreened(String name, JsonNode vector, LocalDate today) {
        var record = new ArrayList<Resource>();
        vector.path("record")
                .forEach(resource -> record.add((Resource) FHIR.newJsonParser().parseResource(resource.toString())));

        var result = new Screening(ScreeningRules.load(Set.of())).of(FactsReader.read(record, today));

        var hits = result.hits().stream()
                .collect(Collectors.toMap(
                        hit -> hit.rule().id(), hit -> hit.severity().name().toLowerCase(java.util.Locale.ROOT)));
        var signs = result.signs().stream()
                .collect(Collectors.toMap(
                        sign -> sign.rule().id(), sign -> sign.urgency().name()));
        assertThat(hits).as(name).isEqualTo(texts(vector.path("hits")));
        assertThat(signs).as(name).isEqualTo(texts(vector.path("signs")));
        assertThat(result.outcome().code()).isEqualTo(vector.path("outcome").asText());
        var restrictions = result.hits().stream()
                .flatMap(hit -> hit.restrictions().stream())
                .toList();
        vector.path("restrictions").forEach(code -> assertThat(restrictions).contains(code.asText()));
        var notUnderstood = String.join(" ", result.notUnderstood());
        vector.path("notUnderstood").forEach(text -> assertThat(notUnderstood).contains(text.asText()));
        assertThat(result.notUnderstood().isEmpty())
                .isEqualTo(vector.path("notUnderstood").isEmpty());
    }

    @Test
    void ruleThatIsSwitchedOffDoesNotSpeak() throws IOException {
        var vector = vectors()
                .map(arguments -> (JsonNode) arguments.get()[1])
                .toList()
                .get(0);
        var record = new ArrayList<Resource>();
        vector.path("record")
                .forEach(resource -> record.add((Resource) FHIR.newJsonParser().parseResource(resource.toString())));

        var result = new Screening(ScreeningRules.load(Set.of("CI-01")))
                .of(FactsReader.read(record, LocalDate.parse("2026-11-22")));

        assertThat(result.hits()).isEmpty();
    }

    @Test
    void switchingOffARuleThatThereIsNotStopsTheStart() {
        assertThatThrownBy(() -> ScreeningRules.load(Set.of("CI-99"))).hasMessageContaining("CI-99");
    }

    @ParameterizedTest(name = "{0} after {1} visits and {2} days: {3}")
    @CsvSource({
        "non-responder, 6, 20, true",
        "plateau, 6, 20, true",
        "non-responder, 5, 29, false",
        "plateau, 5, 30, true",
        "too-early, 6, 30, false",
        "partial-responder, 12, 90, false"
    })
    void treatmentWithoutResponseIsAWarningSign(String said, int visits, int days, boolean raised) {
        var course = new Facts.Course("ServiceRequest/r", List.of(said), visits, days);
        var facts = FactsReader.read(List.of(), LocalDate.parse("2026-11-22")).with(List.of(course));

        var signs = new Screening(ScreeningRules.load(Set.of())).of(facts).signs();

        assertThat(signs.stream()
                        .map(sign -> sign.rule().id() + sign.evidence())
                        .toList())
                .isEqualTo(raised ? List.of("RF-14[ServiceRequest/r]") : List.of());
    }

    @Test
    void everyRuleSaysWhereItComesFromAndThatItIsADraft() {
        var rules = ScreeningRules.load(Set.of()).rules();

        assertThat(rules).extracting(ScreeningRule::id).doesNotHaveDuplicates().hasSize(63);
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.citation()).isNotBlank())
                .allSatisfy(rule -> assertThat(rule.version()).isNotBlank())
                .allSatisfy(rule -> assertThat(rule.status()).isEqualTo("draft"))
                .allSatisfy(rule -> assertThat(rule.when()).isNotEmpty());
    }

    private static Map<String, String> texts(JsonNode object) {
        return object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .asText()));
    }

    static Stream<Arguments> vectors() throws IOException {
        try (var file = ScreeningTest.class.getResourceAsStream("vectors.json")) {
            var root = new ObjectMapper().readTree(file);
            var today = LocalDate.parse(root.path("today").asText());
            return StreamSupport.stream(root.path("vectors").spliterator(), false)
                    .map(vector -> Arguments.of(vector.path("name").asText(), vector, today));
        }
    }
}
