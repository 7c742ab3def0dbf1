package org.tenderpoint.chart;

import java.util.List;
import java.util.Optional;

/**
 * A search, understood and not yet run.
 *
 * @param type resource type
 * @param criteria all must hold
 * @param sort keys in order; ties are broken by age
 * @param count rows a page, 1 to {@link #LARGEST_PAGE}; 0 for the count alone
 * @param includes resources that the matches point at
 * @param revIncludes resources that point at the matches
 * @param total true to count all matches
 * @param cursor where the page before ended
 */
public record Query(
        RecordType<?> type,
        List<Criterion> criteria,
        List<Sort> sort,
        int count,
        List<Include> includes,
        List<Include> revIncludes,
        boolean total,
        Optional<String> cursor) {

    /** Most rows a page; a larger {@code _count} is cut to it. */
    public static final int LARGEST_PAGE = 500;

    /** Rows a page where the client does not say. */
    public static final int DEFAULT_PAGE = 50;

    /**
     * One condition.
     *
     * @param param the declared parameter, or a special one by name
     * @param modifier without the colon; empty if none
     * @param chain parameter of the resource pointed at, for {@code subject.identifier}; empty if none
     * @param values any must match
     */
    public record Criterion(String param, String modifier, String chain, List<String> values) {}

    /** One sort key. */
    public record Sort(String param, boolean descending) {}

    /**
     * One include.
     *
     * @param source type that holds the reference
     * @param param its search parameter
     * @param target type pointed at; empty for any
     */
    public record Include(String source, String param, Optional<String> target) {}
}
