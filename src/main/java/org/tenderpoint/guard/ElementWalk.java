package org.tenderpoint.guard;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Holds the JSON of a resource against the definitions of FHIR R4 and names every element that has no place in them.
 *
 * <p>HAPI's parser, even with a strict error handler, loses some content without a word: the second value of an
 * extension, {@code "birthDate": {}}, what a contained resource contains, an extension without url and value. So this
 * walk comes before the parser and not only after its complaint; it also knows the full path, which the parser does
 * not, and finds all faults at once.
 *
 * @see <a href="https://hl7.org/fhir/R4/json.html">FHIR R4, JSON representation</a>
 */
final class ElementWalk {

    private static final int MOST_ISSUES = 20;
    private static final Pattern NAME = Pattern.compile("_?[A-Za-z][A-Za-z0-9]{0,79}");

    private final FhirContext fhir;
    private final JsonMapper mapper = JsonMapper.builder().build();

    ElementWalk(FhirContext fhir) {
        this.fhir = fhir;
    }

    /**
     * Checks the body of a resource that has passed the {@link JsonGuard}.
     *
     * @throws Refused 400 with up to 20 issues
     */
    void check(byte[] body) {
        var issues = problems(body);
        if (!issues.isEmpty()) {
            throw new Refused(400, issues);
        }
    }

    /** Everything that is wrong with the JSON of a resource, at most 20 issues; empty if all is well. */
    List<Issue> problems(byte[] body) {
        JsonNode root;
        try {
            root = mapper.readTree(body);
        } catch (IOException e) {
            return List.of(Issue.structure("json-syntax", null, "The body is not JSON."));
        }
        var walk = new Walk();
        walk.resource(root, "", false);
        return walk.issues;
    }

    /** One walk through one body. */
    private final class Walk {

        private final List<Issue> issues = new ArrayList<>();

        /** Ids of contained resources by path, and the local references met, of the resource being walked. */
        private TreeMap<String, String> containedIds = new TreeMap<>();

        private TreeMap<String, String> localReferences = new TreeMap<>();
        private Set<String> localUris = new HashSet<>();

        void resource(JsonNode node, String path, boolean contained) {
            if (!node.isObject()) {
                structure("not-a-resource", path, "is a resource, a JSON object with resourceType");
                return;
            }
            var type = node.path("resourceType");
            if (!type.isTextual() || type.textValue().isBlank()) {
                structure("resource-type", join(path, "resourceType"), "is required and a string");
                return;
            }
            if (!fhir.getResourceTypes().contains(type.textValue())) {
                add(new Issue(
                        IssueType.NOTSUPPORTED,
                        "resource-type-unknown",
                        join(path, "resourceType"),
                        "FHIR R4 has no resource type \"" + Issue.echo(type.textValue()) + "\"."));
                return;
            }
            var here = path.isEmpty() ? type.textValue() : path;
            var definition = fhir.getResourceDefinition(type.textValue());
            if (contained) {
                if (!node.path("id").isTextual()) {
                    structure("contained-id", here + ".id", "is required: a contained resource has an id");
                } else {
                    containedIds.put(here, node.path("id").textValue());
                }
                if (node.has("contained")) {
                    structure("contained-nested", here + ".contained", "is not allowed inside a contained resource");
                }
                composite(definition, node, here, true);
                return;
            }
            var outerIds = containedIds;
            var outerReferences = localReferences;
            var outerUris = localUris;
            containedIds = new TreeMap<>();
            localReferences = new TreeMap<>();
            localUris = new HashSet<>();
            composite(definition, node, here, true);
            links();
            containedIds = outerIds;
            localReferences = outerReferences;
            localUris = outerUris;
        }

        /** Local references lead to a contained resource, and each of these is referred to (invariant dom-3). */
        private void links() {
            var ids = new HashSet<>(containedIds.values());
            localReferences.forEach((path, target) -> {
                if (!ids.contains(target)) {
                    add(Issue.value(
                            "reference-local", path, "No contained resource has the id that this reference names."));
                }
            });
            var referred = new HashSet<>(localReferences.values());
            referred.addAll(localUris);
            containedIds.forEach((path, id) -> {
                var refersBack = localUris.contains(path);
                if (!referred.contains(id) && !refersBack) {
                    structure("contained-unused", path, "is not referred to from anywhere in its resource");
                }
            });
        }

        private void composite(
                BaseRuntimeElementDefinition<?> definition, JsonNode node, String path, boolean resource) {
            if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
                return;
            }
            if (node.isEmpty()) {
                structure("empty", path, "is an empty object; leave it out");
            }
            var choices = new HashMap<BaseRuntimeChildDefinition, String>();
            for (var field : node.properties()) {
                if (issues.size() >= MOST_ISSUES) {
                    return;
                }
                var name = field.getKey();
                var value = field.getValue();
                if (resource && name.equals("resourceType")) {
                    continue;
                }
                if (name.startsWith("_")) {
                    sibling(composite, node, name, value, path, choices);
                } else {
                    child(composite, node, name, value, path, choices);
                }
            }
            if (definition.getName().equals("Extension")) {
                extension(node, path);
            }
        }

        private void child(
                BaseRuntimeElementCompositeDefinition<?> parent,
                JsonNode parentNode,
                String name,
                JsonNode value,
                String path,
                HashMap<BaseRuntimeChildDefinition, String> choices) {
            var here = join(path, name);
            var child = parent.getChildByName(name);
            if (name.equals("id") && (child == null || !fhirResource(parent))) {
                // Element.id is a string without white space; HAPI keeps it outside its table of children.
                if (!value.isTextual() || value.textValue().isBlank()) {
                    value("value", here, "is a string");
                }
                return;
            }
            var definition = child == null ? null : childDefinition(child, name);
            if (child == null || definition == null) {
                unknown(parent, name, path);
                return;
            }
            choice(child, name, path, choices);
            if (isMany(child)) {
                if (!value.isArray()) {
                    structure("not-an-array", here, "may repeat, so it is a JSON array");
                    return;
                }
                if (value.isEmpty()) {
                    structure("empty", here, "is an empty array; leave it out");
                }
                for (var i = 0; i < value.size() && issues.size() < MOST_ISSUES; i++) {
                    var explained = parentNode.path("_" + name).path(i).isObject();
                    one(child, definition, value.get(i), here + "[" + i + "]", explained);
                }
            } else if (value.isArray()) {
                structure("not-repeatable", here, "does not repeat, so it is not a JSON array");
            } else {
                one(child, definition, value, here, false);
            }
        }

        private void one(
                BaseRuntimeChildDefinition child,
                BaseRuntimeElementDefinition<?> definition,
                JsonNode value,
                String here,
                boolean nullExplained) {
            if (value.isNull()) {
                if (!nullExplained) {
                    structure("null", here, "is null; leave it out");
                }
                return;
            }
            switch (definition.getChildType()) {
                case PRIMITIVE_DATATYPE, ID_DATATYPE -> primitive(child, definition, value, here);
                case PRIMITIVE_XHTML, PRIMITIVE_XHTML_HL7ORG -> narrative(value, here);
                case RESOURCE -> resource(value, here, false);
                case CONTAINED_RESOURCE_LIST, CONTAINED_RESOURCES -> resource(value, here, true);
                default -> {
                    if (value.isObject()) {
                        composite(definition, value, here, false);
                    } else {
                        structure("not-an-object", here, "is a JSON object");
                    }
                }
            }
        }

        /** {@code "_birthDate": {...}}: id and extensions of a primitive element. */
        private void sibling(
                BaseRuntimeElementCompositeDefinition<?> parent,
                JsonNode parentNode,
                String name,
                JsonNode value,
                String path,
                HashMap<BaseRuntimeChildDefinition, String> choices) {
            var plain = name.substring(1);
            var here = join(path, plain);
            var child = parent.getChildByName(plain);
            var definition = child == null ? null : childDefinition(child, plain);
            if (child == null
                    || definition == null
                    || definition.getChildType() != BaseRuntimeElementDefinition.ChildTypeEnum.PRIMITIVE_DATATYPE
                            && definition.getChildType() != BaseRuntimeElementDefinition.ChildTypeEnum.ID_DATATYPE) {
                unknown(parent, name, path);
                return;
            }
            choice(child, plain, path, choices);
            if (value.isArray() != isMany(child) || value.isEmpty()) {
                structure(
                        "sibling",
                        here,
                        isMany(child) ? "with an underscore is a JSON array" : "with an underscore is a JSON object");
                return;
            }
            if (!value.isArray()) {
                idAndExtensions(value, here);
                return;
            }
            if (parentNode.has(plain) && parentNode.path(plain).size() != value.size()) {
                structure("sibling", here, "and its twin with an underscore have to be arrays of the same length");
                return;
            }
            for (var i = 0; i < value.size() && issues.size() < MOST_ISSUES; i++) {
                if (!value.get(i).isNull()) {
                    idAndExtensions(value.get(i), here + "[" + i + "]");
                }
            }
        }

        private void idAndExtensions(JsonNode node, String path) {
            if (!node.isObject() || node.isEmpty()) {
                structure("sibling", path, "with an underscore is an object with id or extension");
                return;
            }
            for (var field : node.properties()) {
                switch (field.getKey()) {
                    case "id", "extension" -> {}
                    default ->
                        add(Issue.structure(
                                "unknown-element",
                                join(path, field.getKey()),
                                "Beside its value a primitive element has id and extension only."));
                }
            }
            if (node.has("id") && !node.path("id").isTextual()) {
                value("value", path + ".id", "is a string");
            }
            if (node.has("extension")) {
                extensions(node.path("extension"), path + ".extension");
            }
        }

        private void extensions(JsonNode array, String path) {
            var definition = fhir.getElementDefinition("Extension");
            if (definition == null || !array.isArray() || array.isEmpty()) {
                structure("not-an-array", path, "may repeat, so it is a JSON array with at least one extension");
                return;
            }
            for (var i = 0; i < array.size(); i++) {
                if (array.get(i).isObject()) {
                    composite(definition, array.get(i), path + "[" + i + "]", false);
                } else {
                    structure("not-an-object", path + "[" + i + "]", "is a JSON object");
                }
            }
        }

        private void extension(JsonNode node, String path) {
            if (!node.path("url").isTextual()) {
                add(Issue.structure("extension-url", path + ".url", "An extension has a url, which is a string."));
            }
            var values = 0;
            for (var field : node.properties()) {
                values += field.getKey().startsWith("value") || field.getKey().startsWith("_value") ? 1 : 0;
            }
            if (values > 0 && node.has("extension")) {
                structure("extension-both", path, "has a value or extensions of its own, not both");
            } else if (values == 0 && !node.has("extension")) {
                structure("extension-empty", path, "has neither a value nor extensions of its own");
            }
        }

        private void choice(
                BaseRuntimeChildDefinition child,
                String name,
                String path,
                HashMap<BaseRuntimeChildDefinition, String> choices) {
            var before = choices.putIfAbsent(child, name);
            if (before != null && !before.equals(name)) {
                structure("choice-twice", join(path, name), "comes beside " + before + "; only one of them is allowed");
            }
        }

        private void primitive(
                BaseRuntimeChildDefinition child,
                BaseRuntimeElementDefinition<?> definition,
                JsonNode value,
                String here) {
            var wrong = PrimitiveForm.wrong(child, definition, value);
            if (wrong != null) {
                value("value", here, wrong);
            } else if (value.isTextual()
                    && value.textValue().startsWith("#")
                    && value.textValue().length() > 1) {
                var target = value.textValue().substring(1);
                if (here.endsWith(".reference")) {
                    localReferences.put(here, target);
                } else {
                    localUris.add(target);
                }
            } else if (value.isTextual() && value.textValue().equals("#") && here.contains(".contained[")) {
                localUris.add(here.substring(0, here.indexOf(']', here.lastIndexOf(".contained[")) + 1));
            }
        }

        private void narrative(JsonNode value, String here) {
            var fault = value.isTextual() ? Narrative.fault(value.textValue()) : Narrative.Fault.MALFORMED;
            if (fault == Narrative.Fault.MALFORMED) {
                structure("narrative", here, "is a string with one well-formed XHTML div");
            } else if (fault == Narrative.Fault.UNSAFE) {
                add(new Issue(
                        IssueType.SECURITY,
                        "narrative-unsafe",
                        here,
                        here + " has formatting, links and the resource's own pictures only: no scripts, forms, frames,"
                                + " event handlers or things to load from elsewhere (FHIR R4, txt-1)."));
            }
        }

        private void unknown(BaseRuntimeElementCompositeDefinition<?> parent, String name, String path) {
            add(Issue.structure(
                    "unknown-element",
                    join(path, name),
                    typeName(parent) + " has no element \"" + Issue.echo(name) + "\" in FHIR R4."));
        }

        private void structure(String code, String path, String what) {
            add(Issue.structure(
                    code, path.isEmpty() ? null : path, (path.isEmpty() ? "The body " : path + " ") + what + "."));
        }

        private void value(String code, String path, String what) {
            add(Issue.value(code, path, path + " " + what + "."));
        }

        private void add(Issue issue) {
            if (issues.size() < MOST_ISSUES) {
                issues.add(issue);
            }
        }
    }

    private static boolean fhirResource(BaseRuntimeElementDefinition<?> definition) {
        return definition instanceof RuntimeResourceDefinition;
    }

    private static String typeName(BaseRuntimeElementDefinition<?> definition) {
        return definition.getName().isEmpty() ? "This element" : definition.getName();
    }

    private @Nullable BaseRuntimeElementDefinition<?> childDefinition(BaseRuntimeChildDefinition child, String name) {
        if (name.equals("extension") || name.equals("modifierExtension")) {
            return fhir.getElementDefinition("Extension");
        }
        return child.getChildByName(name);
    }

    private static boolean isMany(BaseRuntimeChildDefinition child) {
        return child.getMax() == -1 || child.getMax() > 1;
    }

    /** A path with one more name; a name that is none ends the path at its parent. */
    private static String join(String path, String name) {
        if (!NAME.matcher(name).matches()) {
            return path;
        }
        return path.isEmpty() ? name : path + "." + name;
    }
}
