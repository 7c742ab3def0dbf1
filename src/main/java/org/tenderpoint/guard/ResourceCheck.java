package org.tenderpoint.guard;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.issue.Refused;

/** Puts JSON that was put together on this side of the guard through the same checks as a body from outside. */
public final class ResourceCheck {

    private final FhirContext fhir;
    private final JsonGuard json;
    private final ElementWalk elements;
    private final ParserProblems problems;

    ResourceCheck(FhirContext fhir, GuardProperties limits, ParserProblems problems) {
        this.fhir = fhir;
        this.json = new JsonGuard(limits);
        this.elements = new ElementWalk(fhir);
        this.problems = problems;
    }

    /**
     * Reads a resource strictly.
     *
     * @throws Refused 400 that names the elements
     */
    public Resource read(byte[] body) {
        json.check(body);
        elements.check(body);
        try {
            return (Resource) fhir.newJsonParser().parseResource(new String(body, StandardCharsets.UTF_8));
        } catch (DataFormatException unreadable) {
            throw problems.toRefused(unreadable, body);
        }
    }

    /**
     * Checks the form of a JSON Patch document that came inside something else.
     *
     * @throws Refused 400
     */
    public void checkPatch(byte[] body) {
        json.check(body, JsonGuard.Root.ARRAY);
    }
}
