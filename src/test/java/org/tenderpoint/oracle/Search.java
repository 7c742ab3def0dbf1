package org.tenderpoint.oracle;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A search as it goes over the wire.
 *
 * @param type resource type
 * @param criteria all of which have to be met
 * @param sort keys of {@code _sort}, with a minus sign for the other way round
 * @param includes what is to come along
 * @param count rows a page
 */
record Search(String type, List<Criterion> criteria, List<String> sort, List<Include> includes, int count) {

    /**
     * One parameter.
     *
     * @param name with modifier, chain or {@code _has}
     * @param values any of which has to be met; escaped as the wire wants it, but not percent-encoded
     */
    record Criterion(String name, List<String> values) {
        @Override
        public String toString() {
            return name + "=" + String.join(",", values);
        }

        private Stream<Criterion> smaller() {
            return values.size() < 2 ? Stream.of() : without(values).map(fewer -> new Criterion(name, fewer));
        }
    }

    /**
     * One {@code _include} or {@code _revinclude}.
     *
     * @param reverse true for what points at a resource, false for what it points at
     * @param iterate true where it starts from included resources, too
     * @param source the type that points
     * @param target the type that is pointed at; empty for any
     */
    record Include(boolean reverse, boolean iterate, String source, String param, String target) {

        String name() {
            return (reverse ? "_revinclude" : "_include") + (iterate ? ":iterate" : "");
        }

        String value() {
            return source + ":" + param + (target.isEmpty() ? "" : ":" + target);
        }
    }

    /** The URL below the server's base. */
    String url() {
        var parameters = new ArrayList<String>();
        if (!criteria.isEmpty()) {
            parameters.add(criteriaUrl());
        }
        if (!sort.isEmpty()) {
            parameters.add("_sort=" + String.join(",", sort));
        }
        includes.forEach(include -> parameters.add(include.name() + "=" + encoded(include.value())));
        parameters.add("_count=" + count);
        return "/" + type + "?" + String.join("&", parameters);
    }

    /** The criteria as they stand in a URL, without what says how they are answered. */
    String criteriaUrl() {
        return criteria.stream()
                .map(criterion -> encoded(criterion.name()) + "=" + encoded(String.join(",", criterion.values())))
                .collect(Collectors.joining("&"));
    }

    /** Searches that ask for one thing less. */
    List<Search> smaller() {
        var fewerCriteria = without(criteria).map(fewer -> new Search(type, fewer, sort, includes, count));
        var fewerKeys = without(sort).map(fewer -> new Search(type, criteria, fewer, includes, count));
        var fewerIncludes = without(includes).map(fewer -> new Search(type, criteria, sort, fewer, count));
        var fewerValues = Stream.<Search>builder();
        for (int i = 0; i < criteria.size(); i++) {
            var place = i;
            criteria.get(i).smaller().forEach(criterion -> {
                var changed = new ArrayList<>(criteria);
                changed.set(place, criterion);
                fewerValues.add(new Search(type, changed, sort, includes, count));
            });
        }
        return Stream.of(fewerIncludes, fewerCriteria, fewerKeys, fewerValues.build())
                .flatMap(all -> all)
                .toList();
    }

    private static <T> Stream<List<T>> without(List<T> all) {
        return Stream.iterate(0, i -> i < all.size(), i -> i + 1).map(i -> {
            var fewer = new ArrayList<>(all);
            fewer.remove((int) i);
            return List.copyOf(fewer);
        });
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
