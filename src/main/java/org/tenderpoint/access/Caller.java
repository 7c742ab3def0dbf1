package org.tenderpoint.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Every door of the chart takes one; there is none without.
 *
 * @param clientId the registered client's id
 * @param role the capacity in which it acts
 * @param organization FHIR id of the Organization the client is bound to; none for an administrator
 * @param scopes what the token allows
 */
public record Caller(String clientId, Role role, @Nullable UUID organization, Scopes scopes) {

    /** @throws IllegalArgumentException if a clinical role comes without an organization */
    public Caller {
        if (organization == null && role != Role.ADMINISTRATOR) {
            throw new IllegalArgumentException("a client in a clinical role is bound to an organization");
        }
    }

    /** True if this caller acts as {@code role}. */
    public boolean is(Role other) {
        return role == other;
    }
}
