package org.tenderpoint.profile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.MetadataResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Our profiles, extensions, value sets and code systems, as SUSHI compiled them; they lie in the jar. */
final class Definitions {

    static final String FILES = "classpath*:org/tenderpoint/profile/*.json";

    private Definitions() {}

    /** Reads all of them. */
    static List<MetadataResource> all(FhirContext fhir) {
        var parser = fhir.newJsonParser();
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(FILES))
                    .map(file -> read(parser, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MetadataResource read(IParser parser, Resource file) {
        try {
            return (MetadataResource) parser.parseResource(file.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
