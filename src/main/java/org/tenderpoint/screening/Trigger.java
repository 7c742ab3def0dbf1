package org.tenderpoint.screening;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a record meets a rule. Which members matter depends on {@code on}; lists that are not given are empty.
 *
 * @param on condition, medication, allergy, observation, finding, rise, fall, difference, procedure, adverse-event,
 *     device, answer, course or no-diagnosis
 * @param icd10 ICD-10-CM prefixes, with or without the dot
 * @param except ICD-10-CM prefixes that do not count
 * @param snomed SNOMED CT codes
 * @param rxnorm RxNorm ingredients
 * @param atc ATC prefixes
 * @param words whole words or phrases, lower case
 * @param exceptWords phrases that make a text another one
 * @param contains parts of words, for procedures
 * @param categories SNOMED CT codes of procedure categories
 * @param form words of which a medication's text has one, such as patch
 * @param codes codes of observations, LOINC or ours
 * @param answers coded values of an observation; link ids of questions; what is said of a course of treatment
 * @param phase session phase of the measurements
 * @param atLeast inclusive
 * @param above exclusive
 * @param below exclusive
 * @param abovePercent exclusive
 * @param count how many measurements have to show it; of a course of treatment, after how many visits
 * @param afterDays of a course of treatment, after how many days
 * @param withinDays how old it may be; without a limit where absent
 * @param fresh true where it must not have been there before that time
 * @param latest true where only the newest measurement counts
 * @param notSequela true where an injury code of a sequela does not count
 * @param acuteInjury true for injury codes of an initial encounter
 * @param serious true where only serious adverse events count
 * @param togetherWith SNOMED CT codes of which the record has one besides
 * @param withRules contraindications of which one has to be met besides
 * @param severity instead of the rule's
 * @param urgency instead of the rule's
 * @param restrictions instead of the rule's
 */
record Trigger(
        String on,
        List<String> icd10,
        List<String> except,
        List<String> snomed,
        List<String> rxnorm,
        List<String> atc,
        List<String> words,
        List<String> exceptWords,
        List<String> contains,
        List<String> categories,
        List<String> form,
        List<String> codes,
        List<String> answers,
        @Nullable String phase,
        @Nullable BigDecimal atLeast,
        @Nullable BigDecimal above,
        @Nullable BigDecimal below,
        @Nullable BigDecimal abovePercent,
        @Nullable Integer count,
        @Nullable Integer afterDays,
        @Nullable Integer withinDays,
        boolean fresh,
        boolean latest,
        boolean notSequela,
        boolean acuteInjury,
        boolean serious,
        List<String> togetherWith,
        List<String> withRules,
        @Nullable Severity severity,
        @Nullable Urgency urgency,
        @JsonProperty("restrictions") @Nullable List<String> restrictions) {

    Trigger {
        icd10 = plain(icd10);
        except = plain(except);
        snomed = orNone(snomed);
        rxnorm = orNone(rxnorm);
        atc = orNone(atc);
        words = orNone(words);
        exceptWords = orNone(exceptWords);
        contains = orNone(contains);
        categories = orNone(categories);
        form = orNone(form);
        codes = orNone(codes);
        answers = orNone(answers);
        togetherWith = orNone(togetherWith);
        withRules = orNone(withRules);
        restrictions = restrictions == null ? null : List.copyOf(restrictions);
    }

    /** True if a number lies where this looks for it. */
    boolean admits(BigDecimal number) {
        return (atLeast == null || number.compareTo(atLeast) >= 0)
                && (above == null || number.compareTo(above) > 0)
                && (below == null || number.compareTo(below) < 0);
    }

    boolean asksForANumber() {
        return atLeast != null || above != null || below != null;
    }

    private static List<String> orNone(@Nullable List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    private static List<String> plain(@Nullable List<String> codes) {
        return orNone(codes).stream().map(code -> code.replace(".", "")).toList();
    }
}
