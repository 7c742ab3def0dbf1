package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.issue.Issue;

/** The literal references of a resource, and which forms of them are taken. */
final class References {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern RELATIVE =
            Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.\\-]{1,64})(/_history/\\d+)?");
    private static final Pattern CONDITIONAL = Pattern.compile("[A-Z][A-Za-z]+\\?identifier=[^&]+");

    private References() {}

    /**
     * A literal reference and where it stands.
     *
     * @param reference the element itself, to be rewritten in place
     * @param pathBelowResource FHIRPath below the resource, beginning with a dot
     */
    record Found(Reference reference, String pathBelowResource) {}

    /** All literal references, those inside contained resources too; references to contained resources are left out. */
    static List<Found> in(Resource resource) {
        var found = new ArrayList<Found>();
        collect(resource, new StringBuilder(), found);
        return found;
    }

    private static void collect(Base element, StringBuilder path, List<Found> found) {
        if (element instanceof Reference reference && reference.hasReference()) {
            if (!reference.getReference().startsWith("#")) {
                found.add(new Found(reference, path.toString()));
            }
        }
        if (holdsPrimitivesOnly(element)) {
            return;
        }
        for (Property property : element.children()) {
            var values = property.getValues();
            for (int i = 0; i < values.size(); i++) {
                var value = values.get(i);
                if (value != null && !value.isPrimitive()) {
                    var length = path.length();
                    path.append('.').append(property.getName().replace("[x]", ""));
                    if (property.getMaxCardinality() > 1) {
                        path.append('[').append(i).append(']');
                    }
                    collect(value, path, found);
                    path.setLength(length);
                }
            }
        }
    }

    // The commonest elements of all; HAPI describes every child of an element anew each time it is asked for them.
    private static boolean holdsPrimitivesOnly(Base element) {
        if (element instanceof CodeableConcept concept) {
            return !concept.hasExtension() && concept.getCoding().stream().noneMatch(Coding::hasExtension);
        }
        return (element instanceof Coding || element instanceof Quantity || element instanceof Period)
                && !((Element) element).hasExtension();
    }

    static boolean isConditional(String reference) {
        return CONDITIONAL.matcher(reference).matches();
    }

    /** What is wrong with the form of a reference that points outside the request, if anything. */
    static Optional<Issue> check(String reference, String path) {
        var relative = RELATIVE.matcher(reference);
        if (relative.matches()) {
            return RecordTypes.find(relative.group(1)).isPresent()
                            && UUID_FORM.matcher(relative.group(2)).matches()
                    ? Optional.empty()
                    : Optional.of(Issue.value(
                            "reference-not-found",
                            path,
                            "The reference points at nothing that exists and that you have access to."));
        }
        if (reference.startsWith("urn:")) {
            return Optional.of(Issue.value(
                    "reference-unresolved", path, "No entry of the Bundle has the fullUrl that this reference names."));
        }
        return Optional.of(Issue.value(
                "reference-external",
                path,
                "References point at this server (Type/id), into the Bundle (urn:uuid:…) or at an identifier;"
                        + " nothing is fetched from elsewhere."));
    }

    /** The id of a checked relative reference. */
    static UUID id(String reference) {
        var parts = reference.split("/", -1);
        return UUID.fromString(parts[1]);
    }

    static String withoutVersion(String reference) {
        var parts = reference.split("/", -1);
        return parts[0] + "/" + parts[1].toLowerCase(java.util.Locale.ROOT);
    }
}
