package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * What {@code $stats} is asked.
 *
 * @param patient FHIR id
 * @param codes {@code system|code}
 * @param hours how far back from now; none where a period is given
 * @param period from when to when; none where hours are given
 * @param statistics codes of {@link Statistic}
 * @param include true to show the Observations that were counted
 * @param limit how many of them at most
 */
record StatisticsAsk(
        UUID patient,
        Set<String> codes,
        @Nullable BigDecimal hours,
        @Nullable Period period,
        Set<Statistic> statistics,
        boolean include,
        int limit) {

    private static final Pattern PATIENT = Pattern.compile(
            "(?:https?://[^ ]*/)?Patient/([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})");
    private static final BigDecimal MOST_HOURS = BigDecimal.valueOf(24L * 366 * 150);

    StatisticsAsk {
        codes = Set.copyOf(codes);
        statistics = new LinkedHashSet<>(statistics);
        var dated = period != null && (period.hasStart() || period.hasEnd());
        if ((hours == null) == !dated) {
            throw wrong("stats-time", "$stats takes either duration, in hours, or period, with a start or an end.");
        }
        if (limit < 1) {
            throw wrong("operation-parameter-form", "Parameter limit is 1 or more.");
        }
    }

    static UUID subject(@Nullable UriType subject) {
        var matcher = PATIENT.matcher(subject == null ? "" : String.valueOf(subject.getValue()));
        if (!matcher.matches()) {
            throw wrong("operation-parameter-form", "Parameter subject is a patient, such as Patient/id.");
        }
        return UUID.fromString(matcher.group(1));
    }

    static Set<String> codes(
            @Nullable List<StringType> codes, @Nullable UriType system, @Nullable List<Coding> codings) {
        var all = new LinkedHashSet<String>();
        for (var code : codes == null ? List.<StringType>of() : codes) {
            if (system == null) {
                throw wrong("stats-code", "Parameter code comes with the parameter system, or send coding.");
            }
            all.add(plain(system.getValue(), code.getValue()));
        }
        for (var coding : codings == null ? List.<Coding>of() : codings) {
            all.add(plain(coding.getSystem(), coding.getCode()));
        }
        if (all.isEmpty()) {
            throw wrong("stats-code", "$stats needs code with system, or coding.");
        }
        return all;
    }

    private static String plain(@Nullable String system, @Nullable String code) {
        if (system == null || code == null || (system + code).matches(".*[,|$\\\\\\s].*")) {
            throw wrong("stats-code", "A code to be counted has a system and a code, without separators.");
        }
        return system + "|" + code;
    }

    static @Nullable BigDecimal hours(@Nullable DecimalType duration) {
        if (duration == null) {
            return null;
        }
        if (duration.getValue().signum() <= 0 || duration.getValue().compareTo(MOST_HOURS) > 0) {
            throw wrong("operation-parameter-form", "Parameter duration is a number of hours above zero.");
        }
        return duration.getValue();
    }

    static Set<Statistic> statistics(@Nullable List<CodeType> codes) {
        var wanted = new ArrayList<Statistic>();
        for (var list : codes == null ? List.<CodeType>of() : codes) {
            for (var code : String.valueOf(list.getValue()).split(",", -1)) {
                wanted.add(Statistic.of(code)
                        .orElseThrow(() -> wrong("stats-statistic", "Parameter statistic is of " + Statistic.known())));
            }
        }
        if (wanted.isEmpty()) {
            throw wrong("stats-statistic", "$stats needs the parameter statistic: " + Statistic.known());
        }
        return new LinkedHashSet<>(wanted);
    }

    private static Refused wrong(String code, String sentence) {
        return Refused.badRequest(new Issue(IssueType.INVALID, code, null, sentence));
    }
}
