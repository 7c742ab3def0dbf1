package org.tenderpoint.careplan;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Visits;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;

/** Says how far a plan is: visits, goals, reassessment, home programme, restrictions. */
@Component
class PlanStatuses {

    private static final Set<String> SOURCES = Set.of(
            "CarePlan", "Goal", "ServiceRequest", "Encounter", "Appointment", "Procedure", "Observation", "Patient");

    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;
    private final PlanStatusReader reader;

    PlanStatuses(
            Chart chart,
            FhirContext fhir,
            Clock clock,
            MeasureRules rules,
            Measurements measurements,
            CarePlanProperties properties) {
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
        this.reader = new PlanStatusReader(rules, measurements, properties);
    }

    /** @throws Refused 403 and 404 as {@link Chart#record} does */
    Parameters of(Caller caller, UUID plan) {
        var record = new PatientRecord(fhir, chart.record(caller, "$status", "CarePlan", plan, SOURCES));
        var today = LocalDate.now(clock);
        var found = record.find(CarePlan.class, "CarePlan/" + plan).orElseThrow(Refused::notFound);
        return answer(reader.read(record, found, today), today);
    }

    private static Parameters answer(PlanStatus status, LocalDate today) {
        var answer = new Parameters();
        answer.addParameter().setName("plan").setValue(PlanStatusReader.to(status.plan()));
        answer.addParameter("status", new CodeType(status.status()));
        if (status.visits() != null) {
            visits(answer.addParameter().setName("visits"), status.visits());
        }
        if (!status.frequency().isEmpty()) {
            answer.addParameter("frequency", new StringType(status.frequency()));
        }
        if (status.lastReassessment() != null) {
            answer.addParameter(
                    "last-reassessment", new DateType(status.lastReassessment().toString()));
        }
        if (status.reassessmentDue() != null) {
            answer.addParameter(
                    "reassessment-due", new DateType(status.reassessmentDue().toString()));
        }
        status.goals().forEach(goal -> goal(answer.addParameter().setName("goal"), goal, today));
        if (status.attainment() != null) {
            answer.addParameter("goal-attainment", new DecimalType(status.attainment()));
        }
        status.homeProgramme().forEach(exercise -> answer.addParameter("home-programme", new StringType(exercise)));
        if (status.adherence() != null) {
            answer.addParameter("home-programme-adherence", new DecimalType(status.adherence()));
        }
        for (var restriction : status.restrictions()) {
            var part = answer.addParameter().setName("restriction");
            restriction.codes().stream().sorted().forEach(code -> {
                var bar = code.lastIndexOf('|');
                part.addPart()
                        .setName("code")
                        .setValue(new org.hl7.fhir.r4.model.Coding()
                                .setSystem(code.substring(0, bar))
                                .setCode(code.substring(bar + 1)));
            });
            part.addPart().setName("reason").setValue(new StringType(restriction.reason()));
        }
        return answer;
    }

    private static void visits(ParametersParameterComponent part, Visits visits) {
        add(part, "planned", visits.planned() == null ? null : new IntegerType(visits.planned()));
        add(part, "attended", new IntegerType(visits.attended()));
        add(part, "missed", new IntegerType(visits.missed()));
        add(part, "left", visits.left() == null ? null : new IntegerType(visits.left()));
    }

    private static void goal(ParametersParameterComponent part, GoalStatus goal, LocalDate today) {
        add(part, "goal", PlanStatusReader.to(goal.goal()));
        add(part, "description", new StringType(goal.description()));
        add(part, "measure", goal.measure().isEmpty() ? null : new CodeType(goal.measure()));
        add(part, "target", goal.target() == null ? null : new DecimalType(goal.target()));
        add(part, "due", goal.due() == null ? null : new DateType(goal.due().toString()));
        add(part, "baseline", goal.baseline() == null ? null : new DecimalType(goal.baseline()));
        add(part, "latest", goal.latest() == null ? null : new DecimalType(goal.latest()));
        var percent = goal.percent();
        add(part, "percent", percent == null ? null : new DecimalType(percent));
        add(part, "attained", new BooleanType(goal.isAttained()));
        add(part, "overdue", new BooleanType(goal.isOverdue(today)));
        add(part, "scaled-score", goal.scaled() == null ? null : new DecimalType(goal.scaled()));
    }

    private static void add(ParametersParameterComponent part, String name, @Nullable Type value) {
        if (value != null) {
            part.addPart().setName(name).setValue(value);
        }
    }
}
