package org.tenderpoint.guard;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Says in FHIR words what HAPI's parser complains about, with the full path where the body is at hand. */
public final class ParserProblems {

    /** The codes that {@link StrictParsing} refuses with. */
    private static final Set<String> STRICT = Set.of(
            "unknown-element",
            "unknown-attribute",
            "not-repeatable",
            "element-missing",
            "json-type",
            "value",
            "reference-local",
            "contained-id",
            "extension-both");

    private static final Pattern ELEMENT = Pattern.compile("element=\"([A-Za-z][A-Za-z0-9]{0,79})\"");
    private static final Pattern QUOTED =
            Pattern.compile("(?:[Ee]lement|[Aa]ttribute|for element) '?([A-Za-z_][A-Za-z0-9_]{0,79})");
    private static final Pattern PLACE = Pattern.compile("\\[row,col[^\\]]*\\]?: \\[(\\d{1,9}),(\\d{1,9})\\]");

    private final ElementWalk elements;

    public ParserProblems(FhirContext fhir) {
        this.elements = new ElementWalk(fhir);
    }

    /**
     * What to answer for an exception that came out of HAPI's parser, in whichever wrapping.
     *
     * @param thrown what the server caught
     * @param body the request's body, if there was one
     * @return empty if the exception is not about the form of the body
     */
    public Optional<Refused> read(Throwable thrown, byte @Nullable [] body) {
        if (thrown instanceof Refused refused) {
            var strict = refused.getStatusCode() == 400
                    && refused.issues().size() == 1
                    && STRICT.contains(refused.issues().get(0).code());
            return strict ? Optional.of(located(body).orElse(refused)) : Optional.empty();
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage());
            if (cause instanceof DataFormatException || message.contains("Failed to parse request body")) {
                return Optional.of(located(body).orElseGet(() -> fromMessage(message)));
            }
        }
        return Optional.empty();
    }

    /** What to answer for a body that HAPI's parser does not read. */
    Refused toRefused(DataFormatException thrown, byte @Nullable [] body) {
        return located(body).orElseGet(() -> fromMessage(String.valueOf(thrown.getMessage())));
    }

    private Optional<Refused> located(byte @Nullable [] body) {
        if (body == null || !looksLikeJson(body)) {
            return Optional.empty();
        }
        var issues = elements.problems(body);
        return issues.isEmpty() ? Optional.empty() : Optional.of(new Refused(400, issues));
    }

    private static boolean looksLikeJson(byte[] body) {
        for (var b : body) {
            if (!Character.isWhitespace(b)) {
                return b == '{';
            }
        }
        return false;
    }

    /** HAPI's own words name classes and repeat the input, so they are read and never passed on. */
    private static Refused fromMessage(String message) {
        var place = PLACE.matcher(message);
        var where = place.find() ? " (line " + place.group(1) + ", column " + place.group(2) + ")" : "";
        var element = ELEMENT.matcher(message);
        var quoted = QUOTED.matcher(message);
        var name = element.find() ? element.group(1) : quoted.find() ? quoted.group(1) : null;
        var subject = name == null ? "An element" : "\"" + name + "\"";
        if (message.contains("Unknown resource name")) {
            return new Refused(
                    400,
                    List.of(new Issue(
                            IssueType.NOTSUPPORTED,
                            "resource-type-unknown",
                            null,
                            "FHIR R4 has no such resource type" + where + ".")));
        }
        if (message.contains("Incorrect resource type")) {
            return Refused.badRequest(new Issue(
                    IssueType.INVALID,
                    "resource-type-url",
                    "resourceType",
                    "The body has another resource type than the URL."));
        }
        if (message.contains("Invalid attribute value") || message.contains("Invalid date")) {
            return Refused.badRequest(
                    Issue.value("value", name, subject + " does not have a form allowed for its type" + where + "."));
        }
        if (message.contains("Unknown element")) {
            return structure("unknown-element", name, subject + " is not an element of FHIR R4 here" + where);
        }
        if (message.contains("Unknown attribute")) {
            return structure("unknown-attribute", name, subject + " is not an attribute of FHIR R4 here" + where);
        }
        if (message.contains("Multiple repetitions")) {
            return structure("not-repeatable", name, subject + " does not repeat, or is a choice made twice" + where);
        }
        if (message.contains("missing required element") || message.contains("Missing required element")) {
            return structure("element-missing", name, subject + " is required" + where);
        }
        if (message.contains("incorrect type")) {
            return structure("json-type", name, subject + " has the wrong JSON type" + where);
        }
        return structure("not-fhir", name, "The body cannot be read as FHIR R4" + where);
    }

    private static Refused structure(String code, @Nullable String expression, String diagnostics) {
        return Refused.badRequest(Issue.structure(code, expression, diagnostics + "."));
    }
}
