package org.tenderpoint.referral;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What a Reference says by itself, before the chart resolves it. */
final class Pointer {

    private static final String CONDITION = "?identifier=";

    private Pointer() {}

    /** True for a reference that points somewhere; a display alone does not. */
    static boolean isFilled(Reference reference) {
        return reference.hasReference()
                || reference.getIdentifier().hasValue()
                || reference.getResource() instanceof Resource;
    }

    /** True for a concept that says something to a machine or to a reader. */
    static boolean isFilled(CodeableConcept concept) {
        return isText(concept.getText()) || concept.getCoding().stream().anyMatch(coding -> coding.hasCode());
    }

    static boolean isText(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    /** The resource that was sent along: another entry of the Bundle, or a contained one. The parser links the two. */
    static @Nullable Resource sentAlong(Reference reference) {
        return reference.getResource() instanceof Resource resource ? resource : null;
    }

    /** True for {@code Type/id}, which names a stored resource. */
    static boolean isRelative(Reference reference) {
        return reference.hasReference()
                && condition(reference) == null
                && !reference.getReference().startsWith("#")
                && !isAbsolute(reference);
    }

    /** True for an absolute URL or URN: it is the fullUrl of another entry, or the chart refuses it. */
    static boolean isAbsolute(Reference reference) {
        var text = reference.hasReference() ? reference.getReference() : "";
        return text.startsWith("urn:") || (text.contains("://") && condition(reference) == null);
    }

    /** The resource type pointed at; null where the reference does not tell. */
    static @Nullable String type(Reference reference) {
        var resource = sentAlong(reference);
        if (resource != null) {
            return resource.fhirType();
        }
        if (!reference.hasReference()) {
            return reference.getType();
        }
        var text = reference.getReference();
        var condition = text.indexOf(CONDITION);
        return condition >= 0 ? text.substring(0, condition) : new IdType(text).getResourceType();
    }

    /** The id of a literal reference; null for the other kinds. */
    static @Nullable String id(Reference reference) {
        return reference.hasReference() && condition(reference) == null
                ? new IdType(reference.getReference()).getIdPart()
                : null;
    }

    /** {@code system|value} of a conditional reference; null for the other kinds. */
    static @Nullable String condition(Reference reference) {
        var text = reference.hasReference() ? reference.getReference() : "";
        var condition = text.indexOf(CONDITION);
        return condition < 0 ? null : text.substring(condition + CONDITION.length());
    }

    static boolean isContainedOrganization(Reference reference) {
        return reference.hasReference()
                && reference.getReference().startsWith("#")
                && sentAlong(reference) instanceof Organization;
    }

    /** True if both say the same thing; of two literal references only type and id count. */
    static boolean isSame(Reference one, Reference other) {
        var id = id(one);
        return (id != null && id.equalsIgnoreCase(id(other)))
                ? java.util.Objects.equals(type(one), type(other))
                : Resource.compareDeep(List.of(one), List.of(other), true);
    }
}
