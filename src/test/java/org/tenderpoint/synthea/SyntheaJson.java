package org.tenderpoint.synthea;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads and writes Synthea's JSON without changing a value; a decimal keeps its digits, 1.0 stays 1.0. */
final class SyntheaJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private SyntheaJson() {}

    /** The entries of a Bundle, in their order. */
    static Stream<ObjectNode> entries(JsonNode bundle) {
        return elements(bundle.path("entry")).map(ObjectNode.class::cast);
    }

    /** The elements of a repeating FHIR element; none if it is absent. */
    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static String resourceType(JsonNode resource) {
        return resource.path("resourceType").asText();
    }
}
