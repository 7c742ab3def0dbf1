package org.tenderpoint.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.OperationDefinition;
import org.hl7.fhir.r4.model.OperationDefinition.OperationDefinitionParameterComponent;
import org.hl7.fhir.r4.model.OperationDefinition.OperationParameterUse;

/** The CapabilityStatement and its OperationDefinitions once more, as OpenAPI 3. */
final class ApiDocs {

    private static final String JSON = "application/fhir+json";
    private static final Set<String> NUMBERS = Set.of("integer", "positiveInt", "unsignedInt");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode document = MAPPER.createObjectNode();
    private final ObjectNode paths;
    private final Function<String, OperationDefinition> definitions;

    private ApiDocs(String base, Function<String, OperationDefinition> definitions) {
        this.definitions = definitions;
        document.put("openapi", "3.0.3");
        document.putObject("info")
                .put("title", "Tenderpoint")
                .put("description", "FHIR R4 for medical-massage practices; generated from the CapabilityStatement.")
                .put("version", "4.0.1");
        document.putArray("servers").addObject().put("url", base);
        document.putArray("security").addObject().putArray("token");
        this.paths = document.putObject("paths");
        var components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("bearerFormat", "JWT");
        components
                .putObject("schemas")
                .putObject("Resource")
                .put("type", "object")
                .put("description", "A FHIR R4 resource")
                .putArray("required")
                .add("resourceType");
    }

    /**
     * @param definitions reads an OperationDefinition by the canonical URL that the statement gives
     * @return the document as JSON
     */
    static ObjectNode of(
            CapabilityStatement statement, String base, Function<String, OperationDefinition> definitions) {
        var docs = new ApiDocs(base, definitions);
        var metadata = docs.add("/metadata", "get", "System", "What the server offers", false);
        metadata.putArray("security");
        docs.add("/", "post", "System", "A transaction or batch Bundle", true);
        var rest = statement.getRestFirstRep();
        rest.getOperation().forEach(operation -> docs.operation("", "System", operation.getDefinition()));
        rest.getResource().forEach(docs::type);
        return docs.document;
    }

    private void type(CapabilityStatementRestResourceComponent resource) {
        var name = resource.getType();
        for (var interaction : resource.getInteraction()) {
            interaction(resource, name, interaction.getCode());
        }
        if (resource.getConditionalCreate()) {
            header((ObjectNode) paths.path("/" + name).path("post"), "If-None-Exist", "identifier=system|value");
        }
        resource.getOperation().forEach(operation -> operation("/" + name, name, operation.getDefinition()));
    }

    private void interaction(
            CapabilityStatementRestResourceComponent resource, String name, TypeRestfulInteraction code) {
        var one = "/" + name + "/{id}";
        switch (code) {
            case READ -> add(one, "get", name, "Read", false);
            case VREAD -> add(one + "/_history/{version}", "get", name, "Read one version", false);
            case HISTORYINSTANCE -> add(one + "/_history", "get", name, "All versions, newest first", false);
            case HISTORYTYPE -> add("/" + name + "/_history", "get", name, "All versions of all", false);
            case CREATE -> add("/" + name, "post", name, "Create", true);
            case UPDATE -> header(add(one, "put", name, "Update", true), "If-Match", "W/\"3\"");
            case PATCH -> header(add(one, "patch", name, "Change in part", true), "If-Match", "W/\"3\"");
            case DELETE -> add(one, "delete", name, "Delete; the versions stay", false);
            case SEARCHTYPE -> {
                var search = add("/" + name, "get", name, "Search", false);
                for (var param : resource.getSearchParam()) {
                    query(search, param.getName(), param.getDocumentation(), "string");
                }
                add("/" + name + "/_search", "post", name, "Search, with the parameters in a form", false);
            }
            default -> throw new IllegalStateException("an interaction without a path: " + code);
        }
    }

    private void operation(String prefix, String tag, String canonical) {
        var definition = definitions.apply(canonical);
        var levels = new java.util.ArrayList<String>();
        if (definition.getInstance()) {
            levels.add(prefix + "/{id}");
        }
        if (definition.getType() || definition.getSystem()) {
            levels.add(prefix);
        }
        for (var level : levels) {
            var path = level + "/$" + definition.getCode();
            var about = definition.hasDescription() ? definition.getDescription() : "$" + definition.getCode();
            add(path, "post", tag, about, true);
            if (!definition.getAffectsState()) {
                var get = add(path, "get", tag, about, false);
                definition.getParameter().stream()
                        .filter(parameter -> parameter.getUse() == OperationParameterUse.IN)
                        .forEach(parameter -> parameter(get, parameter));
            }
        }
    }

    private static void parameter(ObjectNode operation, OperationDefinitionParameterComponent parameter) {
        var type = String.valueOf(parameter.getType());
        if (Character.isLowerCase(type.charAt(0))) {
            query(operation, parameter.getName(), type, schemaType(type)).put("required", parameter.getMin() > 0);
        }
    }

    private static String schemaType(String fhirType) {
        return NUMBERS.contains(fhirType) ? "integer" : fhirType.equals("boolean") ? "boolean" : "string";
    }

    private ObjectNode add(String path, String method, String tag, String summary, boolean body) {
        var operation = at(paths, path).putObject(method);
        operation.putArray("tags").add(tag);
        operation.put("summary", summary);
        operation.put(
                "operationId", method + path.replaceAll("[^A-Za-z0-9$]+", "-").toLowerCase(Locale.ROOT));
        var parameters = operation.putArray("parameters");
        for (var name : new String[] {"id", "version"}) {
            if (path.contains("{" + name + "}")) {
                var parameter = parameters.addObject();
                parameter.put("name", name).put("in", "path").put("required", true);
                parameter.putObject("schema").put("type", "string");
            }
        }
        if (body) {
            content(operation.putObject("requestBody"));
        }
        var responses = operation.putObject("responses");
        content(responses.putObject("default").put("description", "A resource; an OperationOutcome where refused"));
        return operation;
    }

    private static void content(ObjectNode holder) {
        holder.putObject("content").putObject(JSON).putObject("schema").put("$ref", "#/components/schemas/Resource");
    }

    private static ObjectNode query(ObjectNode operation, String name, String about, String type) {
        var parameter = operation.withArray("parameters").addObject();
        parameter.put("name", name).put("in", "query").put("description", about);
        parameter.putObject("schema").put("type", type);
        return parameter;
    }

    private static void header(ObjectNode operation, String name, String example) {
        var parameter = operation.withArray("parameters").addObject();
        parameter.put("name", name).put("in", "header").put("example", example);
        parameter.putObject("schema").put("type", "string");
    }

    private static ObjectNode at(ObjectNode parent, String name) {
        return parent.has(name) ? (ObjectNode) parent.get(name) : parent.putObject(name);
    }
}
