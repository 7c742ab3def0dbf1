package org.tenderpoint.document;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Codes, days and numbers as a reader of a summary sees them. */
public final class Words {

    /** The code system of techniques, findings and measures that no public system names. */
    public static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** Codes that have a name of ours, as {@code system|code}. */
    private static final Map<String, String> KNOWN = known();

    private static final String WHOLE_TRADE = "Massage";

    /** Systems whose bare codes say something to a reader, and nothing else. */
    private static final Set<String> CODE_SYSTEMS = Set.of(
            "http://snomed.info/sct",
            "http://loinc.org",
            "http://hl7.org/fhir/sid/icd-10-cm",
            "http://www.ama-assn.org/go/cpt");

    private static final Pattern PLAIN_CODE = Pattern.compile("[A-Za-z]?\\d[\\dA-Z.\\-]{1,17}");

    private Words() {}

    /** A concept as somebody wrote it, or else as its codes say. */
    public static String of(CodeableConcept concept) {
        return concept.hasText()
                ? concept.getText()
                : known(concept)
                        .or(() -> concept.getCoding().stream()
                                .filter(Coding::hasDisplay)
                                .map(Coding::getDisplay)
                                .findFirst())
                        .or(() -> coded(concept))
                        .orElse("not coded");
    }

    /** A concept by its codes alone, because free text and displays may say anything; the words are our own. */
    public static Optional<String> coded(CodeableConcept concept) {
        return known(concept).or(() -> concept.getCoding().stream()
                .filter(coding -> CODE_SYSTEMS.contains(coding.getSystem()) && isPlain(coding.getCode()))
                .map(coding -> "code " + coding.getCode())
                .findFirst());
    }

    private static Optional<String> known(CodeableConcept concept) {
        return concept.getCoding().stream()
                .map(coding -> KNOWN.get(coding.getSystem() + "|" + coding.getCode()))
                .filter(Objects::nonNull)
                // The name of the whole trade comes last: the technique says more.
                .min(Comparator.comparing(WHOLE_TRADE::equals));
    }

    private static boolean isPlain(@Nullable String code) {
        return code != null && PLAIN_CODE.matcher(code).matches();
    }

    private static Map<String, String> known() {
        try (var words = Words.class.getResourceAsStream("words.json")) {
            return Map.copyOf(new ObjectMapper().readValue(words, new TypeReference<Map<String, String>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of a concept in one system. */
    public static Optional<String> code(CodeableConcept concept, String system) {
        return concept.getCoding().stream()
                .filter(coding -> system.equals(coding.getSystem()) && coding.hasCode())
                .map(Coding::getCode)
                .findFirst();
    }

    /** The official name, or else the first. */
    public static String name(List<HumanName> names) {
        return names.stream()
                .filter(name -> name.getUse() == HumanName.NameUse.OFFICIAL)
                .findFirst()
                .or(() -> names.stream().findFirst())
                .map(name -> name.hasText() ? name.getText() : name.getNameAsSingleString())
                .orElse("name not recorded");
    }

    /** {@code 4 Mar 2026}. */
    public static String day(@Nullable LocalDate day) {
        return day == null ? "" : DAY.format(day);
    }

    /** {@code 4 Mar–8 Apr 2026}. */
    public static String days(LocalDate first, LocalDate last) {
        if (first.equals(last)) {
            return day(first);
        }
        return (first.getYear() == last.getYear() ? DAY_OF_YEAR : DAY).format(first) + "–" + day(last);
    }

    /** At most one decimal, none where it is zero: {@code 6.7}, {@code 10}. */
    public static String number(BigDecimal number) {
        var rounded = number.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
        return (rounded.scale() < 0 ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded)
                .toPlainString()
                .replace('-', '−');
    }

    /** The same with its sign: {@code +2}, {@code −2.4}. */
    public static String signed(BigDecimal number) {
        return (number.signum() > 0 ? "+" : "") + number(number);
    }

    /** {@code 1 visit}, {@code 6 visits}. */
    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A target: {@code ≤ 3}, {@code = 20}, {@code 2 to 4}; empty for one that is no number. */
    public static Optional<String> target(@Nullable Type detail) {
        if (detail instanceof Range range) {
            if (range.getLow().hasValue() && range.getHigh().hasValue()) {
                return Optional.of(number(range.getLow().getValue()) + " to "
                        + number(range.getHigh().getValue()));
            }
            return range.getHigh().hasValue()
                    ? Optional.of("≤ " + number(range.getHigh().getValue()))
                    : Optional.of(range.getLow()).filter(Quantity::hasValue).map(low -> "≥ " + number(low.getValue()));
        }
        return detail instanceof Quantity quantity && quantity.hasValue()
                ? Optional.of(comparator(quantity) + " " + number(quantity.getValue()))
                : Optional.empty();
    }

    /** How often something is to be done, such as {@code 2 × in 1 week}; empty where it does not say. */
    public static Optional<String> frequency(Timing timing) {
        var repeat = timing.getRepeat();
        return repeat.hasFrequency() && repeat.hasPeriod() && repeat.hasPeriodUnit()
                ? Optional.of("%d × in %s %s"
                        .formatted(
                                repeat.getFrequency(),
                                number(repeat.getPeriod()),
                                repeat.getPeriodUnit().getDisplay()))
                : Optional.empty();
    }

    private static String comparator(Quantity quantity) {
        if (!quantity.hasComparator()) {
            return "=";
        }
        return switch (quantity.getComparator()) {
            case LESS_OR_EQUAL -> "≤";
            case GREATER_OR_EQUAL -> "≥";
            default -> quantity.getComparator().toCode();
        };
    }

    private static String sentence(String code) {
        var words = code.replace('-', ' ');
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
