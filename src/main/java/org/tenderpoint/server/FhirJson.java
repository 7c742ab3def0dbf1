package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Resource;

/** Stored bytes and HAPI resources, one into the other. */
public final class FhirJson {

    private FhirJson() {}

    /** Reads the bytes of one resource; they come from the chart and were checked when they went in. */
    public static Resource parse(FhirContext fhir, byte[] json) {
        var reader = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8);
        return (Resource) fhir.newJsonParser().parseResource(reader);
    }
}
