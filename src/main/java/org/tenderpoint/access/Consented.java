package org.tenderpoint.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.ConsentRule.Decision;

/**
 * What a patient's Consents leave of a grant. Within one Consent an exception weighs more than what it is an exception
 * to; among several Consents a denial weighs more than a permission, and that more than a withdrawal or a permission
 * that has run out.
 */
public final class Consented {

    /**
     * A rule as it is kept.
     *
     * @param consent key of the Consent
     * @param grantee whom it is about; none for everybody but the keeper
     * @param keeper the organization that keeps the Consent, and with it the record: it is not shut out by it
     * @param decision what it says
     * @param depth how deep an exception it is
     * @param from inclusive
     * @param to exclusive
     */
    public record Rule(
            long consent,
            @Nullable UUID grantee,
            @Nullable UUID keeper,
            Decision decision,
            int depth,
            Instant from,
            Instant to) {

        private boolean isAbout(UUID whom) {
            return !whom.equals(keeper) && (grantee == null || grantee.equals(whom));
        }

        private boolean isOn(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /**
     * A time.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Span(Instant from, Instant to) {}

    private Consented() {}

    /**
     * The parts of a span in which somebody keeps a grant.
     *
     * @param rules all of the patient's
     * @param unlessSaid whether the grant holds where no Consent speaks of it
     * @return in order; empty where nothing is left
     */
    public static List<Span> spans(List<Rule> rules, UUID grantee, Span justified, boolean unlessSaid) {
        var about = rules.stream().filter(rule -> rule.isAbout(grantee)).toList();
        var borders = new TreeSet<Instant>();
        borders.add(justified.from);
        about.forEach(rule -> {
            borders.add(rule.from);
            borders.add(rule.to);
        });
        var left = new ArrayList<Span>();
        for (var border : borders.tailSet(justified.from)) {
            if (!border.isBefore(justified.to) || !isLeft(about, border, unlessSaid)) {
                continue;
            }
            var next = borders.higher(border);
            var to = next == null || next.isAfter(justified.to) ? justified.to : next;
            var last = left.isEmpty() ? null : left.get(left.size() - 1);
            if (last != null && last.to.equals(border)) {
                left.set(left.size() - 1, new Span(last.from, to));
            } else {
                left.add(new Span(border, to));
            }
        }
        return left;
    }

    private static boolean isLeft(List<Rule> about, Instant time, boolean unlessSaid) {
        var said = about.stream().collect(Collectors.groupingBy(Rule::consent)).values().stream()
                .map(consent -> decision(consent, time))
                .filter(Objects::nonNull)
                .toList();
        if (said.contains(Decision.DENY)) {
            return false;
        }
        if (said.contains(Decision.PERMIT)) {
            return true;
        }
        return said.isEmpty() && unlessSaid;
    }

    private static @Nullable Decision decision(List<Rule> consent, Instant time) {
        var deepest = consent.stream()
                .filter(rule -> rule.isOn(time))
                .max(Comparator.comparingInt(Rule::depth)
                        .thenComparing(rule -> rule.grantee() != null)
                        .thenComparing(rule -> rule.decision() == Decision.DENY));
        if (deepest.isPresent()) {
            return deepest.get().decision();
        }
        // Who permits until a day, or from one, does not permit beyond it; a denial says nothing of other days.
        return consent.stream().anyMatch(rule -> rule.decision() == Decision.PERMIT) ? Decision.WITHDRAWN : null;
    }
}
