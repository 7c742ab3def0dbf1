package org.tenderpoint.guard;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Makes HAPI's parser refuse what it would otherwise drop. It is the second line for JSON, behind {@link ElementWalk},
 * and the first for XML. The parser knows the name of an element and at most that of its parent, so the expression is
 * short; {@link ParserProblems} replaces it by the full path where the body is at hand.
 */
public final class StrictParsing implements IParserErrorHandler {

    @Override
    public void unknownElement(@Nullable IParseLocation location, String element) {
        throw structure(location, element, "unknown-element", "is not an element of FHIR R4 here");
    }

    @Override
    public void unknownAttribute(@Nullable IParseLocation location, String attribute) {
        throw structure(location, attribute, "unknown-attribute", "is not an attribute of FHIR R4 here");
    }

    @Override
    public void unexpectedRepeatingElement(@Nullable IParseLocation location, String element) {
        throw structure(location, element, "not-repeatable", "does not repeat, or is a choice made twice");
    }

    @Override
    public void missingRequiredElement(@Nullable IParseLocation location, String element) {
        throw structure(location, element, "element-missing", "is required");
    }

    @Override
    public void incorrectJsonType(
            @Nullable IParseLocation location,
            String element,
            ValueType expected,
            @Nullable ScalarType expectedScalar,
            ValueType found,
            @Nullable ScalarType foundScalar) {
        throw structure(
                location,
                element,
                "json-type",
                switch (expected) {
                    case ARRAY -> "is a JSON array";
                    case OBJECT -> "is a JSON object";
                    default -> "is a single JSON value of the right type";
                });
    }

    @Override
    public void invalidValue(@Nullable IParseLocation location, String value, String error) {
        var parent = parent(location);
        throw Refused.badRequest(Issue.value(
                "value",
                parent,
                (parent == null ? "A value" : parent) + " does not have a form allowed for its type."));
    }

    @Override
    public void unknownReference(@Nullable IParseLocation location, String reference) {
        throw Refused.badRequest(Issue.value(
                "reference-local", parent(location), "No contained resource has the id that a local reference names."));
    }

    @Override
    public void invalidInternalReference(@Nullable IParseLocation location, String reference) {
        unknownReference(location, reference);
    }

    @Override
    public void containedResourceWithNoId(@Nullable IParseLocation location) {
        throw Refused.badRequest(Issue.structure("contained-id", "contained.id", "A contained resource has an id."));
    }

    @Override
    public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
        throw Refused.badRequest(Issue.structure(
                "extension-both", "extension", "An extension has a value or extensions of its own, not both."));
    }

    private static Refused structure(@Nullable IParseLocation location, String element, String code, String what) {
        var parent = parent(location);
        var name = Issue.echo(element);
        var path = parent == null || parent.equals(name) ? name : parent + "." + name;
        return Refused.badRequest(Issue.structure(code, path, "\"" + name + "\" " + what + "."));
    }

    private static @Nullable String parent(@Nullable IParseLocation location) {
        var parent = location == null ? null : location.getParentElementName();
        return parent == null || parent.isBlank() ? null : Issue.echo(parent);
    }
}
