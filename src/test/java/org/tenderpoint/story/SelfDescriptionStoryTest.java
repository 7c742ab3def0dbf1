package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** What the server says of itself: CapabilityStatement, OperationDefinitions, OpenAPI. */
class SelfDescriptionStoryTest {

    @EachDatabase
    void everyOperationIsListedWithADefinitionThatCanBeRead(Database database) {
        var server = Server.on(database);
        var clinic = server.as("demo-clinic");
        var statement = server.anonymous().get("/metadata").expect(200).json();

        var names = new HashSet<String>();
        var definitions = new HashSet<String>();
        for (var resource : statement.at("/rest/0/resource")) {
            for (var operation : resource.path("operation")) {
                names.add("$" + operation.path("name").asText());
                definitions.add(operation.path("definition").asText());
            }
        }

        assertThat(names).containsExactlyInAnyOrderElementsOf(AccessRule.operations());
        for (var definition : definitions) {
            var path = definition.substring(definition.indexOf("/OperationDefinition/"));
            var read = clinic.get(path).expect(200).json();
            assertThat(read.path("resourceType").asText()).isEqualTo("OperationDefinition");
        }
        var everything = clinic.get("/OperationDefinition/Patient-i-everything").json();
        assertThat(everything.path("parameter").findValuesAsText("name"))
                .contains("start", "end", "_since", "_type", "_count");
        var trend = clinic.get("/OperationDefinition/Patient-i-outcome-trend").json();
        assertThat(trend.path("code").asText()).isEqualTo("outcome-trend");
        assertThat(trend.path("instance").asBoolean()).isTrue();
        assertThat(trend.path("affectsState").asBoolean()).isFalse();
        assertThat(trend.path("parameter").findValuesAsText("name")).contains("referral", "as-of");
    }

    @EachDatabase
    void everySearchParameterSaysWhatItIs(Database database) {
        var statement =
                Server.on(database).anonymous().get("/metadata").expect(200).json();

        for (var resource : statement.at("/rest/0/resource")) {
            for (var param : resource.path("searchParam")) {
                assertThat(param.path("documentation").asText())
                        .as(resource.path("type").asText() + "."
                                + param.path("name").asText())
                        .isNotBlank();
            }
        }
    }

    @EachDatabase
    void openApiIsForCallersAndSaysWhatTheCapabilityStatementSays(Database database) {
        var server = Server.on(database);
        server.anonymous().get("/api-docs").expect(401);
        var answer = server.as("demo-insurer").get("/api-docs").expect(200);
        var docs = answer.json();

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(docs.path("openapi").asText()).startsWith("3.0");
        assertThat(docs.at("/servers/0/url").asText()).isEqualTo(server.url() + "/fhir");
        assertThat(parameters(docs, "/Patient/{id}/$everything", "get")).contains("id", "_since", "_type");
        assertThat(docs.path("paths").path("/Patient/$match").has("get")).isFalse();
        assertThat(docs.path("paths").path("/Observation/$validate").has("post"))
                .isTrue();
        var statement = server.anonymous().get("/metadata").json();
        for (var resource : statement.at("/rest/0/resource")) {
            var type = "/" + resource.path("type").asText();
            if (resource.path("searchParam").size() > 0) {
                assertThat(parameters(docs, type, "get"))
                        .as(type)
                        .containsAll(resource.path("searchParam").findValuesAsText("name"));
            }
        }
        var ids = new ArrayList<String>();
        docs.path("paths")
                .forEach(path -> path.forEach(
                        operation -> ids.add(operation.path("operationId").asText())));
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(100);
        server.as("demo-clinic")
                .post("/api-docs", "{\"resourceType\":\"Patient\"}")
                .expect(404);
    }

    private static List<String> parameters(JsonNode docs, String path, String method) {
        return docs.path("paths").path(path).path(method).path("parameters").findValuesAsText("name");
    }
}
