package org.tenderpoint.treatmentsummary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tenderpoint.document.Charted;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Technique;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Authorisation;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Cover;
import org.tenderpoint.treatmentsummary.TreatmentSummary.ServiceDay;

class ReadinessTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 3, 4);
    private static final PayerPolicies POLICIES = PayerPolicies.load();

    @Test
    void anEmptyRecordSaysWhatIsMissing() {
        var readiness = Readiness.of(summary("wa-lni", 0, List.of()), FIRST);

        assertThat(readiness.present()).isZero();
        assertThat(readiness.missing())
                .hasSize(readiness.expected())
                .contains("therapist's NPI", "baseline and a later value of function", "day of the order");
    }

    @Test
    void aReportIsDueAfterSixVisitsOrThirtyDaysWhicheverComesFirst() {
        var service = List.of(new ServiceDay(
                FIRST,
                List.of(new Technique(
                        "Procedure/1", "Encounter/1", FIRST, "Friction", "Neck", 30, "97124", Charted.NOTHING)),
                Map.of(),
                List.of(),
                List.of("10:00–11:00"),
                Map.of()));

        assertThat(Readiness.of(summary("wa-lni", 5, service), FIRST.plusDays(29))
                        .due())
                .endsWith("5 visits used, 29 days since the first service. No report is due yet.");
        assertThat(Readiness.of(summary("wa-lni", 6, service), FIRST.plusDays(20))
                        .due())
                .endsWith("A report is due.");
        assertThat(Readiness.of(summary("wa-lni", 1, service), FIRST.plusDays(30))
                        .due())
                .endsWith("A report is due.");
        assertThat(Readiness.of(summary("access-msk", 40, service), FIRST.plusDays(89))
                        .due())
                .contains("after 90 days:")
                .endsWith("No report is due yet.");
    }

    @Test
    void eachPayerMissesTheMeasuresThatItAsksFor() {
        assertThat(Readiness.of(summary("access-msk", 1, List.of()), FIRST).missing())
                .contains("PROMIS physical function", "PROMIS pain interference", "global impression of change");
        assertThat(Readiness.of(summary("generic-pip", 1, List.of()), FIRST).missing())
                .contains("baseline and a later value of pain", "time in and out of every day of service")
                .doesNotContain("baseline and a later value of function", "PROMIS physical function");
    }

    @Test
    void aPayerWithoutPolicyHasNoTimeForReports() {
        assertThat(Readiness.of(summary(null, 9, List.of()), FIRST).due()).isEmpty();
    }

    private static TreatmentSummary summary(@Nullable String policy, int used, List<ServiceDay> services) {
        var known = policy == null ? null : POLICIES.policy(policy).orElseThrow();
        var order = new Authorisation("ServiceRequest/1", null, null, null, null, false, used, 0, null);
        return new TreatmentSummary(
                Days.until(FIRST),
                "Patient/1",
                new Cover("Coverage/1", null, null, null, List.of(), Days.until(null), known),
                null,
                List.of(order),
                List.of(),
                services,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                TreatmentSummary.Care.UNKNOWN);
    }
}
