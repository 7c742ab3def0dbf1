package org.tenderpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes of an authenticator app. */
class TotpTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B; the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long seconds, String code) {
        assertThat(Totp.code(SECRET, seconds / 30)).isEqualTo(code);
        assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(seconds), 0)).hasValue(seconds / 30);
    }

    @Test
    void aClockMayBeHalfAMinuteOffAndNoMore() {
        var step = 50_000_000L;
        var now = Instant.ofEpochSecond(step * 30);

        for (var off : new long[] {-1, 0, 1}) {
            assertThat(Totp.step(SECRET, Totp.code(SECRET, step + off), now, 0)).hasValue(step + off);
        }
        for (var off : new long[] {-2, 2, 100}) {
            assertThat(Totp.step(SECRET, Totp.code(SECRET, step + off), now, 0)).isEmpty();
        }
    }

    @Test
    void aCodeOfAStepThatWasUsedOrIsOlderDoesNotCount() {
        var step = 50_000_000L;
        var now = Instant.ofEpochSecond(step * 30);

        assertThat(Totp.step(SECRET, Totp.code(SECRET, step), now, step)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, step - 1), now, step)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, step + 1), now, step)).hasValue(step + 1);
    }

    @Test
    void whatIsNoCodeIsNone() {
        var now = Instant.ofEpochSecond(1_500_000_000);

        for (var text : new String[] {"", "12345", "1234567", "abcdef", "١٢٣٤٥٦"}) {
            assertThat(Totp.step(SECRET, text, now, 0)).as(text).isEmpty();
        }
    }

    @Test
    void theKeyIsReadInGroupsOfFour() {
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
