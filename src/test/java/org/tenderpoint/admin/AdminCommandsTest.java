package org.tenderpoint.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Endpoint;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;

/** An administrator's acts by command, on a database of their own. */
class AdminCommandsTest {

    private final String url =
            "jdbc:h2:mem:commands-" + UUID.randomUUID() + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private int run(String... command) {
        screen.reset();
        return AdminCommands.run(arguments(command), new PrintStream(screen, true, StandardCharsets.UTF_8));
    }

    private String[] arguments(String... command) {
        return Stream.concat(
                        Stream.of(command),
                        Stream.of(
                                "--spring.datasource.url=" + url,
                                "--spring.datasource.username=tenderpoint",
                                "--spring.datasource.password=",
                                "--spring.profiles.active=none",
                                "--tenderpoint.identity.key-secret=a secret of the test, and long enough"))
                .toArray(String[]::new);
    }

    private String said() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private List<Integer> generations(DSLContext sql) {
        return sql.fetch("select generation from identity_key where purpose = 'sign' order by generation")
                .getValues(0, Integer.class);
    }

    @Test
    void keysAreRotatedAndReplacedAndClientsRegisteredAndRevoked(@TempDir Path folder) throws Exception {
        var file = Files.writeString(
                folder.resolve("client.json"),
                "{\"client_id\":\"by-command\",\"role\":\"ADMINISTRATOR\",\"scope\":\"system/*.cruds\","
                        + "\"token_endpoint_auth_method\":\"client_secret_basic\"}");
        var person = Files.writeString(
                folder.resolve("person.json"), "{\"login\":\"first\",\"name\":\"First\",\"role\":\"ADMINISTRATOR\"}");

        assertThat(run("rotate-keys")).isZero();

        try (var connection = java.sql.DriverManager.getConnection(url, "tenderpoint", "")) {
            var sql = DSL.using(connection);
            assertThat(generations(sql))
                    .as("the one that signs and the one that is announced")
                    .containsExactly(1, 2);
            assertThat(run("replace-keys")).isZero();
            assertThat(generations(sql)).as("one, and a new one").containsExactly(3);
            assertThat(run("register-client", file.toString())).isZero();
            assertThat(said()).contains("client_secret");
            assertThat(run("register-client", file.toString()))
                    .as("an id is given once")
                    .isEqualTo(1);
            assertThat(sql.fetchCount(DSL.table("identity_client"))).isEqualTo(1);
            assertThat(run("list-clients")).isZero();
            assertThat(said()).contains("by-command").doesNotContain("client_secret\"");
            for (var here : List.of("http://localhost:9999/jwks", "https://127.0.0.1/jwks", "http://[::1]/jwks")) {
                Files.writeString(
                        file,
                        "{\"client_id\":\"by-loopback\",\"role\":\"ADMINISTRATOR\",\"scope\":\"system/*.cruds\","
                                + "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"" + here + "\"}");
                assertThat(run("register-client", file.toString())).as(here).isEqualTo(1);
                assertThat(said()).contains("jwks_uri").contains("not this machine");
            }
            assertThat(run("revoke-client", "by-command")).isZero();
            assertThat(sql.fetchCount(DSL.table("identity_client"), DSL.condition("revoked is not null")))
                    .isEqualTo(1);
            assertThat(run("revoke-client", "nobody")).isEqualTo(1);
            var pair = new ECKeyGenerator(Curve.P_384).keyID("k").generate();
            for (var useless : List.of(
                    "{\"keys\": []}",
                    "{\"keys\": [{\"kty\": \"EC\"}]}",
                    new JWKSet(new OctetSequenceKeyGenerator(256).generate()).toString(false),
                    new JWKSet(new RSAKeyGenerator(1024, true).generate()).toString(),
                    new JWKSet(new ECKeyGenerator(Curve.P_256).generate()).toString(),
                    new JWKSet(pair).toString(false))) {
                Files.writeString(file, withKeys("by-useless-key", useless));
                assertThat(run("register-client", file.toString())).as(useless).isEqualTo(1);
                assertThat(said()).contains("jwks");
            }
            Files.writeString(file, withKeys("by-key", new JWKSet(pair).toString()));
            assertThat(run("register-client", file.toString())).as(said()).isZero();
            assertThat(run("register-person", person.toString())).isZero();
            assertThat(sql.fetchCount(DSL.table("identity_person"))).isEqualTo(1);
            assertThat(run("register-person")).as("no file").isEqualTo(1);
            assertThat(said()).contains("needs one argument more");
            assertThat(run("register-person", folder.resolve("missing").toString()))
                    .isEqualTo(1);
        }
    }

    @Test
    void endpointsAreListedApprovedAndRefused() {
        assertThat(run("list-endpoints")).isZero();
        assertThat(said().strip()).isEqualTo("[ ]");
        var one = endpoint("https://93.184.215.14/one");
        var other = endpoint("https://93.184.215.14/other");

        assertThat(run("list-endpoints")).isZero();
        assertThat(said()).contains(one, other);
        assertThat(run("approve-endpoint", one)).isZero();
        assertThat(said()).contains("\"status\" : \"active\"");
        assertThat(run("refuse-endpoint", other)).isZero();
        assertThat(said()).contains("\"status\" : \"off\"");
        assertThat(run("approve-endpoint", other)).as("it is decided").isEqualTo(1);
        assertThat(run("approve-endpoint", UUID.randomUUID().toString())).isEqualTo(1);
        assertThat(run("approve-endpoint")).isEqualTo(1);
        assertThat(said()).contains("needs one argument more");
        assertThat(run("list-endpoints")).isZero();
        assertThat(said().strip()).isEqualTo("[ ]");
    }

    /** As a client leaves one, in the database of the commands. */
    private String endpoint(String address) {
        var endpoint = new Endpoint().setStatus(Endpoint.EndpointStatus.TEST).setAddress(address);
        try (var context = new SpringApplicationBuilder(AdminCommands.RecordDesk.class)
                .web(WebApplicationType.NONE)
                .run(arguments())) {
            var create = new Change.Create(endpoint, null, List.of(), null, "Endpoint");
            return context.getBean(Chart.class)
                    .commit(Change.by(new Caller("test", Role.ADMINISTRATOR, null, Scopes.ALL_SYSTEM))
                            .add(create))
                    .get(0)
                    .stored()
                    .id()
                    .toString();
        }
    }

    @Test
    void aCommandOnTheRecordWritesNoFile(@TempDir Path folder) {
        assertThat(run("list-endpoints", "--tenderpoint.chart.audit-journal=" + folder.resolve("journal")))
                .isZero();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theAuditIsVerifiedAndWhoHasChangedItIsFoundOut() throws Exception {
        assertThat(run("list-clients")).isZero();
        seal();

        assertThat(run("verify-audit")).isZero();
        var verdict = JsonMapper.builder().build().readTree(said());
        assertThat(verdict.path("sealed").asLong()).isPositive();
        assertThat(verdict.path("problems")).isEmpty();
        var head = verdict.path("head").asText();
        assertThat(run("verify-audit", head)).isZero();
        assertThat(run("verify-audit", "99:00"))
                .as("a head that the chain never had")
                .isEqualTo(1);
        assertThat(said()).contains("the chain has no seal 99:00");
        assertThat(run("verify-audit", "yesterday")).isEqualTo(1);
        assertThat(said()).contains("head is a number, a colon and a hash");
        try (var connection = java.sql.DriverManager.getConnection(url, "tenderpoint", "")) {
            var sql = DSL.using(connection);
            var first = sql.fetchValue("select min(id) from audit");
            sql.execute("update audit set ground = 'nothing happened' where id = " + first);
            assertThat(run("verify-audit")).isEqualTo(1);
            assertThat(said()).contains("entry " + first + " was changed");
        }
    }

    /** What a running server does every ten seconds. */
    private static String withKeys(String id, String jwks) {
        return "{\"client_id\":\"" + id + "\",\"role\":\"EHR\",\"organization\":\"https://example.org|e\","
                + "\"scope\":\"system/*.cruds\",\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":" + jwks
                + "}";
    }

    private void seal() {
        try (var context = new SpringApplicationBuilder(AdminCommands.Desk.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(arguments())) {
            assertThat(context.getBean(AuditSeals.class).seal(Duration.ZERO)).isPositive();
        }
    }

    @Test
    void settingsAreNoCommand() {
        assertThat(AdminCommands.isCommand(new String[] {"--server.port=0", "rotate-keys"}))
                .isFalse();
        assertThat(AdminCommands.isCommand(new String[] {"rotate-keys"})).isTrue();
    }
}
