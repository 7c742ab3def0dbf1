package org.tenderpoint.delivery;

import java.util.List;
import org.hl7.fhir.r4.model.Subscription;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.WriteRule;

/**
 * Nobody subscribes to more than it may search and read. Asked before anything else about a Subscription, so that what is
 * wrong with its form is no reason to say anything else.
 */
@Component
class SubscribedRights implements WriteRule {

    /** A search of the record as in plain R4; what it would find is for topics to say. */
    private static final String A_SEARCH = "[A-Z][A-Za-z]*(\\?.*)?";

    /** @throws Refused 403 where the Subscription is for a person, or is wider than what the caller may see */
    @Override
    public List<Issue> check(Write write) {
        if (write.resource() instanceof Subscription subscription) {
            var caller = write.caller();
            if (!isSystem(caller)) {
                throw Refused.forbidden("A Subscription is for a system that acts for itself, by system/ scopes.");
            }
            var criteria = String.valueOf(subscription.getCriteria());
            if (criteria.matches(A_SEARCH)) {
                throw Refused.forbidden("One subscribes to a topic and not to a search of the record: criteria is the"
                        + " canonical URL of a topic that the CapabilityStatement lists.");
            }
            Topic.of(criteria).ifPresent(topic -> require(caller, topic));
        }
        return List.of();
    }

    @Override
    public boolean isFirst() {
        return true;
    }

    /** @throws Refused 403 where role or scopes do not let the caller search and read what the topic is about */
    static void require(Caller caller, Topic topic) {
        AccessRule.require(caller, Interaction.SEARCH, topic.type());
        AccessRule.require(caller, Interaction.READ, topic.type());
    }

    private static boolean isSystem(Caller caller) {
        return caller.organization() != null && caller.user() == null && caller.patient() == null;
    }
}
