package org.tenderpoint.screening;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.screening.Facts.Measure;
import org.tenderpoint.screening.Facts.Medicine;
import org.tenderpoint.screening.Facts.Problem;

/** Finds what in a record meets a trigger. */
final class Matching {

    /** An answer that was given long ago warns of nothing new. */
    private static final int DAYS_OF_AN_ANSWER = 30;

    private final Facts facts;

    Matching(Facts facts) {
        this.facts = facts;
    }

    /**
     * References of what meets the trigger; empty where nothing does.
     *
     * @param met ids of rules that are met already, for triggers that ask for another rule
     * @param isWarningSign true where old answers do not count
     */
    List<String> evidence(Trigger trigger, Set<String> met, boolean isWarningSign) {
        if (!trigger.withRules().isEmpty() && trigger.withRules().stream().noneMatch(met::contains)) {
            return List.of();
        }
        return switch (trigger.on()) {
            case "condition" -> problems(trigger);
            case "medication" -> medicines(trigger);
            case "allergy" ->
                facts.allergies().stream()
                        .filter(substance -> hasWord(substance.text(), trigger.words()))
                        .map(Facts.Substance::reference)
                        .toList();
            case "observation" -> measures(trigger);
            case "finding" -> findings(trigger);
            case "procedure" -> procedures(trigger);
            case "adverse-event" -> events(trigger);
            case "device" -> facts.devices();
            case "answer" -> answers(trigger, isWarningSign);
            case "course" -> courses(trigger);
            case "no-diagnosis" -> facts.reasonGiven() ? List.of() : measures(trigger);
            case "rise", "fall", "difference" -> new Series(facts).evidence(trigger);
            default -> throw new IllegalStateException("no such trigger: " + trigger.on());
        };
    }

    private List<String> problems(Trigger trigger) {
        if (!trigger.togetherWith().isEmpty()
                && facts.problems().stream()
                        .flatMap(problem -> problem.snomed().stream())
                        .noneMatch(trigger.togetherWith()::contains)) {
            return List.of();
        }
        return facts.problems().stream()
                .filter(problem -> facts.isWithin(problem.onset(), trigger.withinDays()))
                .filter(problem -> isMeant(problem, trigger))
                .map(Problem::reference)
                .toList();
    }

    private static boolean isMeant(Problem problem, Trigger trigger) {
        if (problem.icd10().stream().anyMatch(code -> isMeant(code, trigger))
                || problem.snomed().stream().anyMatch(trigger.snomed()::contains)) {
            return true;
        }
        // Codes say what is meant better than words do; words count where there is nothing else.
        return problem.icd10().isEmpty()
                && hasWord(problem.text(), trigger.words())
                && !hasWord(problem.text(), trigger.exceptWords());
    }

    private static boolean isMeant(String icd10, Trigger trigger) {
        // The seventh character of an injury code: A for the first time, S for what is left of it.
        var seventh = icd10.length() == 7 ? icd10.charAt(6) : ' ';
        return trigger.icd10().stream().anyMatch(icd10::startsWith)
                && trigger.except().stream().noneMatch(icd10::startsWith)
                && !(trigger.notSequela() && seventh == 'S')
                && (!trigger.acuteInjury() || seventh == 'A');
    }

    private List<String> medicines(Trigger trigger) {
        var taken = facts.medicines().stream()
                .filter(medicine -> isMeant(medicine, trigger))
                .map(Medicine::reference)
                .toList();
        var least = trigger.atLeast() == null ? 1 : trigger.atLeast().intValue();
        return taken.size() >= least ? taken : List.of();
    }

    private static boolean isMeant(Medicine medicine, Trigger trigger) {
        var isOne = medicine.rxnorm().stream().anyMatch(trigger.rxnorm()::contains)
                || medicine.atc().stream().anyMatch(code -> startsWithAny(code, trigger.atc()))
                || hasWord(medicine.text(), trigger.words());
        return isOne && (trigger.form().isEmpty() || hasWord(medicine.text(), trigger.form()));
    }

    private List<String> measures(Trigger trigger) {
        var all = facts.measures().stream()
                .filter(measure -> measure.codes().stream().anyMatch(trigger.codes()::contains))
                .filter(measure -> facts.isWithin(measure.day(), trigger.withinDays()))
                .toList();
        var looked = trigger.latest() && !all.isEmpty() ? all.subList(all.size() - 1, all.size()) : all;
        return looked.stream()
                .filter(measure -> isMeant(measure, trigger))
                .map(Measure::reference)
                .distinct()
                .toList();
    }

    private static boolean isMeant(Measure measure, Trigger trigger) {
        return trigger.asksForANumber()
                ? measure.number() != null && trigger.admits(measure.number())
                : measure.values().stream().anyMatch(trigger.answers()::contains);
    }

    private List<String> findings(Trigger trigger) {
        // One sign at a time: numbness that was there before does not make a weakness old.
        return trigger.snomed().stream()
                .flatMap(sign -> finding(trigger, sign).stream())
                .distinct()
                .toList();
    }

    private List<String> finding(Trigger trigger, String sign) {
        var all = facts.measures().stream()
                .filter(measure -> !measure.denied())
                .filter(measure ->
                        measure.codes().contains(sign) || measure.values().contains(sign))
                .toList();
        var isOld = trigger.fresh()
                && all.stream().anyMatch(measure -> !facts.isWithin(measure.day(), trigger.withinDays()));
        return isOld
                ? List.of()
                : all.stream()
                        .filter(measure -> facts.isWithin(measure.day(), trigger.withinDays()))
                        .map(Measure::reference)
                        .toList();
    }

    private List<String> procedures(Trigger trigger) {
        return facts.procedures().stream()
                .filter(done -> facts.isWithin(done.day(), trigger.withinDays()))
                .filter(done -> done.categories().stream().anyMatch(trigger.categories()::contains)
                        || trigger.contains().stream().anyMatch(done.text()::contains))
                .map(Facts.Done::reference)
                .toList();
    }

    private List<String> events(Trigger trigger) {
        return facts.events().stream()
                .filter(event -> facts.isWithin(event.day(), trigger.withinDays()))
                .filter(event -> trigger.serious()
                        ? event.serious()
                        : event.codes().stream().anyMatch(trigger.snomed()::contains)
                                || hasWord(event.text(), trigger.words()))
                .map(Facts.Event::reference)
                .toList();
    }

    private List<String> answers(Trigger trigger, boolean isWarningSign) {
        return facts.answers().stream()
                .filter(answer -> trigger.answers().contains(answer.question()))
                .filter(answer -> !isWarningSign || facts.isWithin(answer.day(), DAYS_OF_AN_ANSWER))
                .filter(answer -> trigger.asksForANumber()
                        ? answer.number() != null && trigger.admits(answer.number())
                        : answer.yes())
                .map(Facts.Answer::reference)
                .distinct()
                .toList();
    }

    private List<String> courses(Trigger trigger) {
        return facts.courses().stream()
                .filter(course -> trigger.count() == null || course.visits() >= trigger.count())
                .filter(course -> trigger.afterDays() == null || course.days() >= trigger.afterDays())
                .filter(course -> course.said().stream().anyMatch(trigger.answers()::contains))
                .map(Facts.Course::reference)
                .toList();
    }

    private static boolean startsWithAny(String code, List<String> prefixes) {
        return prefixes.stream().anyMatch(code::startsWith);
    }

    static boolean hasWord(@Nullable String text, List<String> words) {
        return text != null
                && words.stream()
                        .anyMatch(word -> text.contains(word)
                                && Pattern.compile("(?<![\\p{L}\\d])" + Pattern.quote(word) + "(?![\\p{L}\\d])")
                                        .matcher(text)
                                        .find());
    }
}
