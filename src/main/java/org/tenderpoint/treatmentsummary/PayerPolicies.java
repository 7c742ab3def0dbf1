package org.tenderpoint.treatmentsummary;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The payers this server knows, read once from {@code payer-policy.json}.
 *
 * @param timedCpt codes charged by quarter hours
 * @param untimedCpt codes charged once a day, however long they took
 * @param policies what each payer expects
 */
public record PayerPolicies(Set<String> timedCpt, Set<String> untimedCpt, List<PayerPolicy> policies) {

    public PayerPolicies {
        timedCpt = Set.copyOf(timedCpt);
        untimedCpt = Set.copyOf(untimedCpt);
        policies = List.copyOf(policies);
    }

    /** Reads the policies that ship with the server. */
    public static PayerPolicies load() {
        var mapper = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (var file = PayerPolicies.class.getResourceAsStream("payer-policy.json")) {
            return mapper.readValue(file, PayerPolicies.class);
        } catch (IOException broken) {
            throw new UncheckedIOException("payer-policy.json cannot be read", broken);
        }
    }

    /** The policy with this id; empty when there is none. */
    public Optional<PayerPolicy> policy(String id) {
        return policies.stream().filter(policy -> policy.id().equals(id)).findFirst();
    }

    /**
     * True for a code charged by quarter hours, false for one charged once a day.
     *
     * @throws IllegalArgumentException for a code of unknown timing, because a guess would be a wrong claim
     */
    boolean isTimed(String cpt) {
        if (!timedCpt.contains(cpt) && !untimedCpt.contains(cpt)) {
            throw new IllegalArgumentException("no timing is known for CPT " + cpt);
        }
        return timedCpt.contains(cpt);
    }
}
