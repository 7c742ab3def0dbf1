package org.tenderpoint.chart;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a resource as it lies in the chart.
 *
 * @param type resource type
 * @param id FHIR id
 * @param version 1 for the first version
 * @param lastUpdated UTC, to the millisecond
 * @param deleted true for the version that says it was deleted
 * @param pk internal key; never leaves the server
 * @param patientPk internal key of the patient to whom it belongs; none for what belongs to nobody
 * @param json the exact bytes that go out on the wire
 */
public record Stored(
        String type,
        UUID id,
        int version,
        Instant lastUpdated,
        boolean deleted,
        long pk,
        @Nullable Long patientPk,
        byte[] json) {

    /** The relative reference, {@code Type/id}. */
    public String reference() {
        return type + "/" + id;
    }

    /** The weak ETag of this version. */
    public String etag() {
        return "W/\"" + version + "\"";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Stored stored && pk == stored.pk && version == stored.version;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(pk) * 31 + version;
    }

    /** The record's content stays out of logs. */
    @Override
    public String toString() {
        return reference() + "/_history/" + version;
    }
}
