package org.tenderpoint.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.fge.jackson.jsonpointer.JsonPointer;
import com.github.fge.jackson.jsonpointer.JsonPointerException;
import com.github.fge.jsonpatch.AddOperation;
import com.github.fge.jsonpatch.CopyOperation;
import com.github.fge.jsonpatch.JsonPatchException;
import com.github.fge.jsonpatch.JsonPatchOperation;
import com.github.fge.jsonpatch.MoveOperation;
import com.github.fge.jsonpatch.RemoveOperation;
import com.github.fge.jsonpatch.ReplaceOperation;
import com.github.fge.jsonpatch.TestOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.stereotype.Component;
import org.tenderpoint.guard.ResourceCheck;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * JSON Patch on the stored JSON of a resource, digits of decimals included.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a>
 */
@Component
class JsonPatches {

    static final String ONLY =
            "A patch comes as JSON Patch, application/json-patch+json; XML Patch and FHIRPath Patch are not"
                    + " offered.";

    private static final int MOST_OPERATIONS = 100;

    /** JSON values; a resource of a megabyte has fewer. A patch that copies what it has copied doubles with each line. */
    private static final int MOST_VALUES = 200_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private final ResourceCheck check;

    JsonPatches(ResourceCheck check) {
        this.check = check;
    }

    /** A patch that was read and not yet carried out. */
    record Patch(List<JsonPatchOperation> operations, String path) {}

    /**
     * Reads a patch.
     *
     * @param body a JSON array
     * @param path where it stands in the request, for the expressions of issues; empty where it is the body
     * @throws Refused 400 that names each operation that is none; 413 for too many
     */
    Patch read(byte[] body, String path) {
        check.checkPatch(body);
        JsonNode array;
        try {
            array = JSON.readTree(body);
        } catch (IOException checkedBefore) {
            throw new UncheckedIOException(checkedBefore);
        }
        if (array.size() > MOST_OPERATIONS) {
            throw new Refused(
                    413,
                    List.of(new Issue(
                            IssueType.TOOCOSTLY,
                            "patch-too-long",
                            null,
                            "A patch has at most " + MOST_OPERATIONS + " operations.")));
        }
        var operations = new ArrayList<JsonPatchOperation>();
        var issues = new ArrayList<Issue>();
        if (array.isEmpty()) {
            issues.add(Issue.structure("patch-invalid", null, "A patch has at least one operation."));
        }
        for (int i = 0; i < array.size(); i++) {
            try {
                operations.add(operation(array.get(i)));
            } catch (IllegalArgumentException | JsonPointerException invalid) {
                issues.add(Issue.structure(
                        "patch-invalid",
                        null,
                        "Operation " + i
                                + " of the patch is none of RFC 6902: op is add, remove, replace, move, copy or"
                                + " test; path and from are JSON Pointers such as /name/0/given; add, replace and test"
                                + " have a value."));
            }
        }
        if (!issues.isEmpty()) {
            throw new Refused(400, issues);
        }
        return new Patch(operations, path);
    }

    private static JsonPatchOperation operation(JsonNode json) throws JsonPointerException {
        var path = pointer(json, "path");
        return switch (json.path("op").asText()) {
            case "add" -> new AddOperation(path, value(json));
            case "replace" -> new ReplaceOperation(path, value(json));
            case "test" -> new TestOperation(path, value(json));
            case "remove" -> new RemoveOperation(path);
            case "move" -> new MoveOperation(pointer(json, "from"), path);
            case "copy" -> new CopyOperation(pointer(json, "from"), path);
            default -> throw new IllegalArgumentException("op");
        };
    }

    private static JsonPointer pointer(JsonNode operation, String name) throws JsonPointerException {
        var text = operation.path(name);
        if (!text.isTextual()) {
            throw new IllegalArgumentException(name);
        }
        return new JsonPointer(text.textValue());
    }

    private static JsonNode value(JsonNode operation) {
        var value = operation.get("value");
        if (value == null) {
            throw new IllegalArgumentException("value");
        }
        return value;
    }

    /**
     * Carries a patch out.
     *
     * @param resource JSON as it stands
     * @return JSON as it would stand, not yet checked
     * @throws Refused 422 for a {@code test} that fails, a path that leads nowhere, or another type or id; 413 for a
     *     result out of all proportion
     */
    byte[] apply(Patch patch, byte[] resource) {
        try {
            var before = JSON.readTree(resource);
            var after = before;
            for (int i = 0; i < patch.operations.size(); i++) {
                after = apply(patch, i, after);
            }
            for (var fixed : List.of("resourceType", "id")) {
                if (!before.path(fixed).equals(after.path(fixed))) {
                    throw Refused.unprocessable(List.of(Issue.value(
                            "patch-identity", expression(patch), "A patch leaves resourceType and id as they are.")));
                }
            }
            return JSON.writeValueAsBytes(after);
        } catch (JsonProcessingException unwritable) {
            throw Refused.unprocessable(List.of(
                    Issue.value("patch-not-applicable", expression(patch), "The patch does not leave a resource.")));
        } catch (IOException storedIsJson) {
            throw new UncheckedIOException(storedIsJson);
        }
    }

    private static JsonNode apply(Patch patch, int i, JsonNode resource) {
        var operation = patch.operations.get(i);
        try {
            var after = operation.apply(resource);
            if (operation instanceof CopyOperation && values(after, 0) > MOST_VALUES) {
                throw new Refused(
                        413,
                        List.of(new Issue(
                                IssueType.TOOLONG,
                                "resource-too-large",
                                expression(patch),
                                "The patch makes the resource too large.")));
            }
            return after;
        } catch (JsonPatchException notApplicable) {
            var isTest = operation instanceof TestOperation;
            throw Refused.unprocessable(List.of(new Issue(
                    IssueType.PROCESSING,
                    isTest ? "patch-test-failed" : "patch-not-applicable",
                    expression(patch),
                    isTest
                            ? "Operation " + i + " of the patch, a test, does not hold; read the resource again."
                            : "Operation " + i + " of the patch names a path that the resource does not have.")));
        }
    }

    private static @org.jspecify.annotations.Nullable String expression(Patch patch) {
        return patch.path.isEmpty() ? null : patch.path;
    }

    private static int values(JsonNode node, int before) {
        var count = before + 1;
        for (var child : node) {
            if (count > MOST_VALUES) {
                return count;
            }
            count = values(child, count);
        }
        return count;
    }
}
