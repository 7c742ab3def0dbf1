package org.tenderpoint.chart;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a reference points: enough to index it and to check whose record it is. */
record Target(String type, UUID id, long pk, @Nullable Long patientPk) {
    String reference() {
        return type + "/" + id;
    }
}
