package org.tenderpoint.chart;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit, read.
 *
 * @param id its FHIR id
 * @param recorded when
 * @param clientId which client; none where nobody has said so
 * @param organization FHIR id of the Organization it acted for
 * @param person who stood before it, as a relative reference; {@code Person/} with a login where the record knows nobody
 * @param role in which capacity
 * @param interaction what was done
 * @param type of the resource, if one
 * @param resource FHIR id of the resource, if one
 * @param version of the resource
 * @param patients FHIR ids of the patients whose records were shown or changed
 * @param resources how many resources were shown or written
 * @param succeeded false where it was refused
 * @param ground why it was allowed or refused
 * @param token id of the access token
 * @param address where the request came from
 * @param request number of the request; a batch has one
 * @param query what was searched for, where the reader may see it
 * @param purpose v3 ActReason for which it was used; none where nobody in a role did it, or it was not written down yet
 */
public record AuditEntry(
        UUID id,
        Instant recorded,
        @Nullable String clientId,
        @Nullable UUID organization,
        @Nullable String person,
        @Nullable String role,
        String interaction,
        @Nullable String type,
        @Nullable UUID resource,
        @Nullable Integer version,
        List<UUID> patients,
        int resources,
        boolean succeeded,
        String ground,
        @Nullable String token,
        @Nullable String address,
        @Nullable UUID request,
        @Nullable String query,
        @Nullable String purpose) {

    /** The same as shown to one of the patients: of nobody else, and not how many resources there were of all of them. */
    AuditEntry only(UUID patient) {
        return new AuditEntry(
                id,
                recorded,
                clientId,
                organization,
                person,
                role,
                interaction,
                type,
                resource,
                version,
                List.of(patient),
                patients.size() > 1 ? 0 : resources,
                succeeded,
                ground,
                token,
                address,
                request,
                null,
                purpose);
    }
}
