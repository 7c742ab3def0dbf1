package org.tenderpoint.delivery;

import java.util.Set;

/** Names of the guide Subscriptions R5 Backport 1.1. */
final class Backport {

    private static final String STRUCTURE = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/";

    static final String SUBSCRIPTION = STRUCTURE + "backport-subscription";
    static final String NOTIFICATION = STRUCTURE + "backport-subscription-notification-r4";
    static final String STATUS = STRUCTURE + "backport-subscription-status-r4";
    static final String FILTER = STRUCTURE + "backport-filter-criteria";
    static final String CONTENT = STRUCTURE + "backport-payload-content";
    static final String MOST_EVENTS = STRUCTURE + "backport-max-count";
    static final String TOPIC = STRUCTURE + "capabilitystatement-subscriptiontopic-canonical";

    static final String EMPTY = "empty";
    static final String ID_ONLY = "id-only";

    /** What of a resource is sent along: nothing. Who is told comes and reads, with the rights of that moment. */
    static final Set<String> CONTENTS = Set.of(EMPTY, ID_ONLY);

    private Backport() {}
}
