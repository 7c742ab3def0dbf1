package org.tenderpoint.profile;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * What is to be validated, and how.
 *
 * @param resource as it was sent, to the letter; empty where only a deletion is asked about
 * @param mode {@code create}, {@code update}, {@code delete}, {@code profile}; none for a check of the content alone
 * @param profile canonical URL
 */
record ValidationRequest(String resource, @Nullable String mode, @Nullable String profile) {

    private static final Set<String> MODES = Set.of("create", "update", "delete", "profile");
    private static final Set<String> PARAMETERS = Set.of("resource", "mode", "profile");

    /** Numbers keep the digits that were sent; the guard has bounded them before. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    ValidationRequest {
        if (mode != null && !MODES.contains(mode)) {
            throw wrong("mode", "is create, update, delete or profile.");
        }
        if (profile == null && "profile".equals(mode)) {
            throw wrong("profile", "says which profile, where mode is profile.");
        }
        if (resource.isEmpty() && !"delete".equals(mode)) {
            throw wrong("resource", "is what to validate; send it as the body or in a Parameters resource.");
        }
    }

    /**
     * Reads a request.
     *
     * @param body a resource or a Parameters resource around one
     * @throws Refused 400 that names the parameter
     */
    static ValidationRequest from(FhirContext fhir, byte[] body, @Nullable String mode, @Nullable String profile) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.startsWith("<Parameters")) {
            // Out of XML the resource is taken by way of the model, which is strict about what it does not know.
            text = fhir.newJsonParser()
                    .encodeResourceToString(fhir.newXmlParser().parseResource(Parameters.class, text));
        }
        if (!text.startsWith("{")) {
            return new ValidationRequest(text, mode, profile);
        }
        var json = json(text);
        return json.path("resourceType").asText().equals("Parameters")
                ? ofParameters(json, mode, profile)
                : new ValidationRequest(text, mode, profile);
    }

    private static ValidationRequest ofParameters(
            JsonNode parameters, @Nullable String mode, @Nullable String profile) {
        var resource = "";
        var inMode = mode;
        var against = profile;
        for (var parameter : parameters.path("parameter")) {
            var name = parameter.path("name").asText();
            if (!PARAMETERS.contains(name)) {
                throw new Refused(
                        400,
                        java.util.List.of(new Issue(
                                IssueType.INVALID,
                                "operation-parameter-unknown",
                                null,
                                "Parameter " + Issue.echo(name)
                                        + " is none of $validate, which takes mode, profile, resource.")));
            }
            if (name.equals("resource")) {
                resource = parameter.path("resource").toString();
            } else if (name.equals("mode")) {
                inMode = parameter.path("valueCode").asText();
            } else {
                against = value(parameter);
            }
        }
        return new ValidationRequest(resource, inMode, against);
    }

    private static String value(JsonNode parameter) {
        for (var type : Set.of("valueUri", "valueCanonical", "valueString", "valueUrl")) {
            if (parameter.has(type)) {
                return parameter.path(type).asText();
            }
        }
        throw wrong("profile", "is a uri.");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException guarded) {
            throw new IllegalStateException("the guard lets well-formed JSON through only", guarded);
        }
    }

    private static Refused wrong(String parameter, String rule) {
        return Refused.badRequest(
                new Issue(IssueType.INVALID, "operation-parameter-form", null, "Parameter " + parameter + " " + rule));
    }
}
