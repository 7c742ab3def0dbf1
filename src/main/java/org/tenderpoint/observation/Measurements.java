package org.tenderpoint.observation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.observation.MeasureRules.Match;
import org.tenderpoint.server.RecordedDay;

/** Reads measurements from Observations of this and other systems. */
public final class Measurements {

    private static final Set<ObservationStatus> TRUSTED =
            Set.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.CORRECTED);

    private final MeasureRules rules;

    public Measurements(MeasureRules rules) {
        this.rules = rules;
    }

    /**
     * The measurements an Observation holds.
     *
     * <p>A score may be a Quantity, an integer, or a coded LOINC answer for 0 to 10. A PEG without a total is the mean of
     * its three items.
     *
     * @return empty when the status is not final, amended or corrected, the code is no measure, the day is unknown, the
     *     value is missing or outside the measure's range, or its unit is not one of the measure's
     */
    public List<Measurement> from(Observation observation) {
        var date = RecordedDay.of(observation.getEffective());
        if (!TRUSTED.contains(observation.getStatus()) || date.isEmpty()) {
            return List.of();
        }
        return rules
                .match(observation.getCode())
                .flatMap(match -> value(match.rule(), observation)
                        .filter(match.rule().range()::contains)
                        .map(value -> measurement(observation, match, value, date.get())))
                .stream()
                .toList();
    }

    private Optional<BigDecimal> value(MeasureRule rule, Observation observation) {
        return number(rule, observation.getValue())
                .or(() -> observation.getComponent().stream()
                        .filter(component -> rules.match(component.getCode())
                                .map(match -> match.rule().equals(rule))
                                .orElse(false))
                        .flatMap(component -> number(rule, component.getValue()).stream())
                        .findFirst())
                .or(() -> mean(rule, observation));
    }

    // An item left out would shift the mean, so the score needs all of them, each within the range.
    private Optional<BigDecimal> mean(MeasureRule rule, Observation observation) {
        var items = rule.meanOf().stream()
                .flatMap(item -> observation.getComponent().stream()
                        .filter(component -> MeasureRules.names(component.getCode(), item))
                        .flatMap(component -> number(rule, component.getValue()).stream())
                        .filter(rule.range()::contains)
                        .limit(1))
                .toList();
        return items.isEmpty() || items.size() < rule.meanOf().size()
                ? Optional.empty()
                : Optional.of(SessionResponse.mean(items).setScale(6, RoundingMode.HALF_UP));
    }

    private Optional<BigDecimal> number(MeasureRule rule, @Nullable Type value) {
        return ScoreValue.of(value, rules)
                .filter(score -> rule.takesCodedAnswers() || !(value instanceof CodeableConcept))
                .filter(score -> score.hasUnitOf(rule))
                .map(ScoreValue::number);
    }

    private static Measurement measurement(Observation observation, Match match, BigDecimal value, LocalDate date) {
        return new Measurement(
                SeriesReader.read(match, observation),
                value,
                date,
                phase(observation),
                rater(observation),
                reference(observation.getEncounter()).orElse(null),
                observation.hasId()
                        ? "Observation/" + observation.getIdElement().getIdPart()
                        : null);
    }

    private static @Nullable SessionPhase phase(Observation observation) {
        Extension extension = observation.getExtensionByUrl(SessionPhase.EXTENSION);
        return extension != null && extension.getValue() instanceof CodeType code
                ? SessionPhase.ofCode(code.getCode()).orElse(null)
                : null;
    }

    // An organization may stand beside the person who measured, but two of its people are two raters.
    private static @Nullable String rater(Observation observation) {
        return observation.getPerformer().stream()
                .filter(performer -> performer.getReference() != null
                        && performer.getReferenceElement().hasResourceType()
                        && performer.getReferenceElement().getResourceType().startsWith("Practitioner"))
                .flatMap(performer -> reference(performer).stream())
                .findFirst()
                .orElse(null);
    }

    // A contained resource has a name only within its own Observation, so it identifies nobody across two of them.
    private static Optional<String> reference(Reference reference) {
        var id = reference.getReferenceElement();
        return id.hasIdPart() && !id.isLocal() ? Optional.of(id.toVersionless().getValue()) : Optional.empty();
    }
}
