package org.tenderpoint.smart;

import org.springframework.security.core.AuthenticationException;

/** The token is good, but the organization that its client acts for is not in the directory yet: 403. */
final class OrganizationMissing extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    OrganizationMissing() {
        super("the client's organization is not in the directory");
    }
}
