package org.tenderpoint.smart;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Grants.Grant;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.Secrets;
import org.tenderpoint.identity.TokenKeys;

/**
 * The answer to an app that has brought a code or a refresh token: tokens, and what it has in context.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#obtain-access-token">SMART App Launch 2.2,
 *     Obtain access token</a>
 */
final class PersonTokens {

    static final String GRANT = "grant";
    static final String STYLE = "/smart-style.json";

    private final AccessTokens tokens;
    private final TokenKeys keys;
    private final Grants grants;
    private final Who who;
    private final BaseUrl baseUrl;

    /** Who stands behind a login, now. */
    record Who(People people, Chart chart, Clock clock) {

        Acting acting(String login) {
            // RFC 6749, section 5.2: invalid_grant, because the account has ended or is nobody in the record any more.
            return people.find(login)
                    .flatMap(person -> Acting.of(person, chart))
                    .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
        }
    }

    PersonTokens(AccessTokens tokens, TokenKeys keys, Grants grants, Who who, BaseUrl baseUrl) {
        this.tokens = tokens;
        this.keys = keys;
        this.grants = grants;
        this.who = who;
        this.baseUrl = baseUrl;
    }

    /** What an app calls a person: the same every time, and no login. */
    static String subject(String login) {
        return Secrets.hash("subject of " + login);
    }

    /** @param scopes those of the grant, or fewer */
    OAuth2AccessTokenAuthenticationToken answer(
            RegisteredClient registered, Authentication principal, Grant grant, List<String> scopes) {
        var acting = who.acting(grant.login());
        var content = grant.content();
        var claims = acting.claims();
        claims.put(GRANT, grant.id());
        put(claims, AccessTokens.PATIENT, content.patient());
        put(claims, "encounter", content.encounter());
        var token =
                tokens.issue(grant.clientId(), subject(grant.login()), new LinkedHashSet<>(scopes), Map.copyOf(claims));
        var more = new LinkedHashMap<String, Object>();
        if (content.patient() != null) {
            more.put("patient", content.patient());
            more.put("need_patient_banner", content.needPatientBanner());
        }
        if (content.encounter() != null) {
            more.put("encounter", content.encounter());
        }
        if (content.intent() != null) {
            more.put("intent", content.intent());
        }
        more.put("smart_style_url", baseUrl.issuer() + STYLE);
        if (scopes.contains("openid")) {
            more.put("id_token", idToken(grant, acting, scopes));
        }
        if (acting.isInRecord() && scopes.contains("fhirUser")) {
            more.put("fhirUser", baseUrl.fhir() + "/" + acting.user());
        }
        var refresh = content.has("offline_access") || content.has("online_access")
                ? new OAuth2RefreshToken(
                        grants.refreshToken(grant.id(), grant.until()),
                        who.clock().instant(),
                        grant.until())
                : null;
        return new OAuth2AccessTokenAuthenticationToken(registered, principal, token, refresh, more);
    }

    /** RS256, as SMART asks for; for the app alone, and for as long as an access token. */
    private String idToken(Grant grant, Acting acting, List<String> scopes) {
        var now = who.clock().instant();
        var content = grant.content();
        var claims = new JWTClaimsSet.Builder()
                .issuer(baseUrl.issuer())
                .subject(subject(grant.login()))
                .audience(grant.clientId())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("auth_time", content.signedInAt());
        if (content.reached() != null && !content.reached().methods().isEmpty()) {
            claims.claim("amr", content.reached().methods());
        }
        if (content.nonce() != null) {
            claims.claim("nonce", content.nonce());
        }
        if (acting.isInRecord() && (scopes.contains("fhirUser") || scopes.contains("profile"))) {
            claims.claim("fhirUser", baseUrl.fhir() + "/" + acting.user());
        }
        return AccessTokens.sign(keys, "JWT", claims.build());
    }

    private static void put(Map<String, String> claims, String name, @Nullable String value) {
        if (value != null) {
            claims.put(name, value);
        }
    }
}
