package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Client;

class SmartPropertiesTest {

    private static final String ORGANIZATION = "https://example.org/organization|north";

    private final ApplicationContextRunner server = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(OnlyProperties.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SmartProperties.class)
    static class OnlyProperties {}

    @Test
    void demonstrationKnowsItsClientsWithTheirSecretsAndListensOnThisMachineOnly() {
        var encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

        server.withPropertyValues("spring.profiles.active=demonstration").run(context -> {
            var clients = context.getBean(SmartProperties.class).clients();
            assertThat(clients)
                    .extracting(Client::id)
                    .containsExactlyInAnyOrder(
                            "demo-ehr",
                            "demo-other-ehr",
                            "demo-clinic",
                            "demo-other-clinic",
                            "demo-insurer",
                            "demo-other-insurer",
                            "demo-state-fund",
                            "demo-veterans-care",
                            "demo-auto-insurer",
                            "demo-admin",
                            "demo-app");
            assertThat(clients).filteredOn(client -> !client.isPublic()).allSatisfy(client -> assertThat(
                            encoder.matches(client.id() + "-secret", client.secret()))
                    .as(client.id())
                    .isTrue());
            assertThat(clients)
                    .extracting(Client::organization)
                    .filteredOn(organization -> !organization.isEmpty())
                    .doesNotHaveDuplicates();
            assertThat(context.getBean(SmartProperties.class).people())
                    .hasSize(7)
                    .allSatisfy(person -> assertThat(encoder.matches(person.login() + "-password", person.password()))
                            .as(person.login())
                            .isTrue());
            assertThat(clients)
                    .filteredOn(client -> client.role() == Role.INSURER)
                    .extracting(Client::scopes)
                    .containsOnly(List.of("system/*.rs"));
            assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "practice", "demo", "demonstration-not"})
    void everyOtherProfileKnowsNoClient(String profile) {
        server.withPropertyValues("spring.profiles.active=" + profile)
                .run(context -> assertThat(context.getBean(SmartProperties.class))
                        .satisfies(known -> {
                            assertThat(known.clients()).isEmpty();
                            assertThat(known.people()).isEmpty();
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "301s", "1h", "-1m"})
    void accessTokenLivesFromOneSecondToFiveMinutes(String life) {
        server.withPropertyValues("spring.profiles.active=production", "tenderpoint.smart.access-token-life=" + life)
                .run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo-ehr-secret", "{noop}demo-ehr-secret-of-some-length", "{bcrypt}", ""})
    void secretThatIsNotEncodedIsRefusedWithoutRepeatingIt(String secret) {
        assertThatThrownBy(() -> Client.system("an-ehr", secret, Role.EHR, ORGANIZATION, List.of("system/*.rs")))
                .hasMessageContaining("an-ehr needs an encoded secret")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("demo-ehr-secret"));
    }

    @Test
    void clientsPrintWithoutTheirSecret() {
        assertThat(new SmartProperties(Duration.ofMinutes(5), List.of(Registered.ehr()), List.of(), List.of(), 0, 0))
                .hasToString("SmartProperties[accessTokenLife=PT5M, clients=[Client[id=an-ehr, role=EHR, organization="
                        + ORGANIZATION
                        + ", scopes=[system/*.cruds]]], people=[], jwksHosts=[], tokenRequests=0, signIns=0]");
    }

    @Test
    void clinicalRoleNeedsAnOrganizationAndAnAdministratorHasNone() {
        assertThatThrownBy(() -> client(Role.CLINIC, "")).hasMessageContaining("organization identifier");
        assertThatThrownBy(() -> client(Role.CLINIC, "north")).hasMessageContaining("organization identifier");
        assertThatThrownBy(() -> client(Role.ADMINISTRATOR, ORGANIZATION)).hasMessageContaining("no organization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"system/*", "patient/*.rs", "launch/*.rs", "system/Patient.rs?x=y", "openid"})
    void scopeThatNobodyUnderstandsIsRefusedAtStart(String scope) {
        assertThatThrownBy(() -> Client.system("an-ehr", Registered.SECRET, Role.EHR, ORGANIZATION, List.of(scope)))
                .hasMessageContaining("scopes of the form");
    }

    @Test
    void clientIsConfiguredOnce() {
        assertThatThrownBy(() -> new SmartProperties(
                        Duration.ofMinutes(5), List.of(Registered.ehr(), Registered.ehr()), List.of(), List.of(), 0, 0))
                .hasMessage("client an-ehr is configured twice");
    }

    private static Client client(Role role, String organization) {
        return Client.system("a-client", Registered.SECRET, role, organization, List.of("system/*.rs"));
    }
}
