package org.tenderpoint.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.document.InventedRecord.TODAY;

import java.io.IOException;
import java.util.List;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.junit.jupiter.api.Test;
import org.tenderpoint.document.Approved;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;

class OutcomeParametersTest {

    private static final MeasureRules RULES = MeasureRules.load();

    @Test
    void outcomesAfterSixVisitsAreTheApprovedOnes() throws IOException {
        Approved.assertSame(getClass(), "outcomes-after-six-visits.approved.json", outcomes(6));
    }

    @Test
    void outcomesAreValidFhir() {
        assertThat(SchemaCheck.errors(outcomes(6))).isEmpty();
    }

    @Test
    void everyPointOfATrendNamesItsSourceAndMoodIsNotAmongThem() {
        var trends = named(outcomes(6), "trend");

        assertThat(trends).isNotEmpty().allSatisfy(trend -> {
            assertThat(value(trend, "citation")).isNotBlank();
            assertThat(value(trend, "rule")).doesNotContain("PHQ");
            assertThat(trend.getPart().stream()
                            .filter(part -> part.getName().equals("point"))
                            .flatMap(point -> point.getPart().stream())
                            .filter(part -> part.getName().equals("source")))
                    .isNotEmpty();
        });
    }

    @Test
    void moodIsAmongTheTrendsWhereTheReferralAsksForIt() {
        var asked = named(of(InventedRecord.withVisits(6).asking("report-mood")), "trend");

        assertThat(asked).extracting(trend -> value(trend, "rule")).contains("PR-PHQ9");
    }

    @Test
    void whatASessionDoesStandsApartFromTheTrends() {
        var outcomes = outcomes(6);

        var session = named(outcomes, "session");

        assertThat(session).hasSize(1);
        assertThat(value(session.get(0), "pairs")).isEqualTo("6");
        assertThat(named(outcomes, "dose")).isNotEmpty();
    }

    @Test
    void aRecordWithoutMeasurementsIsUndetermined() {
        var bare = InventedRecord.withVisits(0);
        bare.patient().removeIf(row -> row.type().equals("Observation"));

        var outcomes = of(bare);

        assertThat(named(outcomes, "trend")).isEmpty();
        assertThat(outcomes.getParameter("overall-response").getValue().primitiveValue())
                .isEqualTo("undetermined");
    }

    private static Parameters outcomes(int visits) {
        return of(InventedRecord.withVisits(visits));
    }

    private static Parameters of(InventedRecord invented) {
        var record = invented.asRecord();
        var referral = Episode.chosen(Episode.referrals(record), null);
        var episode = Episode.of(record, referral, Days.until(TODAY));
        return OutcomeParameters.of(
                EpisodeOutcomes.of(RULES, new Measurements(RULES), episode), PatientRecord.idOf(referral), TODAY);
    }

    private static List<ParametersParameterComponent> named(Parameters outcomes, String name) {
        return outcomes.getParameter().stream()
                .filter(parameter -> parameter.getName().equals(name))
                .toList();
    }

    private static String value(ParametersParameterComponent group, String name) {
        return group.getPart().stream()
                .filter(part -> part.getName().equals(name))
                .map(part -> part.getValue().primitiveValue())
                .findFirst()
                .orElse("");
    }
}
