package org.tenderpoint.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * A transaction Bundle in the making. Every resource gets an identifier and is created only where none has it yet, so
 * that sending the Bundle again changes nothing.
 */
final class DemoBundle {

    /** Identifiers are {@code <this><type in small letters>|<name>}. */
    static final String IDENTIFIERS = "https://tenderpoint.org/demo/";

    private final Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);

    /**
     * Puts a resource into the Bundle.
     *
     * @param name unique among the demonstration's resources of this type
     * @return a reference to it
     */
    Reference add(Resource resource, String name) {
        var type = resource.fhirType();
        var identifier = resource.getNamedProperty("identifier").getValues().stream()
                .map(Identifier.class::cast)
                .filter(known -> system(type).equals(known.getSystem()))
                .findFirst();
        if (identifier.isEmpty()) {
            resource.setProperty("identifier", identifier(type, name));
        }
        // Nobody in the demonstration exists, and every resource says so.
        resource.getMeta().addTag(Codes.coding(Codes.HL7 + "v3-ActReason", "HTEST"));
        bundle.addEntry()
                .setFullUrl(fullUrl(type, name))
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(type)
                .setIfNoneExist("identifier=" + system(type) + "|" + name);
        return to(type, name);
    }

    Bundle bundle() {
        return bundle;
    }

    static Identifier identifier(String type, String name) {
        return new Identifier().setSystem(system(type)).setValue(name);
    }

    /** Refers to a resource of this Bundle, or of one sent before it. */
    static Reference to(String type, String name) {
        return new Reference(fullUrl(type, name));
    }

    static String system(String type) {
        return IDENTIFIERS + type.toLowerCase(Locale.ROOT);
    }

    private static String fullUrl(String type, String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes((system(type) + "|" + name).getBytes(UTF_8));
    }
}
