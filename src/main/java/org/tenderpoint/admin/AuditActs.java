package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.chart.AuditSeals.Head;

/** Looks whether the audit is as it was sealed: the same by command and over HTTP. */
final class AuditActs {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditSeals seals;

    AuditActs(AuditSeals seals) {
        this.seals = seals;
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
        var problems = json.putArray("problems");
        verdict.problems().forEach(problems::add);
        return json;
    }

    private static Head head(String kept) {
        try {
            return Head.parse(kept);
        } catch (IllegalArgumentException otherForm) {
            throw new Impossible("head is a number, a colon and a hash, as an earlier answer had it");
        }
    }
}
