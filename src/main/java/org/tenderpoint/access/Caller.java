package org.tenderpoint.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Every door of the chart takes one; there is none without.
 *
 * @param clientId the registered client's id
 * @param role the capacity in which it acts
 * @param organization FHIR id of the Organization the client or the person acts for; none for an administrator, a privacy
 *     officer and a patient
 * @param scopes what the token allows
 * @param user the person before the client, as a relative reference such as {@code Practitioner/…}; none where a system
 *     acts for itself. A patient's is {@code Patient/…}, or {@code RelatedPerson/…} of whoever acts for her
 * @param patient FHIR id of the one patient whom the token is confined to; none where it is not
 */
public record Caller(
        String clientId,
        Role role,
        @Nullable UUID organization,
        Scopes scopes,
        @Nullable String user,
        @Nullable UUID patient) {

    /** @throws IllegalArgumentException if one in a clinical role comes without an organization, or a patient without name */
    public Caller {
        if (organization == null && role.isBoundToOrganization()) {
            throw new IllegalArgumentException("a client in a clinical role is bound to an organization");
        }
        if (role == Role.PATIENT && (user == null || patient == null)) {
            throw new IllegalArgumentException("a patient is somebody, and sees one record");
        }
    }

    /** A system that acts for itself. */
    public Caller(String clientId, Role role, @Nullable UUID organization, Scopes scopes) {
        this(clientId, role, organization, scopes, null, null);
    }

    /** True if this caller acts as {@code role}. */
    public boolean is(Role other) {
        return role == other;
    }
}
