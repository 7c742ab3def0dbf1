package org.tenderpoint.guard;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one request may bring.
 *
 * @param body longest body
 * @param binaryBody longest body under {@code /fhir/Binary}
 * @param formBody longest form of {@code POST _search}
 * @param uri longest path and query together, as sent
 * @param string longest string; FHIR R4 sets 1 MB (datatypes, section "string")
 * @param depth deepest nesting of objects and arrays, or of XML elements
 * @param tokens most JSON tokens or XML events
 * @param bundleEntries most entries of a Bundle
 * @param bodyTime longest time in which a body arrives; who sends a byte now and then would keep a thread for days
 */
@Validated
@ConfigurationProperties("tenderpoint.guard")
record GuardProperties(
        @DefaultValue("2MB") DataSize body,
        @DefaultValue("10MB") DataSize binaryBody,
        @DefaultValue("64KB") DataSize formBody,
        @DefaultValue("8KB") DataSize uri,
        @DefaultValue("1MB") DataSize string,
        @DefaultValue("64") @Positive int depth,
        @DefaultValue("200000") @Positive int tokens,
        @DefaultValue("500") @Positive int bundleEntries,
        @DefaultValue("30s") Duration bodyTime) {

    /** The defaults, for tests and tools. */
    static GuardProperties defaults() {
        return new GuardProperties(
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(10),
                DataSize.ofKilobytes(64),
                DataSize.ofKilobytes(8),
                DataSize.ofMegabytes(1),
                64,
                200_000,
                500,
                Duration.ofSeconds(30));
    }

    /** The same limits for a Binary, whose one long string is its content. */
    GuardProperties forBinary() {
        return new GuardProperties(
                binaryBody, binaryBody, formBody, uri, binaryBody, depth, tokens, bundleEntries, bodyTime);
    }
}
