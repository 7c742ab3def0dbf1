package org.tenderpoint.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;

/**
 * One registered client: a system that acts for itself, or an app that acts for the person before it. What is wrong with a
 * registration is said without its secret, which is why the checks stand here and not in annotations: those repeat the
 * refused value.
 *
 * @param id the client id: letters, digits, dot, dash and underscore
 * @param name what people read on the consent page; the id where it is left out
 * @param role the capacity in which a system acts; none for an app, which acts as its person does
 * @param organization identifier of the Organization a system acts for, {@code system|value}; empty for an administrator,
 *     and for an app
 * @param scopes the most a token of it may allow
 * @param secret the encoded client secret, such as {@code {bcrypt}$2a$10$...}; empty for a client with keys and for a public
 *     app
 * @param jwks the public keys of a client that signs, as a JSON Web Key Set; empty where there are none
 * @param jwksUri where such keys are fetched; empty where they are registered, or where there are none
 * @param redirectUris where an app gets its code, each to the letter; none for a system
 * @param launchUri where an EHR opens the app; empty where none does
 * @param introspects true for a resource server, which may ask what any token means
 */
public record Client(
        String id,
        @DefaultValue("") String name,
        @Nullable Role role,
        @DefaultValue("") String organization,
        List<String> scopes,
        @DefaultValue("") String secret,
        @DefaultValue("") String jwks,
        @DefaultValue("") String jwksUri,
        @DefaultValue List<String> redirectUris,
        @DefaultValue("") String launchUri,
        @DefaultValue("false") boolean introspects) {

    private static final String ENCODED = "\\{(bcrypt|pbkdf2@SpringSecurity_v5_8)}\\S{20,}";

    /** Scopes that say something else than what may be read or written. */
    public static final Set<String> WORDS = Set.of(
            "openid",
            "fhirUser",
            "profile",
            "launch",
            "launch/patient",
            "launch/encounter",
            "offline_access",
            "online_access");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws IllegalArgumentException if one of the parts is missing or not of the form described */
    public Client {
        // Binding and JSON hand over null for a part that is not given, whatever the types say.
        require(id != null && id.matches("[A-Za-z0-9._-]{1,100}"), id, "an id of letters, digits, '.', '-', '_'");
        name = text(name).isBlank() ? id : name;
        organization = text(organization);
        secret = text(secret);
        jwks = text(jwks);
        jwksUri = text(jwksUri);
        launchUri = text(launchUri);
        redirectUris = redirectUris == null ? List.of() : List.copyOf(redirectUris);
        require(name.length() <= 200, id, "a name of at most 200 characters");
        require(secret.isEmpty() || secret.matches(ENCODED), id, "an encoded secret ({bcrypt}...)");
        require(jwks.isEmpty() || jwksUri.isEmpty(), id, "either its keys or the place to fetch them, not both");
        require(secret.isEmpty() || (jwks.isEmpty() && jwksUri.isEmpty()), id, "either a secret or keys, not both");
        require(jwksUri.isEmpty() || isWebAddress(jwksUri), id, "a jwksUri that is an https URL");
        require(scopes != null && !scopes.isEmpty(), id, "scopes");
        scopes = List.copyOf(scopes);
        if (redirectUris.isEmpty()) {
            system(id, role, organization, scopes, !secret.isEmpty() || !jwks.isEmpty() || !jwksUri.isEmpty());
        } else {
            app(id, role, organization, scopes, redirectUris, launchUri);
        }
    }

    private static void system(
            String id, @Nullable Role role, String organization, List<String> scopes, boolean authenticates) {
        require(authenticates, id, "an encoded secret ({bcrypt}...) or keys");
        require(role != null && role != Role.PATIENT, id, "a role");
        for (var scope : scopes) {
            require(
                    scope.startsWith("system/") && isResourceScope(scope) || scope.equals("launch"),
                    id,
                    "scopes of the form system/Type.cruds");
        }
        if (Objects.requireNonNull(role).isBoundToOrganization()) {
            require(organization.matches("[^|\\s]+\\|[^|]+"), id, "an organization identifier (system|value)");
        } else {
            require(organization.isEmpty(), id, "no organization, because none stands behind its role");
        }
    }

    private static void app(
            String id,
            @Nullable Role role,
            String organization,
            List<String> scopes,
            List<String> redirectUris,
            String launchUri) {
        require(role == null && organization.isEmpty(), id, "no role and no organization: it acts as its person does");
        for (var uri : redirectUris) {
            require(
                    isRedirect(uri),
                    id,
                    "redirect URIs that are https, loopback or of a scheme of its own, no fragment");
        }
        require(launchUri.isEmpty() || isWebAddress(launchUri), id, "a launchUri that is an https URL");
        for (var scope : scopes) {
            require(
                    WORDS.contains(scope) || !scope.startsWith("system/") && isResourceScope(scope),
                    id,
                    "scopes of the form patient/Type.cruds or user/Type.cruds, or the words of SMART App Launch");
        }
    }

    /** A system that proves itself by a secret. */
    public static Client system(String id, String secret, Role role, String organization, List<String> scopes) {
        return new Client(id, "", role, organization, scopes, secret, "", "", List.of(), "", false);
    }

    /** True for an app, which acts for a person; false for a system. */
    @JsonIgnore
    public boolean isApp() {
        return !redirectUris.isEmpty();
    }

    /** The capacity in which a system acts; an app has none of its own. */
    public Role systemRole() {
        return Objects.requireNonNull(role, "an app has no role");
    }

    /** The web origins that an app's pages come from. */
    @JsonIgnore
    public Set<String> origins() {
        return redirectUris.stream()
                .filter(Client::isWebAddress)
                .map(URI::create)
                .map(uri -> uri.getScheme() + "://" + uri.getRawAuthority().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** True where it signs its assertions. */
    @JsonIgnore
    public boolean hasKeys() {
        return !jwks.isEmpty() || !jwksUri.isEmpty();
    }

    /** True for an app that cannot keep a secret. */
    @JsonIgnore
    public boolean isPublic() {
        return secret.isEmpty() && !hasKeys();
    }

    /** The part of the organization identifier before the bar. */
    @JsonIgnore
    public String organizationSystem() {
        return organization.substring(0, organization.indexOf('|'));
    }

    /** The part of the organization identifier after the bar. */
    @JsonIgnore
    public String organizationValue() {
        return organization.substring(organization.indexOf('|') + 1);
    }

    /** Everything but the secret and the keys. */
    @Override
    public String toString() {
        return "Client[id=" + id + ", role=" + role + ", organization=" + organization + ", scopes=" + scopes + "]";
    }

    private static boolean isResourceScope(String scope) {
        return !Scopes.parse(List.of(scope)).allowed().isEmpty();
    }

    private static boolean isRedirect(String text) {
        var uri = parse(text);
        if (uri == null || !uri.isAbsolute() || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            return false;
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        // RFC 8252, section 7.1: an app's own scheme is a domain name turned round, and so has a dot in it.
        return isWebAddress(text) || scheme.indexOf('.') > 0;
    }

    /** https, or http to the machine itself (RFC 8252, section 7.3). */
    private static boolean isWebAddress(String text) {
        var uri = parse(text);
        return uri != null
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && ("https".equals(uri.getScheme())
                        || "http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
    }

    /** True for an address of the machine itself, where nobody else's keys lie. */
    public static boolean isLoopback(String text) {
        var uri = parse(text);
        return uri != null && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
    }

    private static @Nullable URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static void require(boolean holds, @Nullable String id, String what) {
        if (!holds) {
            throw new IllegalArgumentException("client " + id + " needs " + what);
        }
    }
}
