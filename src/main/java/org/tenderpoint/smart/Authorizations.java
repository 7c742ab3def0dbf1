package org.tenderpoint.smart;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.identity.Granted;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Launches;
import org.tenderpoint.identity.Launches.Launch;
import org.tenderpoint.identity.Sessions.Session;

/** Authorization requests on their way through the pages, and how they end. */
public final class Authorizations {

    /** Where somebody decides about a request. */
    public static final String DECIDE = "/oauth2/decide";

    private static final String PURPOSE = "authorize";
    private static final Duration TIME_TO_DECIDE = Duration.ofMinutes(15);
    private static final Duration OFFLINE = Duration.ofDays(90);
    private static final Duration ONLINE = Duration.ofHours(12);
    private static final Duration WITHOUT_REFRESH = Duration.ofMinutes(10);

    private final JsonMapper json = JsonMapper.builder().build();
    private final Sealing sealing;
    private final Grants grants;
    private final Launches launches;
    private final BaseUrl baseUrl;
    private final Clock clock;

    Authorizations(Sealing sealing, Grants grants, Launches launches, BaseUrl baseUrl, Clock clock) {
        this.sealing = sealing;
        this.grants = grants;
        this.launches = launches;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** Seals a request, as a text for URLs. */
    public String seal(AuthorizationRequest request) {
        try {
            return sealing.seal(PURPOSE, json.writeValueAsBytes(request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The request that was sealed here within the last quarter of an hour. */
    public Optional<AuthorizationRequest> open(String sealed) {
        return sealing.open(PURPOSE, sealed)
                .map(this::read)
                .filter(request -> request.at() + TIME_TO_DECIDE.toSeconds()
                        >= clock.instant().getEpochSecond());
    }

    private AuthorizationRequest read(byte[] opened) {
        try {
            return json.readValue(opened, AuthorizationRequest.class);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What the EHR has open that launched the app, if it did. */
    public Optional<Launch> launch(AuthorizationRequest request) {
        return Optional.ofNullable(request.launch()).flatMap(launches::find);
    }

    /**
     * Grants what was ticked.
     *
     * @param ticked scopes; those that were not asked for are nothing
     * @param patient FHIR id of the patient in context
     * @return where the browser goes: to the app, with a code or with an error
     */
    public String grant(AuthorizationRequest request, Session session, List<String> ticked, @Nullable String patient) {
        var scopes = request.scopes().stream().filter(ticked::contains).toList();
        if (scopes.isEmpty()) {
            return refuse(request, "access_denied", "nothing was granted");
        }
        var launch = launch(request);
        if (request.launch() != null && (launch.isEmpty() || !launches.use(request.launch()))) {
            return refuse(request, "invalid_request", "the launch was used or is too old");
        }
        var offline = scopes.contains("offline_access");
        var online = !offline && scopes.contains("online_access");
        var code = grants.grant(
                request.clientId(),
                session.login(),
                new Granted(
                        scopes,
                        request.redirectUri(),
                        request.challenge(),
                        request.nonce(),
                        online ? session.hash() : null,
                        session.begun().getEpochSecond(),
                        session.reached(),
                        patient,
                        scopes.contains("launch") || scopes.contains("launch/encounter")
                                ? launch.map(Launch::encounter).orElse(null)
                                : null,
                        launch.map(Launch::needPatientBanner).orElse(true),
                        launch.map(Launch::intent).orElse(null)),
                offline ? OFFLINE : online ? ONLINE : WITHOUT_REFRESH);
        return back(request.redirectUri(), "code", code, "state", request.state());
    }

    /** Where the browser goes when nothing is granted. */
    public String refuse(AuthorizationRequest request, String error, String description) {
        return back(request.redirectUri(), "error", error, "error_description", description, "state", request.state());
    }

    /** A redirect URI with parameters, the issuer among them (RFC 9207), so that no app takes another's answer for ours. */
    String back(String redirectUri, @Nullable String... pairs) {
        var uri = new StringBuilder(redirectUri);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                add(uri, String.valueOf(pairs[i]), String.valueOf(pairs[i + 1]));
            }
        }
        add(uri, "iss", baseUrl.issuer());
        return uri.toString();
    }

    private static void add(StringBuilder uri, String name, String value) {
        uri.append(uri.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** Where clients find this server, without a slash at its end. */
    public String issuer() {
        return baseUrl.issuer();
    }
}
