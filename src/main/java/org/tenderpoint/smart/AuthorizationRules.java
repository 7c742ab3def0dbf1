package org.tenderpoint.smart;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.identity.Client;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.Launches;

/**
 * What has to hold of an authorization request.
 *
 * @see "RFC 6749, section 4.1.1; RFC 7636; RFC 9700, section 2.1; SMART App Launch 2.2, Obtain authorization code"
 */
final class AuthorizationRules {

    private static final int LONGEST = 2_000;

    private final Clients clients;
    private final Launches launches;
    private final BaseUrl baseUrl;
    private final Clock clock;

    AuthorizationRules(Clients clients, Launches launches, BaseUrl baseUrl, Clock clock) {
        this.clients = clients;
        this.launches = launches;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** A request that goes back to nobody: the client or its redirect URI is not registered. */
    static final class NoWayBack extends Exception {

        private static final long serialVersionUID = 1L;

        NoWayBack(String message) {
            super(message);
        }
    }

    /** A request that goes back to its client with an error. */
    static final class SentBack extends Exception {

        private static final long serialVersionUID = 1L;

        final String error;
        final String redirectUri;
        final @Nullable String state;

        SentBack(String error, String description, String redirectUri, @Nullable String state) {
            super(description);
            this.error = error;
            this.redirectUri = redirectUri;
            this.state = state;
        }
    }

    AuthorizationRequest check(Map<String, String[]> parameters) throws NoWayBack, SentBack {
        var client = clients.find(one(parameters, "client_id", ""))
                .filter(Client::isApp)
                .orElseThrow(() -> new NoWayBack("The app is not registered here."));
        var redirectUri = one(parameters, "redirect_uri", "");
        // RFC 9700, section 2.1: to the letter. Nothing is left out where an app has only one.
        if (!client.redirectUris().contains(redirectUri)) {
            throw new NoWayBack("The app asked to be answered at an address that is not registered for it.");
        }
        var ask = new Ask(parameters, redirectUri);
        ask.require(ask.isUnambiguous(), "invalid_request", "a parameter stands twice or is too long");
        ask.require(ask.text("request") == null && ask.text("request_uri") == null, "request_not_supported", "");
        ask.require("code".equals(ask.text("response_type")), "unsupported_response_type", "response_type is code");
        var mode = ask.text("response_mode");
        ask.require(mode == null || mode.equals("query"), "invalid_request", "response_mode is query");
        var state = ask.text("state");
        ask.require(state != null && !state.isBlank(), "invalid_request", "state is missing");
        ask.require("S256".equals(ask.text("code_challenge_method")), "invalid_request", "PKCE by S256 is required");
        var challenge = ask.text("code_challenge");
        ask.require(
                challenge != null && challenge.matches("[A-Za-z0-9_-]{43}"),
                "invalid_request",
                "code_challenge is 43 characters of base64url");
        var audience = ask.text("aud") == null ? ask.text("resource") : ask.text("aud");
        ask.require(
                audience != null && audience.replaceAll("/$", "").equals(baseUrl.fhir()),
                "invalid_request",
                "aud is " + baseUrl.fhir());
        ask.require(!"none".equals(ask.text("prompt")), "interaction_required", "a person decides every time");
        var launch = ask.text("launch");
        if (launch != null) {
            var known = launches.find(launch).filter(found -> found.clientId().equals(client.id()));
            ask.require(known.isPresent(), "invalid_request", "launch is not known, was used, or is another app's");
        }
        var scopes = scopes(client, String.valueOf(ask.text("scope")), launch != null);
        ask.require(!scopes.isEmpty(), "invalid_scope", "nothing of the scope is open to this app");
        var prompt = ask.text("prompt");
        return new AuthorizationRequest(
                client.id(),
                redirectUri,
                scopes,
                String.valueOf(state),
                String.valueOf(challenge),
                ask.text("nonce"),
                launch,
                clock.instant().getEpochSecond(),
                "login".equals(prompt) || "0".equals(ask.text("max_age")),
                null,
                null);
    }

    /** What of it is registered: words as they are, resource scopes cut to what the app holds. */
    static List<String> scopes(Client client, String asked, boolean launched) {
        var wishes = List.of(asked.strip().split(" +"));
        var scopes = new ArrayList<String>();
        for (var wish : wishes) {
            if (Client.WORDS.contains(wish) && client.scopes().contains(wish) && !scopes.contains(wish)) {
                scopes.add(wish);
            }
        }
        // Without a launch there is nothing for this scope to stand for.
        if (!launched) {
            scopes.remove("launch");
            scopes.remove("launch/encounter");
        }
        scopes.addAll(Scopes.intersect(wishes, client.scopes()));
        return scopes;
    }

    private static String one(Map<String, String[]> parameters, String name, String otherwise) {
        var values = parameters.get(name);
        return values == null || values.length != 1 ? otherwise : values[0];
    }

    private record Ask(Map<String, String[]> parameters, String redirectUri) {

        @Nullable
        String text(String name) {
            var values = parameters.get(name);
            return values == null ? null : values[0];
        }

        boolean isUnambiguous() {
            return parameters.values().stream().allMatch(values -> values.length == 1 && values[0].length() <= LONGEST);
        }

        void require(boolean holds, String error, String description) throws SentBack {
            if (!holds) {
                throw new SentBack(error, description, redirectUri, text("state"));
            }
        }
    }
}
