package org.tenderpoint.observation;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;

/** Observations about invented people. */
final class Fixtures {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private Fixtures() {}

    static Observation observation(String file) {
        try (var json = Objects.requireNonNull(Fixtures.class.getResourceAsStream(file), file)) {
            return FHIR.newJsonParser()
                    .parseResource(Observation.class, new String(json.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static Quantity quantity(String value, String unit) {
        return new Quantity()
                .setValue(new BigDecimal(value))
                .setUnit(unit)
                .setSystem("http://unitsofmeasure.org")
                .setCode(unit);
    }
}
