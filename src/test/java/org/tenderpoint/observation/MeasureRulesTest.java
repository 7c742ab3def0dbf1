package org.tenderpoint.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureRulesTest {

    private final MeasureRules rules = MeasureRules.load();

    @Test
    void everyMeasureOfTheTableIsThere() {
        assertThat(rules.all())
                .extracting(MeasureRule::id)
                .containsOnly(
                        "PR-NRS",
                        "PR-VAS",
                        "PR-PEG",
                        "PR-BPI-I",
                        "PR-ODI",
                        "PR-RMDQ",
                        "PR-NDI",
                        "PR-LEFS",
                        "PR-QD",
                        "PR-DASH",
                        "PR-PSFS",
                        "PR-PROMIS-PI",
                        "PR-PROMIS-PF",
                        "PR-PROMIS-MH",
                        "PR-PROMIS-SD",
                        "PR-GLOBAL",
                        "PR-KOOSJR",
                        "PR-HIT6",
                        "PR-HADAYS",
                        "PR-MIDAS",
                        "PR-PHQ9",
                        "PR-GAD7",
                        "PR-PHQ4",
                        "PR-PSQI",
                        "PR-PSS",
                        "PR-FIQR",
                        "PR-PGIC",
                        "PR-ROM-SP",
                        "PR-ROM-PER",
                        "PR-GIRTH",
                        "PR-TOLERANCE",
                        "PR-RELIEF");
    }

    @Test
    void everyRuleIsADraftWithASourceAndAPlausibleRange() {
        assertThat(rules.all()).allSatisfy(rule -> {
            assertThat(rule.status()).isEqualTo("draft");
            assertThat(rule.citation()).isNotBlank();
            assertThat(rule.range().from()).isLessThan(rule.range().to());
        });
    }

    @Test
    void everyThresholdStandsInTheDocumentationWithItsSource() throws IOException {
        var documented = Files.readString(Path.of("docs/clinical.md"));

        assertThat(rules.all()).allSatisfy(rule -> {
            var id = rule.variant().isEmpty() ? rule.id() : rule.id() + "/" + rule.variant();
            var meaningful = rule.meaningful() == null ? "–" : rule.meaningful().text(rule.unit());
            assertThat(documented.lines())
                    .anyMatch(line -> line.startsWith("| " + id + " | " + rule.label() + " |")
                            && line.contains(" | " + meaningful + " | ")
                            && line.endsWith(" | " + rule.citation() + " |"));
        });
    }

    @Test
    void bandsRiseWithinTheRange() {
        assertThat(rules.all()).allSatisfy(rule -> {
            assertThat(rule.bands()).extracting(MeasureRule.Band::from).isSorted();
            assertThat(rule.bands()).allMatch(band -> rule.range().contains(band.from()));
        });
    }

    @Test
    void everyLoincCodeHasItsCheckDigit() {
        assertThat(rules.all())
                .flatExtracting(MeasureRule::codes)
                .filteredOn(code -> code.startsWith("http://loinc.org|"))
                .isNotEmpty()
                .allMatch(code -> hasCheckDigit(code.substring("http://loinc.org|".length())));
    }

    @ParameterizedTest
    @CsvSource({
        "PR-NDI, 14, mild", "PR-NDI, 15, moderate", "PR-ODI, 20, minimal", "PR-ODI, 81, bed-bound",
        "PR-PROMIS-PI, 70, moderate", "PR-PROMIS-PF, 29.9, severe", "PR-PROMIS-PF, 46, normal", "PR-NRS, 3.5, mild",
        "PR-HIT6, 60, severe", "PR-LEFS, 40, ''",
    })
    void valueLiesInItsSeverityBand(String id, String value, String band) {
        assertThat(rules.rule(id).band(new BigDecimal(value))).isEqualTo(band);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PR-NRS     | 2 points, or 30 % and 1 point",
                "PR-VAS     | 15 mm or 30 %",
                "PR-PEG     | 30 % and 1 point",
                "PR-MIDAS   | one band",
                "PR-ROM-PER | 10°",
                "PR-GIRTH   | 2 cm",
                "PR-PGIC    | a value of at most 2",
            })
    void thresholdReadsAsASentencePart(String id, String text) {
        var rule = rules.rule(id);

        assertThat(rule.meaningful())
                .isNotNull()
                .extracting(meaningful -> meaningful.text(rule.unit()))
                .isEqualTo(text);
    }

    @Test
    void unknownRuleIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> rules.rule("PR-NONE"));
    }

    // Modulus 10: every second digit from the right of the number is doubled and its digits are added.
    private static boolean hasCheckDigit(String loinc) {
        var number = loinc.substring(0, loinc.indexOf('-'));
        var sum = 0;
        for (var place = 0; place < number.length(); place++) {
            var digit = number.charAt(number.length() - 1 - place) - '0';
            var weighted = place % 2 == 0 ? digit * 2 : digit;
            sum += weighted / 10 + weighted % 10;
        }
        return (10 - sum % 10) % 10 == loinc.charAt(loinc.length() - 1) - '0';
    }
}
