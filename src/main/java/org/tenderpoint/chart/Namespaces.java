package org.tenderpoint.chart;

import static org.jooq.impl.DSL.name;
import static org.tenderpoint.chart.Columns.OWNER;
import static org.tenderpoint.chart.Columns.SYSTEM;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.issue.Refused;

/**
 * Whose numbers an identifier system holds, as the Organizations in the directory say by an extension. A condition in
 * another's numbers asks whether that one knows a patient, so it is refused whether it does or not. A system of which no
 * Organization says anything is everybody's.
 */
final class Namespaces {

    /** On an Organization: the URI of an identifier system that it gives numbers in. */
    static final String EXTENSION = "https://tenderpoint.org/fhir/StructureDefinition/identifier-namespace";

    /** How long an answer of the directory is taken to hold; a referral should not ask it anew each time. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 1000;

    private static final Table<Record> NAMESPACE = DSL.table(name("identifier_namespace"));
    private static final List<Field<?>> COLUMNS = List.of(SYSTEM, OWNER);

    private record Found(Set<UUID> owners, Instant until) {}

    private final DSLContext sql;
    private final Clock clock;
    private final Map<String, Found> known = new ConcurrentHashMap<>();

    Namespaces(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @throws Refused 403 where one of the numbers is another organization's to give */
    void requireOwn(Caller caller, Change.Create create) {
        if (!(create.resource() instanceof Patient)) {
            return;
        }
        for (var identifier : create.ifNoneExist()) {
            var bar = identifier.indexOf('|');
            var owners = bar < 1 ? Set.of() : owners(identifier.substring(0, bar));
            if (!owners.isEmpty() && !owners.contains(caller.organization())) {
                throw Refused.forbidden(
                        "A patient is created conditionally under a number of one's own; this is another organization's.");
            }
        }
    }

    /** Keeps what Organizations say now. */
    void store(List<Draft> drafts) {
        var rows = new ArrayList<@Nullable Object[]>();
        for (var draft : drafts) {
            if (!draft.isWritten() || draft.type.resourceClass() != Organization.class) {
                continue;
            }
            if (draft.before != null) {
                sql.deleteFrom(NAMESPACE).where(OWNER.eq(draft.id)).execute();
            }
            if (draft.resource instanceof Organization organization) {
                organization.getExtensionsByUrl(EXTENSION).stream()
                        .filter(Extension::hasValue)
                        .map(extension -> extension.getValue().primitiveValue())
                        .distinct()
                        .forEach(system -> rows.add(new @Nullable Object[] {system, draft.id}));
            }
        }
        Batches.insert(sql, NAMESPACE, COLUMNS, rows);
    }

    private Set<UUID> owners(String system) {
        var now = clock.instant();
        var found = known.get(system);
        if (found != null && now.isBefore(found.until)) {
            return found.owners;
        }
        var owners = Set.copyOf(
                sql.select(OWNER).from(NAMESPACE).where(SYSTEM.eq(system)).fetch(OWNER));
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        known.put(system, new Found(owners, now.plus(REMEMBERED)));
        return owners;
    }
}
