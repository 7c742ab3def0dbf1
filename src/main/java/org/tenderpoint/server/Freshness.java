package org.tenderpoint.server;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.Stored;

/** Whether whoever asks has a version already, so that 304 is answer enough. */
final class Freshness {

    private Freshness() {}

    /** By the header fields If-None-Match and If-Modified-Since, of which the second counts only where it is a date. */
    static boolean isKnown(Stored stored, HttpServletRequest request) {
        return isKnown(stored, request.getHeader("If-None-Match"), date(request.getHeader("If-Modified-Since")));
    }

    /** By what stands in their place in an entry of a batch. */
    static boolean isKnown(Stored stored, BundleEntryRequestComponent entry) {
        return isKnown(
                stored,
                entry.getIfNoneMatch(),
                Optional.ofNullable(entry.getIfModifiedSince()).map(java.util.Date::toInstant));
    }

    /** RFC 9110, 13.1.3: If-Modified-Since counts only where there is no If-None-Match. */
    private static boolean isKnown(Stored stored, @Nullable String version, Optional<Instant> since) {
        if (version != null) {
            return version.equals("*")
                    || Arrays.stream(version.split("\\s*,\\s*"))
                            // 13.1.2: compared weakly.
                            .anyMatch(tag -> stored.etag().equals(tag.startsWith("W/") ? tag : "W/" + tag));
        }
        // The field holds whole seconds.
        return since.filter(time -> stored.lastUpdated().getEpochSecond() <= time.getEpochSecond())
                .isPresent();
    }

    private static Optional<Instant> date(@Nullable String field) {
        if (field == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(field, Instant::from));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }
}
