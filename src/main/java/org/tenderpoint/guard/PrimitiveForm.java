package org.tenderpoint.guard;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The forms of FHIR's primitive types.
 *
 * @see <a href="https://hl7.org/fhir/R4/datatypes.html#primitive">FHIR R4, primitive types</a>
 */
final class PrimitiveForm {

    /** The calendar has no year 0. */
    private static final String YEAR = "(?!0000)[0-9]{4}";

    private static final String DATE = YEAR + "(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";
    private static final String CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,9})?";
    private static final String ZONE = "(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))";

    private static final Map<String, Form> FORMS = Map.ofEntries(
            form("date", 10, DATE, "is a date that exists: YYYY, YYYY-MM or YYYY-MM-DD"),
            form(
                    "dateTime",
                    40,
                    YEAR + "(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T" + CLOCK + ZONE + ")?)?)?",
                    "is a date that exists, or a date with hh:mm:ss and a time zone: YYYY-MM-DDThh:mm:ss+zz:zz"),
            form(
                    "instant",
                    40,
                    YEAR + "-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T" + CLOCK + ZONE,
                    "is a date and time that exist, with a time zone: YYYY-MM-DDThh:mm:ss+zz:zz"),
            form("time", 20, CLOCK, "is a time of day: hh:mm:ss"),
            form("id", 64, "[A-Za-z0-9.-]{1,64}", "is an id: 1 to 64 letters, digits, hyphens and dots"),
            form(
                    "code",
                    1000,
                    "[^\\s]+( [^\\s]+)*",
                    "is a code from the list that FHIR R4 gives for it, without stray spaces"),
            form("uri", 8192, "\\S*", "is a URI without white space"),
            form("url", 8192, "\\S*", "is a URL without white space"),
            form("canonical", 8192, "\\S*", "is a canonical URL without white space"),
            form("oid", 1000, "urn:oid:[0-2](\\.(0|[1-9][0-9]*))+", "is an OID: urn:oid:1.2.3"),
            form(
                    "uuid",
                    45,
                    "urn:uuid:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
                    "is a UUID: urn:uuid: and 36 characters"));

    private record Form(int longest, Pattern pattern, String words) {}

    private PrimitiveForm() {}

    /**
     * Looks at one value.
     *
     * @return what the value has to be, as the end of a sentence, or null if it is that
     */
    static @Nullable String wrong(
            BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> definition, JsonNode value) {
        var type = definition.getName();
        switch (type) {
            case "boolean":
                return value.isBoolean() ? null : "is true or false, without quotes";
            case "decimal":
                return value.isNumber() ? null : "is a JSON number, without quotes";
            case "integer":
                return isInteger(value, Integer.MIN_VALUE) ? null : "is a whole number of 32 bits, without quotes";
            case "positiveInt":
                return isInteger(value, 1) ? null : "is a whole number from 1, without quotes";
            case "unsignedInt":
                return isInteger(value, 0) ? null : "is a whole number from 0, without quotes";
            default:
                break;
        }
        if (!value.isTextual()) {
            return "is a JSON string";
        }
        var text = value.textValue();
        if (text.isBlank()) {
            return "is not empty; leave it out";
        }
        if (type.equals("base64Binary")) {
            return isBase64(text) ? null : "is base64";
        }
        var form = FORMS.get(type);
        if (form == null) {
            return null;
        }
        var fits =
                text.length() <= form.longest() && form.pattern().matcher(text).matches();
        return fits && isKnown(child, definition, type, text) ? null : form.words();
    }

    /** Days that exist and codes of a required list are known to the model's own types. */
    private static boolean isKnown(
            BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> definition, String type, String text) {
        return switch (type) {
            case "code" -> readable(definition, child.getInstanceConstructorArguments(), text);
            case "date", "dateTime", "instant" -> text.length() < 10 || readable(definition, null, text);
            default -> true;
        };
    }

    private static boolean readable(
            BaseRuntimeElementDefinition<?> definition, @Nullable Object argument, String text) {
        var instance = argument == null ? definition.newInstance() : definition.newInstance(argument);
        if (!(instance instanceof IPrimitiveType<?> primitive)) {
            return true;
        }
        try {
            primitive.setValueAsString(text);
            return true;
        } catch (RuntimeException e) {
            // The model says "no" with exceptions of several kinds.
            return false;
        }
    }

    private static boolean isInteger(JsonNode value, int least) {
        return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= least;
    }

    private static boolean isBase64(String text) {
        var signs = 0;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var sign = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=');
            if (!sign && !Character.isWhitespace(c)) {
                return false;
            }
            signs += sign ? 1 : 0;
        }
        return signs % 4 == 0;
    }

    private static Map.Entry<String, Form> form(String type, int longest, String pattern, String words) {
        return Map.entry(type, new Form(longest, Pattern.compile(pattern), words));
    }
}
