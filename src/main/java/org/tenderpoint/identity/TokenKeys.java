package org.tenderpoint.identity;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;

/** The keys that tokens are signed with. */
public interface TokenKeys {

    /** The one that signs now. */
    RSAKey signing();

    /** All whose signatures count, with their private parts. */
    JWKSet all();
}
