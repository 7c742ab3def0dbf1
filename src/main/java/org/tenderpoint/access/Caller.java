package org.tenderpoint.access;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Scope.Context;

/**
 * Who asks. Every door of the chart takes one; there is none without.
 *
 * @param clientId the registered client's id
 * @param role the capacity in which it acts
 * @param organization FHIR id of the Organization the client or the person acts for; none for an administrator, a privacy
 *     officer and a patient
 * @param scopes what the token allows; scopes that mean nothing here are dropped: those of a system where a person is
 *     asking, those of a person where none is, and those of one patient where none is named
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

    private static final Pattern PATIENT_OR_PROXY =
            Pattern.compile("(Patient|RelatedPerson)/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Set<Context> A_SYSTEM = EnumSet.of(Context.SYSTEM);
    private static final Set<Context> A_SYSTEM_FOR_ONE_PATIENT = EnumSet.of(Context.SYSTEM, Context.PATIENT);
    private static final Set<Context> A_PERSON = EnumSet.of(Context.USER);
    private static final Set<Context> A_PERSON_FOR_ONE_PATIENT = EnumSet.of(Context.USER, Context.PATIENT);

    /** @throws IllegalArgumentException if one in a clinical role comes without an organization, or a patient without name */
    public Caller {
        if (organization == null && role.isBoundToOrganization()) {
            throw new IllegalArgumentException("a client in a clinical role is bound to an organization");
        }
        if (role == Role.PATIENT
                && (user == null
                        || patient == null
                        || !PATIENT_OR_PROXY.matcher(user).matches())) {
            throw new IllegalArgumentException("a patient is somebody, and sees one record");
        }
        scopes = scopes.in(
                user == null
                        ? patient == null ? A_SYSTEM : A_SYSTEM_FOR_ONE_PATIENT
                        : patient == null ? A_PERSON : A_PERSON_FOR_ONE_PATIENT);
    }

    /** A system that acts for itself. */
    public Caller(String clientId, Role role, @Nullable UUID organization, Scopes scopes) {
        this(clientId, role, organization, scopes, null, null);
    }

    /** Who holds the caller's grants: the organization, or the person where none stands behind the role. */
    public @Nullable UUID grantee() {
        if (organization != null || user == null || role != Role.PATIENT) {
            return organization;
        }
        return UUID.fromString(user.substring(user.indexOf('/') + 1));
    }

    /** True if this caller acts as {@code role}. */
    public boolean is(Role other) {
        return role == other;
    }
}
