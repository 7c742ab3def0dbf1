package org.tenderpoint.chart;

import java.util.List;
import java.util.Optional;
import org.tenderpoint.issue.Issue;

/**
 * One page of a search.
 *
 * @param matches in the order asked for
 * @param included what the matches point at, or what points at them
 * @param total all matches that the caller may see, where it was asked for or is known anyway
 * @param next the cursor of the next page
 * @param notes what the answer leaves out of what was asked for
 */
public record SearchPage(
        List<Stored> matches,
        List<Stored> included,
        Optional<Integer> total,
        Optional<String> next,
        List<Issue> notes) {}
