package org.tenderpoint.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one can subscribe to: resources of a type that are written and match a search, as far as the subscriber sees them. */
enum Topic {
    /** The topic of Gravity's SDOH Clinical Care, by which a referrer follows a referral. */
    SDOH_TASK(
            "http://hl7.org/fhir/us/sdoh-clinicalcare/SubscriptionTopic/Task",
            "Task",
            Map.of("status:not", "draft", "intent", "order"),
            OfTasks.FILTERS),
    /** The same by the name that Da Vinci HRex gives it. */
    HREX_TASK(
            "http://hl7.org/fhir/us/davinci-hrex/SubscriptionTopic/Task",
            "Task",
            Map.of("status:not", "draft", "intent", "order"),
            OfTasks.FILTERS),
    /** A summary was signed: its DocumentReference, which lists its forms. */
    SIGNED_SUMMARY(
            Topic.OURS + "signed-summary",
            "DocumentReference",
            Map.of("_tag", Topic.SIGNED),
            Set.of("_lastUpdated", "patient", "type")),
    /** A document was written or sent that the subscriber may read; an insurer reads those that were sent to it. */
    DOCUMENT(Topic.OURS + "document", "Bundle", Map.of(), Set.of("_lastUpdated"));

    private static final String OURS = "https://tenderpoint.org/fhir/SubscriptionTopic/";
    private static final String SIGNED = "https://tenderpoint.org/fhir/CodeSystem/massage|signed-summary";

    private static final class OfTasks {
        private static final Set<String> FILTERS = Set.of("_lastUpdated", "code", "owner", "requester", "status");
    }

    private final String url;
    private final String type;
    private final Map<String, String> matches;
    private final Set<String> filters;

    Topic(String url, String type, Map<String, String> matches, Set<String> filters) {
        this.url = url;
        this.type = type;
        this.matches = matches;
        this.filters = filters;
    }

    /** The one with this canonical URL. */
    static Optional<Topic> of(String url) {
        return Stream.of(values()).filter(topic -> topic.url.equals(url)).findFirst();
    }

    static List<String> urls() {
        return Stream.of(values()).map(Topic::url).toList();
    }

    String url() {
        return url;
    }

    /** The type of the resources that it is about. */
    String type() {
        return type;
    }

    /** Search parameters that a resource of it matches. */
    Map<String, String> matches() {
        return matches;
    }

    /** Search parameters by which a subscriber may narrow it. */
    Set<String> filters() {
        return filters;
    }
}
