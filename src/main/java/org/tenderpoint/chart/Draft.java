package org.tenderpoint.chart;

import static org.tenderpoint.chart.Columns.AUDIENCE;
import static org.tenderpoint.chart.Columns.DELETED;
import static org.tenderpoint.chart.Columns.FHIR_ID;
import static org.tenderpoint.chart.Columns.IS_SENSITIVE;
import static org.tenderpoint.chart.Columns.LAST_UPDATED;
import static org.tenderpoint.chart.Columns.OWNER;
import static org.tenderpoint.chart.Columns.OWNER_ROLE;
import static org.tenderpoint.chart.Columns.PATIENT_PK;
import static org.tenderpoint.chart.Columns.PK;
import static org.tenderpoint.chart.Columns.TYPE;
import static org.tenderpoint.chart.Columns.VERSION;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Role;

/** One act on its way into the chart. */
final class Draft {

    /** A row that stands and is about to be changed. */
    record Row(
            String type,
            UUID id,
            long pk,
            int version,
            Instant lastUpdated,
            boolean deleted,
            @Nullable Long patientPk,
            @Nullable UUID owner,
            boolean sensitive,
            @Nullable String audience,
            Role ownerRole) {

        /** The version that says it was deleted. */
        Stored grave() {
            return new Stored(type, id, version, lastUpdated, true, pk, patientPk, new byte[0]);
        }

        static Row of(Record r) {
            return new Row(
                    r.get(TYPE),
                    r.get(FHIR_ID),
                    r.get(PK),
                    r.get(VERSION),
                    r.get(LAST_UPDATED).toInstant(),
                    r.get(DELETED),
                    r.get(PATIENT_PK),
                    r.get(OWNER),
                    r.get(IS_SENSITIVE),
                    r.get(AUDIENCE),
                    Role.valueOf(r.get(OWNER_ROLE)));
        }
    }

    final Change.Act act;
    final RecordType<?> type;
    final @Nullable Resource resource;
    UUID id;
    long pk;

    @Nullable
    Long patientPk;

    @Nullable
    Row before;

    @Nullable
    Stored existing;

    boolean sensitive;

    private References.@Nullable Pointers pointers;

    Draft(Change.Act act, RecordType<?> type, @Nullable Resource resource, UUID id, long pk) {
        this.act = act;
        this.type = type;
        this.resource = resource;
        this.id = id;
        this.pk = pk;
    }

    boolean isWritten() {
        return existing == null;
    }

    /** What the resource points at; looked for once, since it stays where it is. */
    References.Pointers pointers() {
        if (pointers == null) {
            pointers = resource == null
                    ? new References.Pointers(List.of(), List.of(), List.of())
                    : References.in(resource);
        }
        return pointers;
    }

    /** The literal references of the resource. */
    List<References.Found> references() {
        return pointers().references();
    }

    /** How other entries of the same Bundle point at this one. */
    @Nullable
    String fullUrl() {
        return act instanceof Change.Create create
                ? create.fullUrl()
                : act instanceof Change.Update update ? update.fullUrl() : null;
    }

    /** What was asked for is there: it is answered, and nothing is written. */
    void adopt(Lookup.Current match) {
        existing = match.stored();
        id = match.stored().id();
        pk = match.stored().pk();
        patientPk = match.patientPk();
    }
}
