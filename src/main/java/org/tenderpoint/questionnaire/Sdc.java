package org.tenderpoint.questionnaire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseHasExtensions;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What the extensions on a question say: those of FHIR, of Structured Data Capture 3.0, and two of ours. */
final class Sdc {

    private static final String FHIR = "http://hl7.org/fhir/StructureDefinition/";
    private static final String CAPTURE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
    private static final String OURS = "https://tenderpoint.org/fhir/StructureDefinition/";

    static final String SESSION_PHASE = OURS + "session-phase";

    /** On an answer that was filled in from the record: it says nothing new as long as it stands. */
    static final String POPULATED_FROM = OURS + "populated-from";

    private Sdc() {}

    /** True where an answer becomes an Observation with the question's code. */
    static boolean isObservation(QuestionnaireItemComponent question) {
        var extension = question.getExtensionByUrl(CAPTURE + "observationExtract");
        return extension != null && "true".equals(primitive(extension));
    }

    /** The resource type that a group, or a question answered with yes, becomes. */
    static Optional<String> context(QuestionnaireItemComponent question) {
        return Optional.ofNullable(question.getExtensionByUrl(CAPTURE + "itemExtractionContext"))
                .map(Sdc::primitive);
    }

    /** How old a measurement may be that fills a question in; none where none does. */
    static Optional<Integer> linkDays(QuestionnaireItemComponent question) {
        var extension = question.getExtensionByUrl(CAPTURE + "observationLinkPeriod");
        return extension != null && extension.getValue() instanceof Quantity days && days.hasValue()
                ? Optional.of(days.getValue().intValue())
                : Optional.empty();
    }

    /** The unit of an answer's number. The extension belongs on numbers; what a choice is worth is a score. */
    static Optional<Coding> unit(QuestionnaireItemComponent question) {
        var isScored = question.getAnswerOption().stream()
                .anyMatch(option -> option.getValue() instanceof Coding choice
                        && ordinal(choice).isPresent());
        return isScored
                ? Optional.of(new Coding("http://unitsofmeasure.org", "{score}", null))
                : coding(question, FHIR + "questionnaire-unit");
    }

    /** A security label of what is extracted. */
    static Optional<Coding> label(QuestionnaireItemComponent question) {
        return coding(question, OURS + "extracted-label");
    }

    static Optional<String> phase(IBaseHasExtensions element) {
        return element.getExtension().stream()
                .filter(extension -> SESSION_PHASE.equals(extension.getUrl()))
                .map(extension -> primitive((Extension) extension))
                .findFirst();
    }

    static Optional<BigDecimal> least(QuestionnaireItemComponent question) {
        return number(question, FHIR + "minValue");
    }

    static Optional<BigDecimal> most(QuestionnaireItemComponent question) {
        return number(question, FHIR + "maxValue");
    }

    /**
     * A question that is computed from others.
     *
     * @param method mean or sum
     * @param items link ids
     */
    record Score(String method, List<String> items) {}

    static Optional<Score> score(QuestionnaireItemComponent question) {
        var extension = question.getExtensionByUrl(OURS + "score");
        if (extension == null) {
            return Optional.empty();
        }
        var items = new ArrayList<String>();
        extension.getExtensionsByUrl("item").forEach(item -> items.add(primitive(item)));
        return Optional.of(new Score(primitive(extension.getExtensionByUrl("method")), items));
    }

    /** The score of a choice. */
    static Optional<BigDecimal> ordinal(Coding choice) {
        var extension = choice.getExtensionByUrl(FHIR + "ordinalValue");
        return extension != null && extension.getValue() instanceof DecimalType decimal
                ? Optional.ofNullable(decimal.getValue())
                : Optional.empty();
    }

    private static Optional<Coding> coding(Element element, String url) {
        var extension = element.getExtensionByUrl(url);
        return extension != null && extension.getValue() instanceof Coding coding
                ? Optional.of(coding)
                : Optional.empty();
    }

    private static Optional<BigDecimal> number(Element element, String url) {
        var extension = element.getExtensionByUrl(url);
        return extension == null ? Optional.empty() : Optional.ofNullable(number(extension.getValue()));
    }

    static @Nullable BigDecimal number(@Nullable Type value) {
        if (value instanceof DecimalType decimal) {
            return decimal.getValue();
        }
        if (value instanceof IntegerType integer) {
            return integer.getValue() == null ? null : BigDecimal.valueOf(integer.getValue());
        }
        return value instanceof Quantity quantity ? quantity.getValue() : null;
    }

    static CodeType code(String code) {
        return new CodeType(code);
    }

    private static String primitive(@Nullable Extension extension) {
        return extension == null || extension.getValue() == null
                ? ""
                : String.valueOf(extension.getValue().primitiveValue());
    }
}
