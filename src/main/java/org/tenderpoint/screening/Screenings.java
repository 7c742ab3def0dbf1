package org.tenderpoint.screening;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Asked;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.Writes;

/**
 * Screens one patient's record for one clinic and writes down what was found. The same record screened twice, by two at
 * once or again after a crash, leaves the same resources.
 */
@Component
class Screenings {

    private static final Logger log = LoggerFactory.getLogger(Screenings.class);

    private static final Set<String> TYPES = types();

    private final Chart chart;
    private final Writes writes;
    private final FhirContext fhir;
    private final Clock clock;
    private final Screening screening;
    private final Courses courses;

    Screenings(
            Chart chart,
            Writes writes,
            FhirContext fhir,
            Clock clock,
            ScreeningProperties properties,
            Courses courses) {
        this.chart = chart;
        this.writes = writes;
        this.fhir = fhir;
        this.clock = clock;
        this.courses = courses;
        this.screening = new Screening(ScreeningRules.load(properties.off()));
    }

    /**
     * What was found.
     *
     * @param result against the rules
     * @param overridden ids of rules that a therapist has set aside with a reason
     */
    record Report(ScreeningResult result, Set<String> overridden) {}

    /**
     * Screens a record.
     *
     * @param caller a clinic that treats the patient
     * @throws Refused 404 where there is no such patient for the caller
     */
    Report screen(Caller caller, UUID patient) {
        var standing = standing(caller, patient);
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var facts = FactsReader.read(standing.resources(), today).with(courses.of(standing.rows(), today));
        var result = screening.of(facts);
        var issues = new IssueActs(standing, now);
        var overridden = issues.overridden(result);
        var acts = new ArrayList<>(issues.acts(result, overridden));
        acts.addAll(new SignActs(standing, now).acts(result));
        if (!acts.isEmpty()) {
            writes.carryOut(caller, acts, "screening");
        }
        new PlanActs(standing, now).acts(result, overridden).forEach(act -> change(caller, act));
        return new Report(result, overridden);
    }

    /** A plan may be another clinic's, which keeps it itself. */
    private void change(Caller caller, Asked plan) {
        try {
            writes.carryOut(caller, List.of(plan), "screening");
        } catch (Refused refused) {
            if (refused.getStatusCode() != 403) {
                throw refused;
            }
            log.debug("a plan of another clinic stays as it is");
        }
    }

    private Standing standing(Caller caller, UUID patient) {
        var rows = chart.ownRecord(caller, "$screen", "Patient", patient, TYPES).stream()
                .<Map.Entry<Resource, org.tenderpoint.chart.Stored>>map(
                        row -> Map.entry(FhirJson.parse(fhir, row.json()), row))
                .toList();
        return new Standing(patient, Objects.requireNonNull(caller.organization()), rows);
    }

    private static Set<String> types() {
        var types = new HashSet<>(FactsReader.TYPES);
        types.addAll(Set.of("DetectedIssue", "Flag", "Task", "CarePlan", "Encounter"));
        return Set.copyOf(types);
    }
}
