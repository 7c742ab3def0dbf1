package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Client;

class CallerConverterTest {

    private static final UUID NORTH = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final Clock clock = Clock.fixed(Instant.parse("2026-04-01T09:00:00Z"), ZoneOffset.UTC);

    @Test
    void tokenBecomesTheCallerItsClientIsRegisteredAs() {
        var converter = new CallerConverter(
                Registered.registry(Registered.ehr()),
                (system, value) -> system.equals("https://example.org/organization") && value.equals("north")
                        ? Optional.of(NORTH)
                        : Optional.empty(),
                clock);

        var authentication = converter.convert(token("an-ehr", "system/Patient.rs system/Task.c"));

        var caller = authentication.getPrincipal();
        assertThat(authentication.isAuthenticated()).isTrue();
        assertThat(authentication.getName()).isEqualTo("an-ehr");
        assertThat(caller.role()).isEqualTo(Role.EHR);
        assertThat(caller.organization()).isEqualTo(NORTH);
        assertThat(caller.scopes().allow(Interaction.READ, "Patient")).isTrue();
        assertThat(caller.scopes().allow(Interaction.READ, "Task")).isFalse();
    }

    @Test
    void administratorIsBoundToNoOrganization() {
        var converter = new CallerConverter(
                Registered.registry(Registered.administrator()), (system, value) -> Optional.empty(), clock);

        var caller = converter.convert(token("an-admin", "system/*.cruds")).getPrincipal();

        assertThat(caller.role()).isEqualTo(Role.ADMINISTRATOR);
        assertThat(caller.organization()).isNull();
    }

    @Test
    void tokenOfAClientThatIsNoLongerRegisteredIsRefused() {
        var converter = new CallerConverter(Registered.registry(), (system, value) -> Optional.of(NORTH), clock);

        assertThatThrownBy(() -> converter.convert(token("an-ehr", "system/*.cruds")))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void tokenAllowsNoMoreThanTheRegistrationHoldsNow() {
        var narrowed = Client.system(
                "an-ehr",
                Registered.SECRET,
                Role.EHR,
                "https://example.org/organization|north",
                List.of("system/*.rs"));
        var converter =
                new CallerConverter(Registered.registry(narrowed), (system, value) -> Optional.of(NORTH), clock);

        var scopes = converter
                .convert(token("an-ehr", "system/*.cruds"))
                .getPrincipal()
                .scopes();

        assertThat(scopes.allow(Interaction.SEARCH, "Patient")).isTrue();
        assertThat(scopes.allow(Interaction.CREATE, "Patient")).isFalse();
    }

    @Test
    void tokenWithoutScopesAllowsNothing() {
        var converter = new CallerConverter(
                Registered.registry(Registered.ehr()), (system, value) -> Optional.of(NORTH), clock);
        var token = Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .claim("client_id", "an-ehr")
                .build();

        assertThat(converter.convert(token).getPrincipal().scopes().allowed()).isEmpty();
    }

    @Test
    void organizationIsLookedUpUntilItIsThereAndThenRemembered() {
        var lookups = new AtomicInteger();
        var converter = new CallerConverter(
                Registered.registry(Registered.ehr()),
                (system, value) -> lookups.incrementAndGet() < 3 ? Optional.empty() : Optional.of(NORTH),
                clock);
        var token = token("an-ehr", "system/*.cruds");

        assertThatThrownBy(() -> converter.convert(token)).isInstanceOf(OrganizationMissing.class);
        assertThatThrownBy(() -> converter.convert(token)).isInstanceOf(OrganizationMissing.class);
        converter.convert(token);
        converter.convert(token);

        assertThat(lookups).hasValue(3);
    }

    @Test
    void aPersonIsWhoTheTokenSays() {
        var app = Registered.app();
        var converter = new CallerConverter(Registered.registry(app), (system, value) -> Optional.of(NORTH), clock);
        var patient = UUID.randomUUID();

        var therapist = converter
                .convert(person("https://example.org/fhir/Practitioner/7", "CLINIC", "organization", NORTH))
                .getPrincipal();
        var herself = converter
                .convert(person("Patient/" + patient, "PATIENT", "patient", patient))
                .getPrincipal();

        assertThat(therapist.user()).isEqualTo("Practitioner/7");
        assertThat(therapist.role()).isEqualTo(Role.CLINIC);
        assertThat(therapist.organization()).isEqualTo(NORTH);
        assertThat(herself.patient()).isEqualTo(patient);
        assertThat(herself.role()).isEqualTo(Role.PATIENT);
    }

    @Test
    void aPersonOfWhomSomethingIsMissingIsNobody() {
        var app = Registered.app();
        var converter = new CallerConverter(Registered.registry(app), (system, value) -> Optional.of(NORTH), clock);

        for (var token : List.of(
                person("Practitioner/7", "CLINIC", "patient", NORTH),
                person("Practitioner/7", "PATIENT", "patient", NORTH),
                person("Patient/" + NORTH, "PATIENT", "organization", NORTH),
                person("Practitioner/7", "KING", "organization", NORTH))) {
            assertThatThrownBy(() -> converter.convert(token)).isInstanceOf(InvalidBearerTokenException.class);
        }
    }

    @Test
    void aRoleInTheTokenOfASystemIsNotItsRole() {
        var converter = new CallerConverter(
                Registered.registry(Registered.ehr()), (system, value) -> Optional.of(NORTH), clock);
        var token = Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .claim("client_id", "an-ehr")
                .claim("role", "CLINIC")
                .build();

        assertThat(converter.convert(token).getPrincipal().role()).isEqualTo(Role.EHR);
    }

    private static Jwt person(String user, String role, String claim, UUID id) {
        return Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .claim("client_id", "an-app")
                .claim("scope", "user/*.rs patient/*.rs")
                .claim("fhirUser", user)
                .claim("role", role)
                .claim(claim, id.toString())
                .build();
    }

    private static Jwt token(String clientId, String scope) {
        return Jwt.withTokenValue("t")
                .header("alg", "RS256")
                .claim("client_id", clientId)
                .claim("scope", scope)
                .build();
    }
}
