package org.tenderpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.profile.InstanceValidation;

/** HAPI's instance validator with R4 and our own profiles, as {@code $validate} asks it; loaded once for all tests. */
public final class Judge {

    private static final int MOST_ATTEMPTS = 10;

    private Judge() {}

    /** Its definitions take seconds to read and much memory, so only a test that asks pays for them. */
    private static final class Loaded {
        private static final InstanceValidation VALIDATION = new InstanceValidation();
    }

    /**
     * The errors in a resource, with their places; warnings are left out.
     *
     * @param profile that the resource has to keep to beside those that it names
     */
    public static List<String> errors(String text, @Nullable String profile) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Loaded.VALIDATION.check(text, profile).getMessages().stream()
                        .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                        .map(message -> message.getLocationString() + ": " + message.getMessage())
                        .toList();
            } catch (Refused busy) {
                // Whoever asks while the definitions are being read is sent away.
                assertThat(attempt).as("attempts").isLessThan(MOST_ATTEMPTS);
            }
        }
    }
}
