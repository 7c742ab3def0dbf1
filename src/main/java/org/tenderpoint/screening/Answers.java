package org.tenderpoint.screening;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.screening.Facts.Answer;
import org.tenderpoint.server.RecordedDay;

/** The answers that hold now: those of the newest response to each form. */
final class Answers {

    /** The question whether any medication is taken; whoever answers it has given a list, if an empty one. */
    static final String MEDICATIONS_ASKED = "takes-medication";

    private static final Set<QuestionnaireResponseStatus> GIVEN =
            EnumSet.of(QuestionnaireResponseStatus.COMPLETED, QuestionnaireResponseStatus.AMENDED);
    private static final String ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

    /** LOINC answers of the PHQ and GAD items: not at all, several days, more than half, nearly every day. */
    private static final Map<String, Integer> SCORES =
            Map.of("LA6568-5", 0, "LA6569-3", 1, "LA6570-1", 2, "LA6571-9", 3);

    private Answers() {}

    /** @param responses oldest first */
    static List<Answer> of(List<QuestionnaireResponse> responses) {
        var newest = new LinkedHashMap<String, QuestionnaireResponse>();
        responses.stream()
                .filter(response -> GIVEN.contains(response.getStatus()))
                .forEach(response -> newest.put(String.valueOf(response.getQuestionnaire()), response));
        var answers = new ArrayList<Answer>();
        newest.values()
                .forEach(response -> read(
                        FactsReader.reference(response),
                        response.getItem(),
                        RecordedDay.of(response.getAuthoredElement()).orElse(null),
                        answers));
        return answers;
    }

    private static void read(
            String reference,
            List<QuestionnaireResponseItemComponent> items,
            @Nullable LocalDate day,
            List<Answer> answers) {
        for (var item : items) {
            var linkId = String.valueOf(item.getLinkId());
            var question = linkId.startsWith("/") ? linkId.substring(linkId.lastIndexOf('/') + 1) : linkId;
            for (var answer : item.getAnswer()) {
                var value = answer.getValue();
                var yes = value instanceof BooleanType flag ? flag.booleanValue() : value != null;
                answers.add(new Answer(reference, question, yes, number(value), day));
                read(reference, answer.getItem(), day, answers);
            }
            read(reference, item.getItem(), day, answers);
        }
    }

    /** The number in a value; that of a choice where it has a score. */
    static @Nullable BigDecimal number(@Nullable Type value) {
        if (value instanceof Quantity quantity) {
            return quantity.getValue();
        }
        if (value instanceof DecimalType decimal) {
            return decimal.getValue();
        }
        if (value instanceof IntegerType integer && integer.getValue() != null) {
            return BigDecimal.valueOf(integer.getValue());
        }
        if (value instanceof CodeableConcept concept) {
            return concept.getCoding().stream()
                    .map(Answers::score)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return value instanceof Coding coding ? score(coding) : null;
    }

    private static @Nullable BigDecimal score(Coding coding) {
        var ordinal = coding.getExtensionByUrl(ORDINAL);
        if (ordinal != null && ordinal.getValue() instanceof DecimalType decimal) {
            return decimal.getValue();
        }
        var known = SCORES.get(String.valueOf(coding.getCode()));
        return known == null ? null : BigDecimal.valueOf(known);
    }
}
