package org.tenderpoint.server;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.chart.RecordTypes;

/**
 * What the URL of a Bundle's entry is about, as far as it can be told of an entry that was refused.
 *
 * @param type of the resource, where it is one of ours
 * @param id of the resource, where the URL has one
 */
record EntryTarget(@Nullable String type, @Nullable UUID id) {

    private static final EntryTarget NOTHING = new EntryTarget(null, null);

    static EntryTarget of(@Nullable String url) {
        if (url == null) {
            return NOTHING;
        }
        var question = url.indexOf('?');
        var parts = (question < 0 ? url : url.substring(0, question)).split("/", -1);
        var isOurs = RecordTypes.find(parts[0]).isPresent() || isAudit(url);
        return isOurs
                ? new EntryTarget(parts[0], parts.length > 1 ? RequestForms.uuidOrNull(parts[1]) : null)
                : NOTHING;
    }

    /** What an entry searches for; none where it does not. */
    static @Nullable String query(@Nullable String url) {
        var question = url == null ? -1 : url.indexOf('?');
        return url == null || question < 0 ? null : url.substring(question + 1);
    }

    /** True for an entry about AuditEvents, which are none of the chart's types. */
    static boolean isAudit(String url) {
        return url.matches("AuditEvent([/?].*)?");
    }
}
