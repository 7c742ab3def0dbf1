package org.tenderpoint.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelComponent;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.WriteRule;

/**
 * What a Subscription may ask for: one of our topics, by rest-hook, at an approved address, without content. What is not
 * offered is refused and not passed over.
 *
 * @see <a href="https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/">Subscriptions R5 Backport 1.1</a>
 */
@Component
class SubscriptionRule implements WriteRule {

    private static final String JSON = "application/fhir+json";
    private static final int MOST_HEADERS = 10;
    private static final Pattern HEADER =
            Pattern.compile("([A-Za-z0-9-]{1,100}): ([\\x21-\\x7e][\\x20-\\x7e]{0,1999})");

    /** Those that the connection is made of, or that say what we send. */
    private static final Set<String> OUR_HEADERS = Set.of(
            "accept",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "host",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final ApprovedEndpoints endpoints;
    private final Clock clock;

    SubscriptionRule(ApprovedEndpoints endpoints, Clock clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    @Override
    public List<Issue> check(Write write) {
        if (!(write.resource() instanceof Subscription subscription)) {
            return List.of();
        }
        var issues = new ArrayList<Issue>();
        var path = write.path();
        require(
                subscription.getStatus() == SubscriptionStatus.REQUESTED,
                Issue.value(
                        "subscription-status",
                        path + ".status",
                        "A Subscription begins as requested; it becomes active when its endpoint has answered."),
                issues);
        require(
                !subscription.hasEnd() || subscription.getEnd().toInstant().isAfter(clock.instant()),
                Issue.value("subscription-end", path + ".end", "The end of a Subscription is yet to come."),
                issues);
        topic(subscription, path, issues);
        channel(write, subscription.getChannel(), path + ".channel", issues);
        return issues;
    }

    private static void topic(Subscription subscription, String path, List<Issue> issues) {
        var topic = Topic.of(String.valueOf(subscription.getCriteria()));
        if (topic.isEmpty()) {
            issues.add(Issue.value(
                    "subscription-topic",
                    path + ".criteria",
                    "criteria is one of the topics " + String.join(", ", Topic.urls()) + "."));
            return;
        }
        try {
            Filters.search(topic.get(), subscription, path);
        } catch (Refused refused) {
            issues.addAll(refused.issues());
        }
        others(
                subscription.getCriteriaElement().getExtension(),
                extension -> extension.getUrl().equals(Backport.FILTER),
                path + ".criteria",
                issues);
    }

    private void channel(Write write, SubscriptionChannelComponent channel, String path, List<Issue> issues) {
        require(
                channel.getType() == SubscriptionChannelType.RESTHOOK,
                Issue.value("subscription-channel", path + ".type", "The channel is a rest-hook."),
                issues);
        require(
                channel.hasEndpoint() && endpoints.include(write.caller(), channel.getEndpoint()),
                Issue.value(
                        "subscription-endpoint",
                        path + ".endpoint",
                        "The endpoint is the address, to the letter, of an active Endpoint of your organization;"
                                + " register one, and have it approved."),
                issues);
        require(
                JSON.equals(channel.getPayload()),
                Issue.value("subscription-payload", path + ".payload", "The payload is " + JSON + "."),
                issues);
        require(
                Backport.CONTENTS.contains(content(channel)),
                Issue.value(
                        "subscription-content",
                        path + ".payload.extension",
                        "The extension " + Backport.CONTENT + " says " + Backport.EMPTY + " or " + Backport.ID_ONLY
                                + ": whoever is notified comes and reads."),
                issues);
        others(
                channel.getPayloadElement().getExtension(),
                extension -> extension.getUrl().equals(Backport.CONTENT),
                path + ".payload",
                issues);
        // One event is sent at a time, whatever number is the most.
        others(channel.getExtension(), extension -> extension.getUrl().equals(Backport.MOST_EVENTS), path, issues);
        require(
                channel.getHeader().size() <= MOST_HEADERS
                        && channel.getHeader().stream().allMatch(SubscriptionRule::isHeader),
                Issue.value(
                        "subscription-header",
                        path + ".header",
                        "At most " + MOST_HEADERS
                                + " headers of the form Name: value, of which none says what is sent or" + " how."),
                issues);
    }

    /** The kind of content that a channel asks for; empty text where it says nothing. */
    static String content(SubscriptionChannelComponent channel) {
        var content = channel.getPayloadElement().getExtensionsByUrl(Backport.CONTENT);
        return content.size() == 1 && content.get(0).hasValue()
                ? String.valueOf(content.get(0).getValue().primitiveValue())
                : "";
    }

    private static boolean isHeader(StringType header) {
        var matcher = HEADER.matcher(String.valueOf(header.getValue()));
        return matcher.matches() && !OUR_HEADERS.contains(matcher.group(1).toLowerCase(java.util.Locale.ROOT));
    }

    private static void others(
            List<Extension> extensions, Predicate<Extension> offered, String path, List<Issue> issues) {
        extensions.stream()
                .filter(offered.negate())
                .forEach(extension -> issues.add(Issue.value(
                        "subscription-extension",
                        path + ".extension",
                        "The extension " + Issue.echo(String.valueOf(extension.getUrl())) + " is not offered here.")));
    }

    private static void require(boolean holds, Issue issue, List<Issue> issues) {
        if (!holds) {
            issues.add(issue);
        }
    }
}
