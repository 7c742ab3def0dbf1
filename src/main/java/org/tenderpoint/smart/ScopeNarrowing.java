package org.tenderpoint.smart;

import java.util.Collection;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.tenderpoint.access.Scopes;

/**
 * Cuts the scopes of a token request to what the client holds.
 *
 * @see "RFC 6749, section 3.3: the authorization server may partially ignore the scope requested, and then names the
 *     scope it issued in the response"
 */
final class ScopeNarrowing {

    private ScopeNarrowing() {}

    /** @throws OAuth2AuthenticationException {@code invalid_scope} where nothing is left of the scopes asked for */
    static Set<String> granted(Collection<String> requested, Collection<String> registered) {
        // RFC 6749, section 3.3: where the scope is omitted, a pre-defined default is processed. Ours is all it holds.
        var granted = Scopes.intersect(requested.isEmpty() ? registered : requested, registered);
        if (granted.isEmpty()) {
            // RFC 6749, section 5.2: invalid_scope, because the scope exceeds what could be granted.
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE);
        }
        return granted;
    }
}
