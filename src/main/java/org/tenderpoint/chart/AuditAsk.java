package org.tenderpoint.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** A question for entries of the audit, newest first. What is not said is not asked for. */
public final class AuditAsk {

    /** Most entries of a page. */
    public static final int LARGEST_PAGE = 1000;

    private static final int PAGE = 50;
    private static final int PREFIX = 2;

    private final List<Condition> conditions = new ArrayList<>();
    private @Nullable UUID patient;
    private Optional<String> cursor = Optional.empty();
    private int count = PAGE;

    /** Entries about this patient's record; about two patients, asked for one after the other, there are none. */
    public AuditAsk about(UUID who) {
        if (patient != null && !patient.equals(who)) {
            conditions.add(DSL.falseCondition());
        }
        patient = who;
        return this;
    }

    /**
     * Those of a time.
     *
     * @param date as in a search by date: with or without eq, ge, gt, le or lt before it
     * @return false where it has another form
     */
    public boolean dated(String date) {
        var hasPrefix = date.length() > PREFIX && Character.isLetter(date.charAt(0));
        var prefix = hasPrefix ? date.substring(0, PREFIX) : "eq";
        var span = FhirDates.parse(hasPrefix ? date.substring(PREFIX) : date);
        if (span.isEmpty()) {
            return false;
        }
        switch (prefix) {
            case "eq" -> from(span.get().low()).to(span.get().high());
            case "ge" -> from(span.get().low());
            case "gt" -> from(span.get().high());
            case "le" -> to(span.get().high());
            case "lt" -> to(span.get().low());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @param from inclusive */
    public AuditAsk from(Instant from) {
        conditions.add(AuditRows.RECORDED.ge(IndexRows.utc(from)));
        return this;
    }

    /** @param to exclusive */
    public AuditAsk to(Instant to) {
        conditions.add(AuditRows.RECORDED.lt(IndexRows.utc(to)));
        return this;
    }

    public AuditAsk byClient(String clientId) {
        conditions.add(AuditRows.CLIENT.eq(clientId));
        return this;
    }

    /** @param reference relative; an Organization stands for all who acted for it */
    public AuditAsk by(String reference) {
        var slash = reference.indexOf('/');
        conditions.add(
                reference.startsWith("Organization/")
                        ? AuditRows.ORGANIZATION.cast(String.class).eq(reference.substring(slash + 1))
                        : AuditRows.PERSON.eq(reference));
        return this;
    }

    /** Those about one resource. */
    public AuditAsk on(String type, UUID id) {
        conditions.add(AuditRows.RESOURCE_TYPE.eq(type).and(AuditRows.RESOURCE.eq(id)));
        return this;
    }

    public AuditAsk succeeded(boolean succeeded) {
        conditions.add(AuditRows.OUTCOME.eq(succeeded ? AuditTrail.Entry.SUCCESS : AuditTrail.Entry.REFUSED));
        return this;
    }

    /** The entry with this FHIR id. */
    public AuditAsk id(UUID id) {
        conditions.add(AuditRows.ID.eq(AuditRows.number(id)));
        return this;
    }

    /** @param either true for what has one of these grounds or interactions, false for all others */
    public AuditAsk because(Set<String> grounds, Set<String> interactions, boolean either) {
        var some = AuditRows.GROUND.in(grounds).or(AuditRows.INTERACTION.in(interactions));
        conditions.add(either ? some : DSL.not(some));
        return this;
    }

    /** @param among true for these interactions, false for all others */
    public AuditAsk interactions(Set<String> interactions, boolean among) {
        conditions.add(among ? AuditRows.INTERACTION.in(interactions) : AuditRows.INTERACTION.notIn(interactions));
        return this;
    }

    public AuditAsk byRoles(Set<String> roles) {
        conditions.add(AuditRows.ROLE.in(roles));
        return this;
    }

    /** @param entries of a page, from one to {@link #LARGEST_PAGE} */
    public AuditAsk page(int entries, Optional<String> behind) {
        count = entries;
        cursor = behind;
        return this;
    }

    List<Condition> conditions() {
        return conditions;
    }

    Optional<UUID> patient() {
        return Optional.ofNullable(patient);
    }

    Optional<String> cursor() {
        return cursor;
    }

    int count() {
        return count;
    }
}
