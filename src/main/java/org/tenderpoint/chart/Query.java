package org.tenderpoint.chart;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A search, understood and not yet run.
 *
 * @param type resource type
 * @param criteria all must hold
 * @param sort keys in order; ties are broken by age
 * @param count rows a page, 1 to {@link #LARGEST_PAGE}; 0 for the count alone
 * @param includes resources that the matches point at, or that point at them
 * @param total true to count all matches
 * @param cursor where the page before ended
 * @param ignored names of parameters that were left out because the client asked for that
 */
public record Query(
        RecordType<?> type,
        List<Criterion> criteria,
        List<Sort> sort,
        int count,
        List<Include> includes,
        boolean total,
        Optional<String> cursor,
        List<String> ignored) {

    /** Most rows a page; a larger {@code _count} is cut to it. */
    public static final int LARGEST_PAGE = 500;

    /** Rows a page where the client does not say. */
    public static final int DEFAULT_PAGE = 50;

    /** One condition. */
    public sealed interface Criterion permits Match, Chain, Has, InCompartment {}

    /**
     * The resource itself has one of the values.
     *
     * @param param the declared parameter, or a special one by name
     * @param modifier without the colon; empty if none
     * @param values any must match, as the client wrote them
     */
    public record Match(String param, String modifier, List<String> values) implements Criterion {}

    /**
     * A resource that this one points at fulfils a condition: {@code subject:Patient.family=…}.
     *
     * @param param reference parameter
     * @param hops one for each type that may be pointed at
     */
    public record Chain(String param, List<Hop> hops) implements Criterion {}

    /**
     * Where a chain leads.
     *
     * @param type the type pointed at
     * @param criterion what has to hold there
     */
    public record Hop(RecordType<?> type, Criterion criterion) {}

    /**
     * A resource that points at this one fulfils a condition: {@code _has:Observation:patient:code=…}.
     *
     * @param source type of that resource
     * @param param its reference parameter
     * @param criterion what has to hold there
     */
    public record Has(RecordType<?> source, String param, Criterion criterion) implements Criterion {}

    /** The resource is in a patient's compartment. */
    public record InCompartment(UUID patient) implements Criterion {}

    /** One sort key. */
    public record Sort(String param, boolean descending) {}

    /**
     * One include.
     *
     * @param source type that holds the reference, or {@link #ANYTHING}
     * @param param its search parameter, or {@link #ANYTHING}
     * @param target type pointed at; empty for any
     * @param reverse true for what points at the rows, false for what they point at
     * @param iterate true where it starts from included resources, too
     */
    public record Include(String source, String param, Optional<String> target, boolean reverse, boolean iterate) {

        /** Every reference of every type. */
        static final String ANYTHING = "*";

        boolean isOfAnything() {
            return source.equals(ANYTHING);
        }
    }
}
