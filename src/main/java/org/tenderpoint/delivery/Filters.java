package org.tenderpoint.delivery;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Subscription;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** By what a subscriber narrows its topic: {@code Task?status=accepted}, any number of them, of which all have to match. */
final class Filters {

    private static final int LONGEST = 1000;

    private Filters() {}

    /**
     * The search that finds what a subscriber is told of, without its ids.
     *
     * @throws Refused 422 for a filter that the topic does not offer
     */
    static Map<String, String[]> search(Topic topic, Subscription subscription, String path) {
        var search = new LinkedHashMap<String, List<String>>();
        topic.matches().forEach((name, value) -> add(search, name, value));
        for (var extension : subscription.getCriteriaElement().getExtensionsByUrl(Backport.FILTER)) {
            read(topic, extension.hasValue() ? extension.getValue().primitiveValue() : null, path)
                    .forEach(pair -> add(search, pair[0], pair[1]));
        }
        var parameters = new LinkedHashMap<String, String[]>();
        search.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
        requireKnown(topic, parameters, path);
        return parameters;
    }

    private static List<String[]> read(Topic topic, @Nullable String filter, String path) {
        if (filter != null && filter.length() > LONGEST) {
            throw refused(path, "A filter has at most " + LONGEST + " characters.");
        }
        var begin = topic.type() + "?";
        if (filter == null || !filter.startsWith(begin)) {
            throw refused(path, "A filter of this topic has the form " + begin + "name=value.");
        }
        var pairs = new ArrayList<String[]>();
        for (var pair : filter.substring(begin.length()).split("&", -1)) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            if (equals < 0 || !topic.filters().contains(name.replaceFirst(":.*", ""))) {
                throw refused(
                        path,
                        "This topic is filtered by "
                                + String.join(
                                        ", ", topic.filters().stream().sorted().toList()) + " and not by "
                                + Issue.echo(name) + ".");
            }
            pairs.add(new String[] {name, decoded(pair.substring(equals + 1), path)});
        }
        return pairs;
    }

    private static String decoded(String value, String path) {
        try {
            var decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
            if (decoded.chars().anyMatch(Character::isISOControl)) {
                throw refused(path, "A value of the filter has a control character in it.");
            }
            return decoded;
        } catch (IllegalArgumentException malformed) {
            throw refused(path, "A value of the filter is not encoded as in a URL.");
        }
    }

    private static void requireKnown(Topic topic, Map<String, String[]> parameters, String path) {
        try {
            QueryReader.read(RecordTypes.require(topic.type()), parameters);
        } catch (Refused unreadable) {
            throw refused(path, unreadable.issues().get(0).diagnostics());
        }
    }

    private static void add(Map<String, List<String>> search, String name, String value) {
        search.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }

    /**
     * Asks what a filter asks, of a resource that is not there: so that values are read as a search reads them.
     *
     * @throws Refused 422 for a value that no search takes
     */
    static void tryOut(Chart chart, Caller caller, Topic topic, Map<String, String[]> filters, String path) {
        var search = new LinkedHashMap<>(filters);
        search.put("_id", new String[] {UUID.randomUUID().toString()});
        try {
            chart.matches(caller, QueryReader.read(RecordTypes.require(topic.type()), search));
        } catch (Refused unreadable) {
            throw refused(path, unreadable.issues().get(0).diagnostics());
        }
    }

    private static Refused refused(String path, String diagnostics) {
        return Refused.unprocessable(
                List.of(Issue.value("subscription-filter", path + ".criteria.extension", diagnostics)));
    }
}
