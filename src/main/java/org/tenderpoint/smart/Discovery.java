package org.tenderpoint.smart;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Tells clients where tokens are to be had and what is offered: only what is really there.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html">SMART App Launch 2.2, Conformance</a>
 */
final class Discovery extends HttpServlet {

    static final String SMART = "/fhir/.well-known/smart-configuration";

    /** RFC 8414, for OAuth libraries that have not heard of SMART. */
    static final String OAUTH = "/.well-known/oauth-authorization-server";

    /** OpenID Connect Discovery 1.0, section 4: for libraries that verify id tokens. */
    static final String OPENID = "/.well-known/openid-configuration";

    static final String TOKEN = "/oauth2/token";
    static final String INTROSPECT = "/oauth2/introspect";
    static final String REVOKE = "/oauth2/revoke";
    static final String KEYS = "/oauth2/jwks";

    private static final long serialVersionUID = 1L;

    private static final List<String> METHODS = List.of("client_secret_basic", "private_key_jwt", "none");

    private static final List<String> SCOPES = List.of(
            "openid",
            "fhirUser",
            "launch",
            "launch/patient",
            "launch/encounter",
            "offline_access",
            "online_access",
            "patient/*.cruds",
            "patient/*.rs",
            "patient/*.read",
            "user/*.cruds",
            "user/*.rs",
            "user/*.read",
            "user/*.write",
            "system/*.cruds",
            "system/*.rs",
            "system/*.read",
            "system/*.write");

    private static final List<String> CAPABILITIES = List.of(
            "launch-ehr",
            "launch-standalone",
            "authorize-post",
            "client-public",
            "client-confidential-symmetric",
            "client-confidential-asymmetric",
            "sso-openid-connect",
            "context-banner",
            "context-style",
            "context-ehr-patient",
            "context-ehr-encounter",
            "context-standalone-patient",
            "permission-offline",
            "permission-online",
            "permission-patient",
            "permission-user",
            "permission-v1",
            "permission-v2");

    private final transient BaseUrl baseUrl;

    Discovery(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = JsonMapper.builder().build().writeValueAsBytes(document());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        // Browser apps look here before they know where to send their user; there is nothing secret in it.
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("issuer", baseUrl.issuer());
        document.put("jwks_uri", baseUrl.issuer() + KEYS);
        document.put("authorization_endpoint", baseUrl.issuer() + AuthorizeServlet.PATH);
        document.put("token_endpoint", baseUrl.issuer() + TOKEN);
        document.put("userinfo_endpoint", baseUrl.issuer() + UserInfoServlet.PATH);
        document.put("introspection_endpoint", baseUrl.issuer() + INTROSPECT);
        document.put("revocation_endpoint", baseUrl.issuer() + REVOKE);
        document.put("management_endpoint", baseUrl.issuer() + "/account");
        document.put("grant_types_supported", List.of("authorization_code", "refresh_token", "client_credentials"));
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query"));
        document.put("token_endpoint_auth_methods_supported", METHODS);
        document.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS384", "ES384"));
        document.put("revocation_endpoint_auth_methods_supported", METHODS);
        document.put("introspection_endpoint_auth_methods_supported", METHODS);
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("scopes_supported", SCOPES);
        document.put("capabilities", CAPABILITIES);
        document.put("code_challenge_methods_supported", List.of("S256"));
        return document;
    }
}
