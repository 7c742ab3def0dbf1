package org.tenderpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Client.Answer;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Each demonstration patient is there to show something, and the server shows it to whoever may see it. */
class DemoPatientsStoryTest {

    private static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";

    @EachDatabase
    void anaRespondsSleepsBetterAndIsSoreAfterTwoVisits(Database database) {
        var ana = new Shown(Server.on(database), "ana");

        assertThat(outcome(ana.screen())).isEqualTo("clear");
        assertThat(ana.progress())
                .contains("8 of 8 visits", "PEG 6.7 → 4.3", "PROMIS pain interference T 68 → 62")
                .contains("Fibromyalgia Impact Questionnaire 62 → 46", "Overall: responder", "2 adverse events")
                .contains("Sore shoulders the next day");
        assertThat(ana.values("http://loinc.org|71955-9")).containsExactly(63, 60, 57);
        assertThat(ana.values(MASSAGE + "|relief-duration")).startsWith(6).endsWith(36);
        var doses = ana.trend().path("parameter").findValuesAsText("name");
        assertThat(doses).contains("dose", "technique", "minutes", "n");
    }

    @EachDatabase
    void bertIsTreatedLightlyAndStandsStill(Database database) {
        var bert = new Shown(Server.on(database), "bert");

        assertThat(rules(bert.screen(), "contraindication")).containsExactly("CI-02", "CI-09");
        assertThat(bert.leftOut()).contains("light-pressure", "no-deep-friction", "friction", "tapotement");
        assertThat(bert.progress())
                .contains("Oswestry Disability Index 46 → 42", "no meaningful change", "Plateau:")
                .contains("Request: review, because no primary measure improved over two reassessments.");
    }

    @EachDatabase
    void chloesDiaryAndHerHeadacheQuestionsAreAnswered(Database database) {
        var chloe = new Shown(Server.on(database), "chloe");

        assertThat(rules(chloe.screen(), "warning-sign")).doesNotContain("RF-10");
        assertThat(chloe.found("QuestionnaireResponse").toString()).contains("thunderclap");
        assertThat(chloe.progress()).contains("Headache days in 28 days 14 → 6", "HIT-6 65 → 58", "Overall: responder");
        var points = chloe.found("Observation&code=" + MASSAGE + "|trigger-point");
        assertThat(points.toString()).contains("31764008", "22823000", "Head, temple");
    }

    @EachDatabase
    void devsNewFootDropStopsTheTreatment(Database database) {
        var dev = new Shown(Server.on(database), "dev");

        var answer = dev.screen();

        assertThat(rules(answer, "contraindication")).containsExactly("CI-29", "CI-30");
        assertThat(rules(answer, "warning-sign")).containsExactly("RF-02");
        assertThat(dev.leftOut()).contains("heat");
        assertThat(dev.found("Flag").toString()).contains("RF-02");
        assertThat(dev.found("Communication").toString()).contains("New neurological deficit", "preparation");
        assertThat(dev.found("Task&code=" + MASSAGE + "|red-flag-notice")
                        .at("/entry/0/resource/priority")
                        .asText())
                .isEqualTo("asap");
        var plan = dev.found("CarePlan").at("/entry/0/resource");
        assertThat(plan.path("status").asText()).isEqualTo("on-hold");
        assertThat(dev.found("Encounter").path("total").asInt()).isEqualTo(3);
        assertThat(dev.found("Procedure").path("total").asInt()).isEqualTo(4);
        assertThat(dev.progress())
                .contains("Request: clearance, because a warning sign is open", "New foot drop, right");
        assertThat(dev.physician()
                        .get("/Communication?patient=" + dev.patient)
                        .expect(200)
                        .text())
                .doesNotContain("New neurological deficit");
    }

    @EachDatabase
    void evaGoesBackToWorkAndHerFundIsOwedAReport(Database database) {
        var eva = new Shown(Server.on(database), "eva");

        var summary = eva.treatment();

        assertThat(summary)
                .contains("Payer Cascade State Fund", "WC-2041377", "Washington State Labor & Industries")
                .contains("authorised 6 by the", "used 6; left 0", "A report is due.")
                .contains("Oswestry Disability Index")
                .contains("first 44", "latest 30");
        assertThat(eva.progress())
                .contains("6 of 6 visits", "Oswestry Disability Index 44 → 30", "Overall: responder")
                .contains("400 mg, 4 times a day", "400 mg, once a day");
        assertThat(summary)
                .contains("30 timed minutes in all give 2 units", "45 timed minutes in all give 3 units")
                .contains("Units by the payer's rule: 16 in all.");
        assertThat(eva.found("Observation&category=survey").toString()).contains("Sitting tolerance");
        Server.on(database).as("demo-insurer").get("/" + eva.patient).expect(404);
    }

    @EachDatabase
    void franksTenthVisitMakesTheVeteransReportDue(Database database) {
        var frank = new Shown(Server.on(database), "frank");

        assertThat(rules(frank.screen(), "contraindication")).containsExactly("CI-12");
        assertThat(frank.found("Observation&code=http://snomed.info/sct|225908003")
                        .path("total")
                        .asInt())
                .isEqualTo(20)
                .isEqualTo(frank.found("Observation&code=http://loinc.org|72514-3")
                        .path("total")
                        .asInt());
        assertThat(frank.treatment())
                .contains("VA Community Care, initial episode", "VA-SEOC-77120", "authorised 12")
                .contains("10 visits used", "A report is due.", "KOOS JR", "first 50", "latest 66");
        assertThat(frank.progress()).contains("KOOS JR 50 → 66", "Overall: responder");
    }

    @EachDatabase
    void gwensFourRulesStandInOrderAndHerFlareIsNoVisit(Database database) {
        var gwen = new Shown(Server.on(database), "gwen");

        var answer = gwen.screen();

        assertThat(rules(answer, "contraindication")).containsExactly("CI-31", "CI-32", "CI-34", "CI-35");
        assertThat(answer.json().findValuesAsText("valueCode"))
                .containsSubsequence("moderate", "moderate", "low", "low");
        assertThat(gwen.leftOut()).contains("no-cervical", "no-deep-friction");
        var postponed = gwen.found("Encounter&status=cancelled").at("/entry/0/resource");
        assertThat(postponed.at("/reasonCode/0/text").asText()).contains("Flare");
        assertThat(gwen.progress()).contains("2 of 6 visits, ").doesNotContain("missed,");
    }

    @EachDatabase
    void hanaLiesOnHerSideAndShowsNoWarningSign(Database database) {
        var hana = new Shown(Server.on(database), "hana");

        var answer = hana.screen();

        assertThat(rules(answer, "contraindication")).containsExactly("CI-14");
        assertThat(answer.text()).contains("position-sidelying");
        assertThat(rules(answer, "warning-sign")).isEmpty();
        assertThat(hana.found("QuestionnaireResponse").toString()).contains("pregnancy-warning");
    }

    @EachDatabase
    void igorsAnswerReachesAPersonAndNoInsurer(Database database) {
        var igor = new Shown(Server.on(database), "igor");

        assertThat(rules(igor.screen(), "warning-sign")).containsExactly("RF-01");

        var task = igor.found("Task&code=" + MASSAGE + "|red-flag-notice").at("/entry/0/resource");
        assertThat(task.path("priority").asText()).isEqualTo("stat");
        assertThat(task.path("status").asText()).isEqualTo("requested");
        assertThat(igor.found("Communication").toString()).doesNotContain("44260-8", "better off dead");
        assertThat(igor.progress()).contains("Request: clearance, because a warning sign is open");
        assertThat(igor.treatment()).doesNotContain("PHQ", "self-harm", "44260-8");
        assertThat(igor.physician()
                        .get("/Observation?patient=" + igor.patient)
                        .expect(200)
                        .text())
                .contains("72514-3")
                .doesNotContain("44260-8");
    }

    @EachDatabase
    void josLetterDoesNotPassForARecord(Database database) {
        var jo = new Shown(Server.on(database), "jo");

        var answer = jo.screen();

        assertThat(outcome(answer)).isEqualTo("could-not-screen");
        assertThat(answer.text()).contains("There is no medication list");
        assertThat(jo.found("Task&code=" + MASSAGE + "|intake-needed")
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(jo.found("DocumentReference")
                        .at("/entry/0/resource/content/0/attachment/contentType")
                        .asText())
                .isEqualTo("application/pdf");
        assertThat(jo.progress()).contains("Request: clearance, because the record is too thin to be screened");
    }

    @EachDatabase
    void kimGainsNothingAndTheUnitsDependOnThePayer(Database database) {
        var kim = new Shown(Server.on(database), "kim");

        assertThat(rules(kim.screen(), "warning-sign")).containsExactly("RF-14");
        assertThat(kim.found("Task&code=" + MASSAGE + "|red-flag-notice")
                        .at("/entry/0/resource/priority")
                        .asText())
                .isEqualTo("routine");
        assertThat(kim.progress())
                .contains("14 of 14 visits", "Overall: non responder", "Median relief after a session 8 h → 8 h")
                .contains("Request: review, because no measure reached its threshold.");
        assertThat(kim.treatment())
                .contains("Personal injury protection (example)")
                .contains("Units by the payer's rule: 56 in all.")
                .contains("units, cms 1; units, ama midpoint (this payer's rule) 2");
        assertThat(kim.values(MASSAGE + "|relief-duration")).hasSize(14).allMatch(hours -> hours < 24);
    }

    @EachDatabase
    void leesArmIsThinnerAfterAFewDrainages(Database database) {
        var lee = new Shown(Server.on(database), "lee");

        assertThat(rules(lee.screen(), "contraindication")).containsExactly("CI-12", "CI-13");
        assertThat(lee.leftOut()).contains("local-avoid", "no-heat", "friction");
        assertThat(lee.progress()).contains("Limb girth", "baseline 34 (", "latest 31.5 (", "threshold 2 cm");
    }

    private static String outcome(Answer screened) {
        return screened.json().at("/parameter/0/valueCode").asText();
    }

    private static List<String> rules(Answer screened, String kind) {
        return StreamSupport.stream(screened.json().path("parameter").spliterator(), false)
                .filter(parameter -> parameter.path("name").asText().equals(kind))
                .map(parameter -> parameter.at("/part/0/valueCoding/code").asText())
                .toList();
    }

    /** One patient, and what each of those around the patient sees. */
    private static final class Shown {

        private final Server server;
        private final Course course;
        private final String patient;
        private final String referral;

        Shown(Server server, String key) {
            this.server = server;
            this.course = Course.ALL.stream()
                    .filter(one -> one.key().equals(key))
                    .findFirst()
                    .orElseThrow();
            this.patient = only("Patient");
            this.referral = only("ServiceRequest");
        }

        private String only(String type) {
            var found = clinic().get("/" + type + "?identifier=" + DemoBundle.system(type) + "|" + course.key())
                    .expect(200)
                    .json();
            assertThat(found.path("entry")).hasSize(1);
            return type + "/" + found.at("/entry/0/resource/id").asText();
        }

        private Client clinic() {
            return server.as(DemoClient.of(course.clinic()).id());
        }

        Client physician() {
            return server.as(DemoClient.of(course.referrer()).id());
        }

        Answer screen() {
            return clinic().post("/" + patient + "/$screen", "{\"resourceType\":\"Parameters\"}")
                    .expect(200);
        }

        JsonNode found(String search) {
            var cut = search.indexOf('&');
            var type = cut < 0 ? search : search.substring(0, cut);
            var rest = cut < 0 ? "" : search.substring(cut);
            return clinic().get("/" + type + "?patient=" + patient + "&_count=100" + rest)
                    .expect(200)
                    .json();
        }

        /** What the plan of care says not to do. */
        List<String> leftOut() {
            var activities = found("CarePlan").at("/entry/0/resource/activity");
            return StreamSupport.stream(activities.spliterator(), false)
                    .filter(activity -> activity.at("/detail/doNotPerform").asBoolean())
                    .map(activity -> activity.at("/detail/code/coding/0/code").asText())
                    .toList();
        }

        List<Integer> values(String code) {
            var entries = found("Observation&_sort=date&code=" + code).path("entry");
            return StreamSupport.stream(entries.spliterator(), false)
                    .map(entry -> entry.at("/resource/valueQuantity/value").asInt())
                    .toList();
        }

        String progress() {
            return text(physician(), "/" + referral + "/$progress-summary");
        }

        String treatment() {
            return text(server.as(DemoClient.of(course.insurer()).id()), "/" + patient + "/$treatment-summary");
        }

        JsonNode trend() {
            return clinic().get("/" + patient + "/$outcome-trend").expect(200).json();
        }

        private static String text(Client client, String path) {
            return client.send("GET", path, null, Map.of("Accept", "text/plain"))
                    .expect(200)
                    .text()
                    // Lines are broken where they are full.
                    .replaceAll("\\s+", " ");
        }
    }
}
