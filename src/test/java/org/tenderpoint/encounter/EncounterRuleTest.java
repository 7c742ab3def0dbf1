package org.tenderpoint.encounter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.AdverseEvent.AdverseEventActuality;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tenderpoint.Fixtures;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule.Write;

class EncounterRuleTest {

    private static final Caller CLINIC = new Caller("clinic", Role.CLINIC, new UUID(0, 1), Scopes.ALL_SYSTEM);

    private final EncounterRule rule =
            new EncounterRule(Clock.fixed(Instant.parse("2026-03-09T22:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "encounter-finished.json, Encounter",
        "procedure-trigger-point.json, Procedure",
        "observation-pain-before.json, Observation"
    })
    void visitAsItShouldBeIsTaken(String name, String type) {
        assertThat(check(fixture(Resource.class, name), type)).isEmpty();
    }

    @Test
    void endBeforeStartIsSentBackNamingThePeriod() {
        var issues = check(fixture(Encounter.class, "encounter-end-before-start.json"), "Encounter");

        assertThat(issues).extracting(Issue::code).containsExactly("encounter-period");
        assertThat(issues).extracting(Issue::expression).containsExactly("Encounter.period");
    }

    @Test
    void expressionStartsWithThePlaceInTheBundle() {
        var visit = fixture(Encounter.class, "encounter-end-before-start.json");

        assertThat(check(visit, "Bundle.entry[2].resource"))
                .extracting(Issue::expression)
                .containsExactly("Bundle.entry[2].resource.period");
    }

    @Test
    void emptyEncounterHearsOfEverythingAtOnce() {
        assertThat(check(new Encounter(), "Encounter"))
                .extracting(Issue::code)
                .containsExactly("encounter-status-missing", "encounter-class-missing");
    }

    @Test
    void finishedVisitSaysWhenItBegan() {
        var visit = fixture(Encounter.class, "encounter-finished.json").setPeriod(null);

        assertThat(check(visit, "Encounter")).extracting(Issue::code).containsExactly("encounter-start-missing");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-08T10:00:00Z, 2026-03-09T10:00:00Z, ",
        "2026-03-08T10:00:00Z, 2026-03-09T11:00:00Z, encounter-too-long",
        "2026-03-08, 2026-03-08, ",
        "2026-03-08, 2026-03-09, ",
        "2026-03-06, 2026-03-09, encounter-too-long",
        "2026-03-08, 2026-03-07, encounter-period",
        "2026-03-08T10:00:00Z, 2026-03-08, ",
        "2026-03-10T21:59:00Z, , ",
        "2026-03-10T22:01:00Z, , encounter-in-future",
        "2027, , encounter-in-future",
    })
    void periodIsHeldAgainstTheClockAndADay(String start, String end, String code) {
        var visit = fixture(Encounter.class, "encounter-finished.json");
        visit.setPeriod(new Period().setStartElement(new DateTimeType(start)));
        if (end != null) {
            visit.getPeriod().setEndElement(new DateTimeType(end));
        }

        var codes = check(visit, "Encounter").stream().map(Issue::code).toList();

        assertThat(codes).isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void whatLastsIntoTheFutureHasNotBeen() {
        var later = new DateTimeType("2031-01-01");
        var technique = new Procedure().setStatus(ProcedureStatus.COMPLETED);
        technique.setPerformed(
                new Period().setStartElement(new DateTimeType("2026-03-09")).setEndElement(later));
        var finding = new Observation().setStatus(ObservationStatus.FINAL);
        finding.setEffective(new DateTimeType("2026-03-09")).setIssuedElement(new InstantType("2031-01-01T00:00:00Z"));
        var medication = new MedicationStatement().setDateAssertedElement(later);

        assertThat(told(technique, "Procedure")).containsExactly("Procedure.performed.end");
        assertThat(told(finding, "Observation")).containsExactly("Observation.issued");
        assertThat(told(medication, "MedicationStatement")).containsExactly("MedicationStatement.dateAsserted");
    }

    private List<String> told(Resource resource, String path) {
        return check(resource, path).stream()
                .filter(issue -> issue.code().equals("date-in-future"))
                .map(Issue::expression)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-09, ",
        "2026-03-10T21:59:00Z, ",
        "2026, ",
        "2026-03-10T22:01:00Z, date-in-future",
        "2026-04, date-in-future",
        "9999-12-31, date-in-future",
    })
    void whatHasBeenDoesNotLieAhead(String day, String code) {
        var when = new DateTimeType(day);
        var expected = code == null ? List.of() : List.of(code);

        assertThat(codes(new Observation().setStatus(ObservationStatus.FINAL).setEffective(when)))
                .isEqualTo(expected);
        assertThat(codes(new Observation()
                        .setStatus(ObservationStatus.PRELIMINARY)
                        .setEffective(new Period().setStartElement(when))))
                .isEqualTo(expected);
        assertThat(codes(new Procedure().setStatus(ProcedureStatus.COMPLETED).setPerformed(when)))
                .isEqualTo(expected);
        assertThat(codes(new Condition().setOnset(when))).isEqualTo(expected);
        assertThat(codes(new AdverseEvent()
                        .setActuality(AdverseEventActuality.ACTUAL)
                        .setDateElement(when)))
                .isEqualTo(expected);
    }

    @Test
    void dayAheadIsNamedAndWhatIsPlannedOrTakenBackHasOne() {
        var ahead = new DateTimeType("9999-12-31");

        assertThat(check(new Observation().setStatus(ObservationStatus.FINAL).setEffective(ahead), "Observation"))
                .extracting(Issue::expression)
                .containsExactly("Observation.effective");
        assertThat(codes(new Observation()
                        .setStatus(ObservationStatus.ENTEREDINERROR)
                        .setEffective(ahead)))
                .isEmpty();
        assertThat(codes(new Procedure().setStatus(ProcedureStatus.PREPARATION).setPerformed(ahead)))
                .isEmpty();
    }

    private List<String> codes(Resource resource) {
        return check(resource, resource.fhirType()).stream().map(Issue::code).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "1, ",
        "480, ",
        "0, technique-minutes-range",
        "-5, technique-minutes-range",
        "481, technique-minutes-range",
        "12.5, technique-minutes-form"
    })
    void techniqueTakesMinutes(BigDecimal minutes, String code) {
        var quantity = new Quantity()
                .setValue(minutes)
                .setUnit("min")
                .setSystem("http://unitsofmeasure.org")
                .setCode("min");

        var codes = check(technique(quantity), "Procedure").stream()
                .map(Issue::code)
                .toList();

        assertThat(codes).isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void minutesMayBeANumber() {
        assertThat(check(technique(new PositiveIntType(15)), "Procedure")).isEmpty();
        assertThat(check(technique(new IntegerType(15)), "Procedure")).isEmpty();
        assertThat(check(technique(new IntegerType(-15)), "Procedure"))
                .extracting(Issue::code)
                .containsExactly("technique-minutes-range");
    }

    @Test
    void minutesAreNeitherTextNorHours() {
        var hours = new Quantity()
                .setValue(1)
                .setSystem("http://unitsofmeasure.org")
                .setCode("h");

        for (var value : List.of(new StringType("15"), hours)) {
            assertThat(check(technique(value), "Procedure"))
                    .extracting(Issue::code)
                    .containsExactly("technique-minutes-form");
        }
    }

    @Test
    void techniqueEndsAfterItBegins() {
        var technique = fixture(Procedure.class, "procedure-trigger-point.json").setPerformed(inverted());

        var issues = check(technique, "Procedure");

        assertThat(issues).extracting(Issue::code).containsExactly("procedure-period");
        assertThat(issues).extracting(Issue::expression).containsExactly("Procedure.performed");
    }

    @Test
    void measurementEndsAfterItBegins() {
        var measure = fixture(Observation.class, "observation-pain-before.json").setEffective(inverted());

        assertThat(check(measure, "Observation")).extracting(Issue::code).containsExactly("observation-period");
    }

    @Test
    void otherResourcesAreNoneOfItsBusiness() {
        assertThat(check(new Patient(), "Patient")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"procedure-trigger-point.json", "encounter-finished.json"})
    void updateIsHeldAgainstTheSameRules(String name) {
        var resource = fixture(Resource.class, name);
        var write = new Write(CLINIC, resource, resource.fhirType(), false, Optional::empty);

        assertThat(rule.check(write)).isEmpty();
    }

    private List<Issue> check(Resource resource, String path) {
        return rule.check(new Write(CLINIC, resource, path, true, Optional::empty));
    }

    private static Procedure technique(Type minutes) {
        var technique = fixture(Procedure.class, "procedure-trigger-point.json");
        technique.getExtension().get(0).setValue(minutes);
        return technique;
    }

    private static Period inverted() {
        return new Period()
                .setStartElement(new DateTimeType("2026-03-09T14:20:00Z"))
                .setEndElement(new DateTimeType("2026-03-09T14:05:00Z"));
    }

    private static <T extends Resource> T fixture(Class<T> type, String name) {
        var json = Fixtures.read(
                "encounter/" + name, Map.of("patient", new UUID(0, 2).toString(), "clinic", new UUID(0, 1).toString()));
        return type.cast(
                ca.uhn.fhir.context.FhirContext.forR4Cached().newJsonParser().parseResource(json));
    }
}
