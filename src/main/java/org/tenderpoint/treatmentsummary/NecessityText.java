package org.tenderpoint.treatmentsummary;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tenderpoint.document.SectionText;
import org.tenderpoint.document.Technique;
import org.tenderpoint.document.Words;
import org.tenderpoint.observation.ChangeClass;
import org.tenderpoint.observation.MeasureRule.Kind;

/**
 * What payers ask of medical necessity, in their order: impairment, function, service, expected change, time. Only facts from
 * codes and numbers; who treats does not certify that it is needed, and a therapist's own words stay out.
 */
final class NecessityText {

    private static final String NOTHING = "not recorded";

    private NecessityText() {}

    static SectionText of(TreatmentSummary summary) {
        return new SectionText()
                .say("Facts from the record; whether the services are necessary is for who ordered them to say.")
                .list(List.of(
                        "Impairment: " + impairment(summary),
                        "Function at the beginning: " + function(summary),
                        "Service: " + services(summary),
                        "Change so far: " + change(summary),
                        "Change expected: " + expected(summary),
                        "Time: " + listed(summary.proposed().stream())));
    }

    private static String impairment(TreatmentSummary summary) {
        return listed(
                summary.diagnoses().stream().map(diagnosis -> (diagnosis.code() + " " + diagnosis.display()).trim()));
    }

    private static String function(TreatmentSummary summary) {
        return listed(summary.trends().stream()
                .filter(trend -> trend.rule().kind() != Kind.GLOBAL)
                .map(trend -> trend.rule().label() + " "
                        + Words.number(trend.baseline().value())));
    }

    private static String services(TreatmentSummary summary) {
        var visits = summary.services().stream()
                .flatMap(day -> day.lines().stream())
                .map(line -> line.encounter() + line.day())
                .distinct()
                .count();
        var names = summary.services().stream()
                .flatMap(day -> day.lines().stream())
                .map(Technique::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return listed(
                names.isEmpty() ? Stream.empty() : Stream.of(names + ", in " + Words.count((int) visits, "visit")));
    }

    private static String change(TreatmentSummary summary) {
        return listed(summary.trends().stream()
                .filter(trend -> trend.changeClass() != ChangeClass.INSUFFICIENT_DATA)
                .map(trend ->
                        trend.rule().label() + " " + trend.changeClass().code().replace('-', ' ')));
    }

    private static String expected(TreatmentSummary summary) {
        return listed(summary.goals().stream()
                .map(goal -> goal.text() + (goal.due() == null ? "" : " by " + Words.day(goal.due()))));
    }

    private static String listed(Stream<String> parts) {
        var text = parts.distinct().collect(Collectors.joining("; "));
        return (text.isEmpty() ? NOTHING : text) + ".";
    }
}
