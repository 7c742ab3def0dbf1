package org.tenderpoint.chart;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Refuses to delete what others still refer to: a chart with loose ends cannot be read as one. */
final class Deletions {

    private static final ResourceTable R = ResourceTable.RESOURCE;
    private static final int MOST_NAMED = 5;

    private final DSLContext sql;
    private final Lookup lookup;

    Deletions(DSLContext sql, Lookup lookup) {
        this.sql = sql;
        this.lookup = lookup;
    }

    /**
     * @throws Refused 409 that names what refers to a resource about to be deleted, as far as the caller may see it;
     *     what the same change writes anew or deletes too does not count
     */
    void refuseReferred(Caller caller, List<Draft> drafts) {
        var deleted = drafts.stream()
                .filter(draft -> draft.act instanceof Change.Delete && draft.isWritten())
                .map(draft -> draft.pk)
                .collect(Collectors.toSet());
        if (deleted.isEmpty()) {
            return;
        }
        var changed = drafts.stream().map(draft -> draft.pk).collect(Collectors.toSet());
        var reference = new IndexTable("index_reference", "i");
        var referring = new HashSet<>(sql.select(R.fhirId)
                .from(reference.table)
                .join(R.table)
                .on(R.pk.eq(reference.resourcePk))
                .where(reference.targetPk.in(deleted))
                .and(DSL.not(R.deleted))
                .and(R.pk.notIn(changed))
                .limit(100)
                .fetch(R.fhirId));
        if (referring.isEmpty()) {
            return;
        }
        var named = lookup.visible(caller, referring).stream()
                .map(Target::reference)
                .sorted()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        throw new Refused(
                409,
                List.of(new Issue(
                        IssueType.CONFLICT,
                        "still-referred-to",
                        null,
                        "Other resources refer to it"
                                + (named.isEmpty() ? ", none that you have access to" : ": " + named)
                                + ". Change or delete those first.")));
    }
}
