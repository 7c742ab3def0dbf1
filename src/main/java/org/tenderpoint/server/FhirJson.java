package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IJsonLikeParser;
import ca.uhn.fhir.parser.json.jackson.JacksonStructure;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.hl7.fhir.r4.model.Resource;

/** Stored bytes and HAPI resources, one into the other. */
public final class FhirJson {

    /** Numbers keep the digits that were stored; how long a text may be was asked when it came in. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private FhirJson() {}

    /** Reads the bytes of one resource; they come from the chart and were checked when they went in. */
    public static Resource parse(FhirContext fhir, byte[] json) {
        return parse(fhir, tree(json));
    }

    /** The same in two steps, for who wants to leave something out between them: the second is the expensive one. */
    public static ObjectNode tree(byte[] json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a stored resource is no JSON", unreadable);
        }
    }

    /** Makes a resource of its JSON. */
    public static Resource parse(FhirContext fhir, ObjectNode tree) {
        var structure = new JacksonStructure();
        structure.setNativeObject(tree);
        return (Resource) ((IJsonLikeParser) fhir.newJsonParser()).parseResource(structure);
    }
}
