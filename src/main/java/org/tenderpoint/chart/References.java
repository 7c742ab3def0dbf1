package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.jspecify.annotations.Nullable;
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

    /**
     * What a resource points at.
     *
     * @param references all literal references, those inside contained resources too; references to contained resources
     *     are left out
     * @param addresses elements of type uri that hold a {@code urn:}, as an entry's fullUrl does
     * @param links elements of narratives that link to a {@code urn:}
     */
    record Pointers(List<Found> references, List<UriType> addresses, List<XhtmlNode> links) {}

    static Pointers in(Resource resource) {
        var found = new Pointers(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (resource instanceof Bundle document) {
            // A document is closed in itself; only whose it is has to be known here.
            var subject = subjectOfDocument(document);
            if (subject != null && subject.hasReference()) {
                found.references.add(new Found(subject, ".entry[0].resource.subject"));
            }
            return found;
        }
        collect(resource, new StringBuilder(), found);
        return found;
    }

    /** The patient that a document Bundle is about, as its Composition says. */
    static @Nullable Reference subjectOfDocument(Bundle document) {
        return document.hasEntry() && document.getEntryFirstRep().getResource() instanceof Composition composition
                ? composition.getSubject()
                : null;
    }

    private static void collect(Base element, StringBuilder path, Pointers found) {
        if (element instanceof Reference reference && reference.hasReference()) {
            if (!reference.getReference().startsWith("#")) {
                found.references.add(new Found(reference, path.toString()));
            }
        }
        if (holdsPrimitivesOnly(element)) {
            return;
        }
        if (element instanceof Narrative narrative && narrative.hasDiv()) {
            collect(narrative.getDiv(), found);
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
                } else if (value instanceof UriType uri && isUrn(uri.getValue())) {
                    found.addresses.add(uri);
                }
            }
        }
    }

    private static void collect(XhtmlNode node, Pointers found) {
        if (isUrn(node.getAttribute("href"))) {
            found.links.add(node);
        }
        if (node.hasChildren()) {
            node.getChildNodes().forEach(child -> collect(child, found));
        }
    }

    private static boolean isUrn(@Nullable String text) {
        return text != null && text.startsWith("urn:");
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
