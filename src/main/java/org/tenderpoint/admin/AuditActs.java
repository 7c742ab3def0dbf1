package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.chart.AuditPurge;
import org.tenderpoint.chart.AuditPurge.Hold;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.chart.AuditSeals.Head;

/** Looks whether the audit is as it was sealed, the same by command and over HTTP; by command, takes away what is over. */
final class AuditActs {

    private static final String NOW = "now";
    private static final String ALL = "all";
    private static final int LONGEST_REASON = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditSeals seals;
    private final AuditPurge purge;

    AuditActs(AuditSeals seals, AuditPurge purge) {
        this.seals = seals;
        this.purge = purge;
    }

    /**
     * Reads the whole chain.
     *
     * @param kept the {@code head} of an earlier answer, which the chain must still have; none to take its word
     * @return {@code head}, {@code sealed}, {@code waiting}, and {@code problems}, which is empty where all is well
     * @throws Impossible for a head of another form
     */
    ObjectNode verify(@Nullable String kept) {
        var verdict = seals.verify(kept == null || kept.isEmpty() ? null : head(kept));
        var json = JSON.createObjectNode();
        json.put("head", verdict.head().toString());
        json.put("sealed", verdict.sealed());
        json.put("waiting", verdict.waiting());
        json.put("purged", verdict.purged());
        var problems = json.putArray("problems");
        verdict.problems().forEach(problems::add);
        return json;
    }

    /**
     * Takes away what is over.
     *
     * @param years for which entries are kept
     * @param word {@code now}; anything else says what would be done and does nothing
     */
    ObjectNode purge(int years, @Nullable String word, String by) {
        if (word != null && !word.equals(NOW)) {
            throw new Impossible("purge-audit says what it would do, and purge-audit now does it");
        }
        var plan = NOW.equals(word) ? purge.purge(years, by) : purge.plan(years);
        var json = JSON.createObjectNode();
        json.put("done", NOW.equals(word));
        json.put("years", years);
        json.put("seals", plan.upTo());
        json.put("entries", plan.removed());
        json.put("held", plan.held());
        return json;
    }

    /**
     * Holds a patient's entries, or all.
     *
     * @param whose id of a Patient, or {@code all}
     * @throws Impossible for nobody
     */
    ObjectNode hold(String whose, String reason, String by) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Impossible("a hold has a reason of at most " + LONGEST_REASON + " characters");
        }
        var patient = whose.equals(ALL) ? null : id(whose);
        return json(purge.hold(patient, reason, by)
                .orElseThrow(() -> new Impossible("there is no such Patient; all holds everything")));
    }

    /** @throws Impossible where there is no such hold */
    void release(String hold, String by) {
        if (!purge.release(id(hold), by)) {
            throw new Impossible("there is no such hold, or it was released");
        }
    }

    ArrayNode holds() {
        var all = JSON.createArrayNode();
        purge.holds().forEach(hold -> all.add(json(hold)));
        return all;
    }

    private static ObjectNode json(Hold hold) {
        return JSON.createObjectNode()
                .put("hold", hold.id().toString())
                .put("patient", hold.patient() == null ? ALL : hold.patient().toString())
                .put("reason", hold.reason());
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text.substring(text.indexOf('/') + 1));
        } catch (IllegalArgumentException otherForm) {
            throw new Impossible("this needs an id");
        }
    }

    private static Head head(String kept) {
        try {
            return Head.parse(kept);
        } catch (IllegalArgumentException otherForm) {
            throw new Impossible("head is a number, a colon and a hash, as an earlier answer had it");
        }
    }
}
