package org.tenderpoint.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What one provision of a Consent says about somebody's grants.
 *
 * @param grantee whom it is about: an Organization, a PractitionerRole of it or a RelatedPerson; none for everybody
 * @param decision what it says
 * @param depth 0 for the Consent's own provision, 1 for an exception to it, and so on
 * @param from inclusive
 * @param to exclusive
 */
public record ConsentRule(@Nullable Reference grantee, Decision decision, int depth, Instant from, Instant to) {

    /** What a provision says. */
    public enum Decision {
        /** The patient forbids it. */
        DENY,
        /** The patient allows it, for the time it names and not beyond. */
        PERMIT,
        /** The patient allowed it once and has taken that back. */
        WITHDRAWN
    }

    private static final Set<ConsentState> NOT_GIVEN = Set.of(ConsentState.DRAFT, ConsentState.PROPOSED);

    /**
     * The rules of a Consent as it now stands.
     *
     * @param now time of the change: a Consent that is not active any more withdraws what it permitted from then on
     */
    public static List<ConsentRule> from(Resource resource, Instant now) {
        var rules = new ArrayList<ConsentRule>();
        if (resource instanceof Consent consent && !NOT_GIVEN.contains(consent.getStatus())) {
            collect(consent.getProvision(), root(consent), consent.getStatus() == ConsentState.ACTIVE, 0, now, rules);
        }
        return rules;
    }

    private static @Nullable ConsentProvisionType root(Consent consent) {
        if (consent.getProvision().hasType()) {
            return consent.getProvision().getType();
        }
        // Without a type, the policy rule says whether the patient has opted in or out.
        var optsOut = consent.getPolicyRule().getCoding().stream().anyMatch(rule -> "OPTOUT".equals(rule.getCode()));
        var optsIn = consent.getPolicyRule().getCoding().stream().anyMatch(rule -> "OPTIN".equals(rule.getCode()));
        return optsOut ? ConsentProvisionType.DENY : optsIn ? ConsentProvisionType.PERMIT : null;
    }

    private static void collect(
            ProvisionComponent provision,
            @Nullable ConsentProvisionType type,
            boolean active,
            int depth,
            Instant now,
            List<ConsentRule> rules) {
        if (type == ConsentProvisionType.DENY && active) {
            add(
                    provision,
                    Decision.DENY,
                    depth,
                    Grant.start(provision.getPeriod()),
                    Grant.end(provision.getPeriod()),
                    rules);
        } else if (type == ConsentProvisionType.PERMIT && active && isWhole(provision)) {
            add(
                    provision,
                    Decision.PERMIT,
                    depth,
                    Grant.start(provision.getPeriod()),
                    Grant.end(provision.getPeriod()),
                    rules);
        } else if (type == ConsentProvisionType.PERMIT && !active) {
            add(provision, Decision.WITHDRAWN, depth, now, Grant.FOREVER, rules);
        }
        for (var exception : provision.getProvision()) {
            collect(exception, exception.getType(), active, depth + 1, now, rules);
        }
    }

    /** What is permitted for some data only is not permitted for the record. */
    static boolean isWhole(ProvisionComponent provision) {
        return !(provision.hasClass_()
                || provision.hasCode()
                || provision.hasData()
                || provision.hasDataPeriod()
                || provision.hasSecurityLabel());
    }

    private static void add(
            ProvisionComponent provision,
            Decision decision,
            int depth,
            Instant from,
            Instant to,
            List<ConsentRule> rules) {
        if (provision.getActor().isEmpty()) {
            rules.add(new ConsentRule(null, decision, depth, from, to));
        }
        provision.getActor().stream()
                .filter(provisionActorComponent::hasReference)
                .forEach(actor -> rules.add(new ConsentRule(actor.getReference(), decision, depth, from, to)));
    }
}
