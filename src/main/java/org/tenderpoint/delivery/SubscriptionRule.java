package org.tenderpoint.delivery;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
import org.tenderpoint.chart.Chart;
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
            "date",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    private final ApprovedEndpoints endpoints;
    private final Chart chart;
    private final Clock clock;

    SubscriptionRule(ApprovedEndpoints endpoints, Chart chart, Clock clock) {
        this.endpoints = endpoints;
        this.chart = chart;
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
        topic(write, subscription, path, issues);
        others(subscription.getExtension(), none -> false, path, issues);
        others(subscription.getModifierExtension(), none -> false, path, issues);
        others(subscription.getChannel().getModifierExtension(), none -> false, path + ".channel", issues);
        channel(write, subscription.getChannel(), path + ".channel", issues);
        return issues;
    }

    private void topic(Write write, Subscription subscription, String path, List<Issue> issues) {
        var topic = Topic.of(String.valueOf(subscription.getCriteria()));
        if (topic.isEmpty()) {
            issues.add(Issue.value(
                    "subscription-topic",
                    path + ".criteria",
                    "criteria is one of the topics " + String.join(", ", Topic.urls()) + "."));
            return;
        }
        try {
            var filters = Filters.search(topic.get(), subscription, path);
            Filters.tryOut(chart, write.caller(), topic.get(), filters, path);
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
        headers(channel.getHeader(), path + ".header", issues);
    }

    private static void headers(List<StringType> headers, String path, List<Issue> issues) {
        if (headers.size() > MOST_HEADERS) {
            issues.add(Issue.value("subscription-header", path, "A channel has at most " + MOST_HEADERS + " headers."));
            return;
        }
        var names = new HashSet<String>();
        for (int i = 0; i < headers.size(); i++) {
            var name = name(headers.get(i));
            require(
                    name.isPresent() && names.add(name.get()),
                    Issue.value(
                            "subscription-header",
                            path + "[" + i + "]",
                            "A header has the form Name: value, stands once, and does not say what is sent or how."),
                    issues);
        }
    }

    /** The kind of content that a channel asks for; empty text where it says nothing. */
    static String content(SubscriptionChannelComponent channel) {
        var content = channel.getPayloadElement().getExtensionsByUrl(Backport.CONTENT);
        return content.size() == 1 && content.get(0).hasValue()
                ? String.valueOf(content.get(0).getValue().primitiveValue())
                : "";
    }

    /** In small letters; none for what is no header, or one of ours. */
    private static Optional<String> name(StringType header) {
        var matcher = HEADER.matcher(String.valueOf(header.getValue()));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var name = matcher.group(1).toLowerCase(Locale.ROOT);
        return OUR_HEADERS.contains(name) || name.startsWith("x-forwarded-") ? Optional.empty() : Optional.of(name);
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
