package org.tenderpoint.careplan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reason that people wrote stands in a refusal as a sentence. */
class TechniqueSentenceTest {

    @ParameterizedTest
    @CsvSource({"the plan says so, the plan says so.", "No., No.", "'Acute! ', Acute!", "Really?, Really?"})
    void endsOnce(String reason, String sentence) {
        assertThat(TechniqueRule.sentence(reason)).isEqualTo(sentence);
    }
}
