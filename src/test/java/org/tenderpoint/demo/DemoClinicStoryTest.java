package org.tenderpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

class DemoClinicStoryTest {

    @EachDatabase
    void loadingAgainAfterAStopHalfwayMakesNothingTwice(Database database) {
        var server = Server.on(database);
        var chart = server.bean(Chart.class);
        var before = seenByEverybody(chart);

        server.bean(DemoClinic.class).load();

        assertThat(seenByEverybody(chart)).isEqualTo(before);
    }

    @EachDatabase
    void oneReferralStillWaitsForTheClinic(Database database) {
        var chart = Server.on(database).bean(Chart.class);
        var hana = DemoBundle.system("Task") + "|hana";

        var found = chart.search(as(chart, DemoClient.CLINIC), query("Task", Map.of("identifier", hana)))
                .matches();

        assertThat(found).singleElement().satisfies(task -> assertThat(
                        ((Task) FhirJson.parse(FhirContext.forR4Cached(), task.json())).getStatus())
                .isEqualTo(TaskStatus.REQUESTED));
    }

    @EachDatabase
    void theUnsignedVisitIsSeenByTheClinicAlone(Database database) {
        var chart = Server.on(database).bean(Chart.class);
        var draft = DemoBundle.system("Encounter") + "|bert-visit-7";

        var byClinic = chart.search(as(chart, DemoClient.CLINIC), query("Encounter", Map.of("identifier", draft)))
                .matches();
        var byReferrer = chart.search(as(chart, DemoClient.EHR), query("Encounter", Map.of("identifier", draft)))
                .matches();

        assertThat(byClinic).singleElement().satisfies(encounter -> assertThat(
                        ((Encounter) FhirJson.parse(FhirContext.forR4Cached(), encounter.json())).getStatus())
                .isEqualTo(EncounterStatus.INPROGRESS));
        assertThat(byReferrer).isEmpty();
    }

    private static Map<String, Integer> seenByEverybody(Chart chart) {
        var seen = new TreeMap<String, Integer>();
        for (var client : DemoClient.values()) {
            var caller = as(chart, client);
            for (var type : RecordTypes.all()) {
                if (AccessRule.permitting(caller, Interaction.SEARCH, type.name())
                        .isPresent()) {
                    var count = chart.search(caller, query(type.name(), Map.of("_count", "0", "_total", "accurate")));
                    seen.put(client.id() + " " + type.name(), count.total().orElseThrow());
                }
            }
        }
        return seen;
    }

    private static Query query(String type, Map<String, String> parameters) {
        var asked = new TreeMap<String, String[]>();
        parameters.forEach((name, value) -> asked.put(name, new String[] {value}));
        return QueryReader.read(RecordTypes.require(type), asked);
    }

    private static Caller as(Chart chart, DemoClient client) {
        var organization = chart.organizationWith(DemoBundle.system("Organization"), client.organization());
        return new Caller(client.id(), client.role(), organization.orElseThrow(), Scopes.ALL_SYSTEM);
    }
}
