package org.tenderpoint.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.document.InventedRecord.BASE;
import static org.tenderpoint.document.InventedRecord.FHIR;
import static org.tenderpoint.document.InventedRecord.NOW;

import java.io.IOException;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.tenderpoint.document.Approved;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.page.Pages;
import org.tenderpoint.page.PdfPage;
import org.tenderpoint.page.TextPage;
import org.tenderpoint.progress.Readings;

class LetterTest {

    private static final String REFERRAL =
            """
            "status":"active","intent":"order","code":{"text":"Massage"},"subject":{"reference":"Patient/@ana"},
            "authoredOn":"2026-03-01","performer":[{"reference":"Organization/@clinic"}]""";
    private static final String PLAN =
            """
            "status":"active","intent":"plan","subject":{"reference":"Patient/@ana"},
            "author":{"reference":"PractitionerRole/@kai-at-clinic"},"supportingInfo":[{"reference":"ServiceRequest/@referral"}]""";

    @Test
    void planOfCareIsTheApprovedOne() throws IOException {
        var letter = planOfCare();
        var page = letter.page(PlanOfCareLetter.UNSIGNED);
        var pdf = PdfPage.write(page);

        Pages.picture("plan-of-care", pdf);
        assertThat(Pages.sheets(pdf)).isOne();
        Approved.assertSame(getClass(), "plan-of-care.approved.txt", TextPage.write(page));
        Approved.assertSame(getClass(), "plan-of-care.approved.pdf.txt", Pages.text(pdf));
        Approved.assertSame(getClass(), "plan-of-care.approved.json", letter.bundle(NOW));
    }

    @Test
    void letterOfMedicalNecessityIsTheApprovedOne() throws IOException {
        var letter = necessity();
        var page = letter.page(NecessityLetter.UNSIGNED);
        var pdf = PdfPage.write(page);

        Pages.picture("medical-necessity", pdf);
        assertThat(Pages.sheets(pdf)).isOne();
        Approved.assertSame(getClass(), "medical-necessity.approved.txt", TextPage.write(page));
        Approved.assertSame(getClass(), "medical-necessity.approved.pdf.txt", Pages.text(pdf));
        Approved.assertSame(getClass(), "medical-necessity.approved.json", letter.bundle(NOW));
    }

    @Test
    void lettersAreValidDocumentsWhoseReferencesAllResolve() {
        for (var letter : List.of(planOfCare(), necessity())) {
            var document = letter.bundle(NOW);
            var composition = (Composition) document.getEntryFirstRep().getResource();

            assertThat(SchemaCheck.errors(document)).isEmpty();
            assertThat(FHIR.newTerser().getAllPopulatedChildElementsOfType(composition, Reference.class))
                    .extracting(reference -> BASE + "/" + reference.getReference())
                    .isNotEmpty()
                    .isSubsetOf(document.getEntry().stream()
                            .map(BundleEntryComponent::getFullUrl)
                            .toList());
            assertThat(composition.getSection())
                    .allSatisfy(section ->
                            assertThat(section.getText().getDivAsString()).isNotBlank());
            assertThat(composition.getAttester()).isEmpty();
        }
    }

    @Test
    void letterOfMedicalNecessityHasNoNoteOfTheRecordAndCitesOnlyWhoTakesPart() {
        var composition = necessity().bundle(NOW).getEntryFirstRep().getResource();

        assertThat(FHIR.newJsonParser().encodeResourceToString(composition))
                .doesNotContain("CANARY")
                .contains("Low back pain, unspecified (M54.50)");
        assertThat(necessity().bundle(NOW).getEntry())
                .extracting(entry -> entry.getResource().fhirType())
                .containsExactlyInAnyOrder(
                        "Composition", "Patient", "PractitionerRole", "Practitioner", "Organization", "Practitioner");
    }

    @Test
    void withoutAPlanNeitherLetterIsWritten() {
        var facts = LetterFacts.of(Readings.of(record().add("ServiceRequest", "referral", REFERRAL)));

        assertThat(codes(facts, LetterRule.FOR_A_PLAN_OF_CARE)).containsExactly("letter-plan-missing");
        assertThat(codes(facts, LetterRule.FOR_MEDICAL_NECESSITY))
                .containsExactly("letter-plan-missing", "letter-diagnosis-missing", "letter-signer-missing");
    }

    @Test
    void aPlanWithoutFrequencyAndEndIsEnoughForThePhysicianAndNotForThePlanThatPays() {
        var facts = LetterFacts.of(Readings.of(record().add(
                        "ServiceRequest",
                        "referral",
                        REFERRAL
                                + ",\"requester\":{\"reference\":\"Practitioner/@grace\"},\"reasonCode\":[{\"coding\":"
                                + "[{\"system\":\"http://hl7.org/fhir/sid/icd-10-cm\",\"code\":\"M54.2\",\"display\":\"Cervicalgia\"}]}]")
                .add("CarePlan", "plan", PLAN)));

        assertThat(codes(facts, LetterRule.FOR_A_PLAN_OF_CARE)).isEmpty();
        assertThat(codes(facts, LetterRule.FOR_MEDICAL_NECESSITY))
                .containsExactly("letter-frequency-missing", "letter-duration-missing");
        assertThat(facts.diagnoses()).containsExactly("Cervicalgia (M54.2)");
    }

    @Test
    void whoeverTreatsDoesNotCertify() {
        for (var requester : List.of(
                "Practitioner/@kai",
                "PractitionerRole/@kai-at-clinic",
                "Organization/@clinic",
                "Practitioner/@other")) {
            var facts = LetterFacts.of(Readings.of(signedBy(requester)));

            assertThat(codes(facts, LetterRule.FOR_MEDICAL_NECESSITY))
                    .as(requester)
                    .containsExactly("letter-self-certified");
        }
    }

    @Test
    void aPhysicianOfTheSameHouseMaySign() {
        for (var requester :
                List.of("Practitioner/@grace", "PractitionerRole/@grace-at-clinic", "Organization/@family-practice")) {
            var facts = LetterFacts.of(Readings.of(signedBy(requester)));

            assertThat(codes(facts, LetterRule.FOR_MEDICAL_NECESSITY))
                    .as(requester)
                    .isEmpty();
        }
    }

    @Test
    void aPracticeThatRefersLeavesTheNameOpen() {
        var facts = LetterFacts.of(Readings.of(signedBy("Organization/@family-practice")));

        var text = TextPage.write(NecessityLetter.write(facts, BASE).page(""));

        assertThat(text).contains("Name: ____").contains("for Hill Family Practice");
    }

    private static InventedRecord record() {
        return InventedRecord.justThePeople();
    }

    private static InventedRecord signedBy(String requester) {
        return record().addToDirectory(
                        "Practitioner",
                        "other",
                        """
                        "name":[{"text":"Ada Reed"}],"qualification":[{"code":{"coding":[
                        {"system":"http://nucc.org/provider-taxonomy","code":"225700000X"}]}}]""")
                .addToDirectory(
                        "PractitionerRole",
                        "grace-at-clinic",
                        """
                        "practitioner":{"reference":"Practitioner/@grace"},"organization":{"reference":"Organization/@clinic"}""")
                .add(
                        "Condition",
                        "back-pain",
                        """
                        "code":{"text":"Low back pain"},"subject":{"reference":"Patient/@ana"}""")
                .add(
                        "ServiceRequest",
                        "referral",
                        REFERRAL
                                + ",\"reasonReference\":[{\"reference\":\"Condition/@back-pain\"}],\"requester\":{\"reference\":\""
                                + requester + "\"}")
                .add(
                        "CarePlan",
                        "plan",
                        PLAN
                                + ",\"period\":{\"start\":\"2026-03-04\",\"end\":\"2026-04-15\"},\"activity\":[{\"detail\":{\"status\":"
                                + "\"in-progress\",\"scheduledTiming\":{\"repeat\":{\"frequency\":1,\"period\":1,\"periodUnit\":\"wk\"}}}}]");
    }

    private static List<String> codes(LetterFacts facts, List<LetterRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.check(facts).stream())
                .map(Issue::code)
                .toList();
    }

    private static SummaryDocument planOfCare() {
        return PlanOfCareLetter.write(LetterFacts.of(Readings.of(InventedRecord.withVisits(6))), BASE);
    }

    private static SummaryDocument necessity() {
        return NecessityLetter.write(LetterFacts.of(Readings.of(InventedRecord.withVisits(6))), BASE);
    }
}
