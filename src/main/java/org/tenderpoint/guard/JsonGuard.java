package org.tenderpoint.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Reads a JSON body once, token by token, and refuses what would cost the parser behind it too much or be understood
 * in two ways. It builds nothing.
 *
 * @see <a href="https://hl7.org/fhir/R4/json.html">FHIR R4, JSON representation</a>
 */
final class JsonGuard {

    /** What the root of a body has to be: FHIR resources are objects, JSON Patch (RFC 6902) is an array. */
    enum Root {
        OBJECT,
        ARRAY
    }

    private static final int LONGEST_NUMBER = 40;
    private static final int LARGEST_EXPONENT = 30;
    private static final int LONGEST_NAME = 256;

    private final GuardProperties limits;
    private final JsonFactory factory;

    JsonGuard(GuardProperties limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength((int) limits.string().toBytes())
                        .maxNameLength(LONGEST_NAME)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /**
     * Checks the body of a resource.
     *
     * @throws Refused 400 with the place of the first fault, or 413 for a Bundle with too many entries
     */
    void check(byte[] body) {
        check(body, Root.OBJECT);
    }

    /**
     * Checks a body.
     *
     * @throws Refused 400 with the place of the first fault, or 413 for a Bundle with too many entries
     */
    void check(byte[] body, Root root) {
        Utf8.check(body);
        try (var parser = factory.createParser(body)) {
            new Pass(parser).run(root);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** One reading of one body. */
    private final class Pass {

        private final JsonParser parser;
        private @Nullable String resourceType;
        private int entries;
        private int tokens;

        Pass(JsonParser parser) {
            this.parser = parser;
        }

        void run(Root root) throws IOException {
            try {
                var first = parser.nextToken();
                var expected = root == Root.OBJECT ? JsonToken.START_OBJECT : JsonToken.START_ARRAY;
                if (first == null) {
                    throw structure("body-empty", "The body is empty.");
                }
                if (first != expected) {
                    throw structure(
                            "json-root",
                            root == Root.OBJECT
                                    ? "The body has to be one JSON object, a FHIR resource."
                                    : "The body has to be one JSON array, a JSON Patch (RFC 6902).");
                }
                var depth = 1;
                while (depth > 0) {
                    var token = parser.nextToken();
                    if (token == null) {
                        throw structure("json-syntax", "The JSON ends before its last bracket is closed.");
                    }
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    look(token);
                }
                if (parser.nextToken() != null) {
                    throw structure("json-trailing", "Something follows after the end of the JSON; send one resource.");
                }
            } catch (StreamConstraintsException e) {
                throw tooMuch(e);
            } catch (JsonProcessingException e) {
                throw malformed(e);
            }
            if (entries > limits.bundleEntries() && "Bundle".equals(resourceType)) {
                throw tooManyEntries();
            }
        }

        private void look(JsonToken token) throws IOException {
            if (++tokens > limits.tokens()) {
                throw entries > limits.bundleEntries()
                        ? tooManyEntries()
                        : structure("json-too-large", "The body has more than " + limits.tokens() + " JSON tokens.");
            }
            switch (token) {
                case START_OBJECT -> countEntry();
                case FIELD_NAME -> characters(parser.currentName().toCharArray(), 0, -1);
                case VALUE_STRING -> {
                    characters(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
                    rememberType();
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
                default -> {}
            }
        }

        private void countEntry() {
            var array = parser.getParsingContext().getParent();
            if (array != null
                    && array.inArray()
                    && array.getParent() != null
                    && array.getParent().getParent() != null
                    && array.getParent().getParent().inRoot()
                    && "entry".equals(array.getParent().getCurrentName())
                    && ++entries > limits.bundleEntries()
                    && "Bundle".equals(resourceType)) {
                throw tooManyEntries();
            }
        }

        private void rememberType() throws IOException {
            var context = parser.getParsingContext();
            if ("resourceType".equals(context.getCurrentName())
                    && context.getParent() != null
                    && context.getParent().inRoot()
                    && parser.getTextLength() <= 40) {
                resourceType = parser.getText();
            }
        }

        private void characters(char[] text, int offset, int length) {
            if (Utf8.firstForbidden(text, offset, length < 0 ? text.length : length) >= 0) {
                throw Refused.badRequest(Issue.value(
                        "character",
                        expression(),
                        "A string contains a control character other than tab, line feed and carriage return, or half "
                                + "of a surrogate pair, " + place() + "."));
            }
        }

        private void number(String text) {
            var e = Math.max(text.indexOf('e'), text.indexOf('E'));
            // The token is at most 40 characters long, so the exponent may still overflow an int, but not a long array.
            if (text.length() > LONGEST_NUMBER || (e >= 0 && tooLarge(text.substring(e + 1)))) {
                throw numberTooLarge();
            }
        }

        private boolean tooLarge(String exponent) {
            var digits = exponent.replaceFirst("^[+-]?0*", "");
            return digits.length() > 2 || (!digits.isEmpty() && Integer.parseInt(digits) > LARGEST_EXPONENT);
        }

        private Refused numberTooLarge() {
            return Refused.badRequest(Issue.value(
                    "number",
                    expression(),
                    "A number has at most " + LONGEST_NUMBER + " characters and an exponent from -" + LARGEST_EXPONENT
                            + " to " + LARGEST_EXPONENT + "; " + place() + "."));
        }

        private Refused tooManyEntries() {
            return new Refused(
                    413,
                    List.of(new Issue(
                            IssueType.TOOCOSTLY,
                            "bundle-too-large",
                            "Bundle.entry",
                            "A Bundle has at most " + limits.bundleEntries() + " entries.")));
        }

        private Refused tooMuch(StreamConstraintsException e) {
            var message = String.valueOf(e.getOriginalMessage());
            if (message.startsWith("Number")) {
                return numberTooLarge();
            }
            if (message.startsWith("String")) {
                return Refused.badRequest(Issue.value(
                        "string-too-long",
                        expression(),
                        "A string has at most " + limits.string().toBytes() + " characters; " + place() + "."));
            }
            if (message.startsWith("Name")) {
                return structure(
                        "name-too-long",
                        "A property name has at most " + LONGEST_NAME + " characters; " + place() + ".");
            }
            return structure(
                    "too-deep", "Objects and arrays nest at most " + limits.depth() + " deep; " + place() + ".");
        }

        private Refused malformed(JsonProcessingException e) {
            var message = String.valueOf(e.getOriginalMessage());
            var name = parser.getParsingContext().getCurrentName();
            if (message.startsWith("Duplicate field")) {
                return structure(
                        "duplicate-key",
                        "The property " + (name == null ? "" : "\"" + Issue.echo(name) + "\" ")
                                + "appears twice in the same object, " + place() + ".");
            }
            // Jackson meets half a surrogate pair as a fault of syntax when it decodes some escapes.
            if (message.contains("urrogate")) {
                return Refused.badRequest(
                        Issue.value("character", expression(), "Half of a surrogate pair, " + place() + "."));
            }
            if (message.startsWith("Illegal unquoted character")) {
                return Refused.badRequest(Issue.value(
                        "character", expression(), "An unescaped control character in a string, " + place() + "."));
            }
            return structure(
                    "json-syntax",
                    "The body is not JSON as RFC 8259 defines it, " + place()
                            + "; comments, trailing commas, single quotes and NaN are not allowed.");
        }

        private Refused structure(String code, String diagnostics) {
            return Refused.badRequest(Issue.structure(code, expression(), diagnostics));
        }

        private String place() {
            var at = parser.currentLocation();
            return "line " + at.getLineNr() + ", column " + at.getColumnNr();
        }

        /** FHIRPath of the place that the pass has come to, as far as names of elements go. */
        private @Nullable String expression() {
            var path = new StringBuilder();
            for (JsonStreamContext at = parser.getParsingContext(); at != null && !at.inRoot(); at = at.getParent()) {
                var parent = at.getParent();
                var inNamed = parent != null && parent.inArray();
                if (at.inObject() && at.getCurrentName() != null) {
                    path.insert(0, "." + Issue.echo(at.getCurrentName()));
                } else if (at.inArray() && !inNamed) {
                    path.insert(0, "[" + at.getCurrentIndex() + "]");
                }
            }
            if (resourceType == null || !resourceType.matches("[A-Za-z]{1,40}")) {
                return path.isEmpty() ? null : shorten(path.substring(path.charAt(0) == '.' ? 1 : 0));
            }
            return shorten(resourceType + path);
        }

        private String shorten(String path) {
            return path.length() <= 200 ? path : path.substring(0, 200) + "…";
        }
    }
}
