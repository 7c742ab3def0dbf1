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

    static final String TOKEN = "/oauth2/token";
    static final String KEYS = "/oauth2/jwks";

    private static final long serialVersionUID = 1L;

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
        document.put("token_endpoint", baseUrl.issuer() + TOKEN);
        document.put("jwks_uri", baseUrl.issuer() + KEYS);
        document.put("grant_types_supported", List.of("client_credentials"));
        // RFC 8414 requires the element; without an authorization endpoint there is no response type to name.
        document.put("response_types_supported", List.of());
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        document.put("scopes_supported", List.of("system/*.cruds", "system/*.rs", "system/*.read", "system/*.write"));
        document.put("capabilities", List.of("client-confidential-symmetric", "permission-v1", "permission-v2"));
        // SMART requires the element of every server, and S256 in it.
        document.put("code_challenge_methods_supported", List.of("S256"));
        return document;
    }
}
