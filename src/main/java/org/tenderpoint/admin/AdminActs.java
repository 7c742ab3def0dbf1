package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tenderpoint.access.Role;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.SigningKeys;

/** The acts of an administrator, as JSON in and JSON out: the same by command and over HTTP. */
final class AdminActs {

    private static final int LEAST_RSA_BITS = 2048;
    private static final int SECRET_BYTES = 32;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Clients clients;
    private final SigningKeys keys;
    private final boolean isDemonstration;
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();
    private final SecureRandom random = new SecureRandom();

    /** @param environment where the demonstration takes keys from this machine too */
    AdminActs(Clients clients, SigningKeys keys, Environment environment) {
        this.clients = clients;
        this.keys = keys;
        this.isDemonstration = environment.acceptsProfiles(Profiles.of("demonstration"));
    }

    /** An act that cannot be carried out, and what to change. */
    static final class Impossible extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Impossible(String message) {
            super(message);
        }
    }

    /**
     * Registers a client. Where it asks for a secret, one is made and stands in the answer, this once: what is kept is
     * its hash.
     *
     * @param asked {@code client_id}, {@code client_name}, {@code role}, {@code organization}, {@code scope},
     *     {@code token_endpoint_auth_method}, {@code jwks}, {@code jwks_uri}, {@code redirect_uris},
     *     {@code initiate_login_uri}, {@code introspects}; RFC 7591 where it has a name for it
     * @param by who registers it
     * @throws Impossible where something is missing or the id is taken
     */
    ObjectNode register(JsonNode asked, String by) {
        var withSecret =
                switch (asked.path("token_endpoint_auth_method").asText()) {
                    case "client_secret_basic" -> true;
                    case "private_key_jwt", "none" -> false;
                    default ->
                        throw new Impossible(
                                "token_endpoint_auth_method is client_secret_basic, private_key_jwt or none");
                };
        if (asked.has("jwks")) {
            requireKeys(asked.path("jwks"));
        }
        if (!isDemonstration && Client.isLoopback(asked.path("jwks_uri").asText())) {
            throw new Impossible("jwks_uri is where the client keeps its keys, and not this machine");
        }
        var secret = withSecret ? newSecret() : null;
        try {
            var client = new Client(
                    asked.path("client_id").asText(),
                    asked.path("client_name").asText(),
                    role(asked.path("role").asText()),
                    asked.path("organization").asText(),
                    List.of(asked.path("scope").asText().strip().split(" +")),
                    secret == null ? "" : encoder.encode(secret),
                    asked.has("jwks") ? asked.path("jwks").toString() : "",
                    asked.path("jwks_uri").asText(),
                    texts(asked.path("redirect_uris")),
                    asked.path("initiate_login_uri").asText(),
                    asked.path("introspects").asBoolean());
            if (withSecret == (client.hasKeys() || client.isPublic())) {
                throw new Impossible("token_endpoint_auth_method does not go with the keys that are given");
            }
            if (!clients.register(client, by)) {
                throw new Impossible("there is, or was, a client " + client.id() + "; choose another client_id");
            }
            var answer = shown(client);
            if (secret != null) {
                answer.put("client_secret", secret);
            }
            return answer;
        } catch (IllegalArgumentException incomplete) {
            throw new Impossible(String.valueOf(incomplete.getMessage()));
        }
    }

    /** @throws Impossible where there is none with that id in the database */
    void revoke(String id, String by) {
        if (!clients.revoke(id, by)) {
            throw new Impossible("no client " + id + " is in the database; one of the settings is removed there");
        }
    }

    /** All clients, without secrets. */
    JsonNode list() {
        var all = JSON.createArrayNode();
        clients.all().forEach(client -> all.add(shown(client)));
        return all;
    }

    /** @param atOnce true where a key may have become known: every token that is out ends then */
    void rotateKeys(boolean atOnce) {
        if (atOnce) {
            keys.replaceAll();
        } else {
            keys.rotate();
        }
    }

    private static ObjectNode shown(Client client) {
        var json = JSON.createObjectNode();
        json.put("client_id", client.id());
        json.put("client_name", client.name());
        if (client.role() != null) {
            json.put("role", client.role().name());
        }
        json.put("organization", client.organization());
        json.put("scope", String.join(" ", client.scopes()));
        json.put(
                "token_endpoint_auth_method",
                client.hasKeys() ? "private_key_jwt" : client.isPublic() ? "none" : "client_secret_basic");
        json.put("jwks_uri", client.jwksUri());
        var redirects = json.putArray("redirect_uris");
        client.redirectUris().forEach(redirects::add);
        json.put("initiate_login_uri", client.launchUri());
        json.put("introspects", client.introspects());
        return json;
    }

    /** RFC 7517; SMART App Launch 2.2, client-confidential-asymmetric: RS384 or ES384. */
    private static void requireKeys(JsonNode jwks) {
        List<JWK> keys;
        try {
            keys = JWKSet.parse(jwks.toString()).getKeys();
        } catch (ParseException notKeys) {
            throw new Impossible("jwks is a set of public keys, {\"keys\": [...]}, as RFC 7517 writes them");
        }
        if (keys.stream().anyMatch(JWK::isPrivate)) {
            throw new Impossible(
                    "jwks has a private key in it, which nobody but the client may know; make another pair");
        }
        if (keys.stream().noneMatch(AdminActs::signs)) {
            throw new Impossible("jwks has at least one RSA key of 2048 bits or more, or EC key on P-384");
        }
    }

    private static boolean signs(JWK key) {
        return key instanceof ECKey curve
                ? curve.getCurve().equals(Curve.P_384)
                : key instanceof RSAKey rsa && rsa.size() >= LEAST_RSA_BITS;
    }

    private String newSecret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws Impossible where there is no such role */
    static Role knownRole(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new Impossible("role is one of " + Arrays.toString(Role.values())));
    }

    private static @Nullable Role role(String name) {
        return name.isEmpty() ? null : knownRole(name);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
