package org.tenderpoint.treatmentsummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tenderpoint.document.InventedRecord.BASE;
import static org.tenderpoint.document.InventedRecord.FHIR;
import static org.tenderpoint.document.InventedRecord.NOW;
import static org.tenderpoint.document.InventedRecord.TODAY;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.document.Approved;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.document.Parameter;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;
import org.tenderpoint.page.Pages;
import org.tenderpoint.page.PdfPage;
import org.tenderpoint.page.TextPage;

class TreatmentDocumentTest {

    private static final MeasureRules RULES = MeasureRules.load();
    private static final TreatmentReader READER =
            new TreatmentReader(RULES, new Measurements(RULES), PayerPolicies.load());

    @Test
    void documentForAnInsurerIsTheApprovedOne() throws IOException {
        var document = documentOf(InventedRecord.withVisits(6), Days.until(TODAY));

        Approved.assertSame(getClass(), "summary-for-insurer.approved.json", document);
    }

    @Test
    void whatIsNotReadOfTheRecordWouldNotChangeTheDocument() {
        var record = InventedRecord.withVisits(6);
        record.add(
                "Observation",
                "work-status",
                """
                "status":"final","code":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"work-status"}]},
                "subject":{"reference":"Patient/@ana"},"effectiveDateTime":"2026-03-10",
                "valueCodeableConcept":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"light-duty"}]}""");
        record.add(
                "Observation",
                "finding",
                """
                "status":"final","code":{"coding":[{"system":"https://tenderpoint.org/fhir/CodeSystem/massage","code":"trigger-point"}]},
                "subject":{"reference":"Patient/@ana"},"effectiveDateTime":"2026-03-10\"""");
        var excerpt = READER.record(FHIR, record.patient());

        assertThat(json(excerpt, record)).contains("Work status").isEqualTo(json(record.asRecord(), record));
        assertThat(excerpt.all(Observation.class))
                .isNotEmpty()
                .hasSizeLessThan(record.asRecord().all(Observation.class).size());
        assertThat(excerpt.all(Encounter.class)).noneMatch(Encounter::hasMeta);
    }

    private static String json(PatientRecord read, InventedRecord record) {
        var directory = directory(record);
        var summary = READER.read(read, directory, coverages(record).get(0), Days.until(TODAY));
        return FHIR.newJsonParser()
                .encodeResourceToString(TreatmentDocument.write(summary, read, directory, BASE, NOW)
                        .bundle(NOW));
    }

    @Test
    void nothingThatAnInsurerMustNotSeeIsInTheDocument() {
        var record = InventedRecord.withVisits(6);
        record.add(
                "ServiceRequest",
                "foreign-referral",
                """
                "status":"active","intent":"order","subject":{"reference":"Patient/@ana"},"authoredOn":"2026-03-02",
                "code":{"text":"CANARY-foreign-order"},"insurance":[{"reference":"Coverage/@other-coverage"}]""");
        record.add(
                "Encounter",
                "foreign-visit",
                """
                "status":"finished","class":{"code":"CANARY-foreign-visit"},"subject":{"reference":"Patient/@ana"},
                "basedOn":[{"reference":"ServiceRequest/@foreign-referral"}],"period":{"start":"2026-03-10"}""");
        record.add(
                "Procedure",
                "foreign-service",
                """
                "status":"completed","code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"97110","display":"CANARY-foreign-service"}]},
                "subject":{"reference":"Patient/@ana"},"encounter":{"reference":"Encounter/@foreign-visit"},"performedDateTime":"2026-03-10\"""");

        var json = FHIR.newJsonParser().encodeResourceToString(documentOf(record, Days.until(TODAY)));

        assertThat(json).doesNotContain("CANARY").doesNotContain("44261-6").doesNotContain("MRN-88");
    }

    @Test
    void documentHoldsOnlyTypesThatAPayerNeeds() {
        var document = documentOf(InventedRecord.withVisits(6), Days.until(TODAY));

        assertThat(document.getEntry())
                .extracting(entry -> entry.getResource().fhirType())
                .containsOnly(
                        "Composition",
                        "Patient",
                        "PractitionerRole",
                        "Practitioner",
                        "Organization",
                        "Coverage",
                        "ServiceRequest",
                        "Condition",
                        "Encounter",
                        "Procedure",
                        "Observation",
                        "Goal");
    }

    @Test
    void pagesAreTheApprovedOnesAndHoldNothingThatIsWithheld() throws IOException {
        var page = summaryOf(InventedRecord.withVisits(6), Days.until(TODAY)).page(TreatmentDocument.UNSIGNED);

        var text = TextPage.write(page);
        var pdf = PdfPage.write(page);

        Pages.picture("summary-for-insurer", pdf);
        assertThat(text).doesNotContain("CANARY");
        assertThat(Pages.text(pdf)).doesNotContain("CANARY");
        Approved.assertSame(getClass(), "summary-for-insurer.approved.txt", text);
    }

    @Test
    void whatThePayersPolicyDoesNotTakeIsRemarkedOnce() {
        var record = InventedRecord.withVisits(2);
        record.add(
                "Encounter",
                "second-of-the-day",
                """
                "status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/@ana"},
                "basedOn":[{"reference":"ServiceRequest/@referral"}],"period":{"start":"2026-04-01T15:00:00Z"}""");
        record.add(
                "Procedure",
                "service-of-the-second",
                """
                "status":"completed","code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"97124"}]},
                "subject":{"reference":"Patient/@ana"},"encounter":{"reference":"Encounter/@second-of-the-day"},
                "performedDateTime":"2026-04-01\"""");

        var text = TextPage.write(summaryOf(record, Days.until(TODAY)).page(TreatmentDocument.UNSIGNED))
                .replaceAll("\\s+", " ");

        assertThat(text)
                .contains("1 Apr 2026, 8 Apr 2026: CPT 97140 is not what this payer's policy takes from massage"
                        + " therapists, which is 97124.")
                .contains("1 Apr 2026: more visits than the 1 a day that this payer's policy takes without a reason.")
                .contains("(draft); 12 visits in all after its next authorisation.");
    }

    @Test
    void whatAPayerAsksOfAServiceIsToldAsFarAsItWasCharted() {
        var record = InventedRecord.withVisits(1);
        for (var technique : List.of("trigger-point-therapy-1", "effleurage-1")) {
            record.edit(
                    technique,
                    "\"extension\":[",
                    """
                    "extension":[{"url":"https://tenderpoint.org/fhir/StructureDefinition/pressure-level","valueInteger":3},
                    {"url":"https://tenderpoint.org/fhir/StructureDefinition/treatment-position","valueCodeableConcept":
                    {"coding":[{"system":"http://snomed.info/sct","code":"1240000"}],"text":"CANARY-position"}},
                    {"url":"https://tenderpoint.org/fhir/StructureDefinition/one-on-one","valueBoolean":true},""");
        }
        record.edit(
                "effleurage-1",
                "\"extension\":[",
                "\"extension\":[{\"url\":\"https://tenderpoint.org/fhir/StructureDefinition/billing-modifier\",\"valueCode\":\"59\"},");

        var document = summaryOf(record, Days.until(TODAY));
        var text = TextPage.write(document.page(TreatmentDocument.UNSIGNED)).replaceAll("\\s+", " ");
        var services = document.bundle(NOW).getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Procedure.class::isInstance)
                .map(Procedure.class::cast)
                .toList();

        assertThat(text)
                .contains("Effleurage, pressure 3 of 5, prone", "97124-59")
                .contains("The therapist was one on one with the patient for all minutes of every service.")
                .doesNotContain("modifier 59 on one of them", "CANARY");
        assertThat(services).hasSize(2).allSatisfy(service -> assertThat(
                        service.getExtensionsByUrl("https://tenderpoint.org/fhir/StructureDefinition/pressure-level"))
                .hasSize(1));
    }

    @Test
    void oneOnOneIsNotStatedForServicesOfWhichNobodyChartedIt() {
        var record = InventedRecord.withVisits(1);
        var without = TextPage.write(summaryOf(record, Days.until(TODAY)).page(TreatmentDocument.UNSIGNED));
        record.edit(
                "effleurage-1",
                "\"extension\":[",
                "\"extension\":[{\"url\":\"https://tenderpoint.org/fhir/StructureDefinition/one-on-one\",\"valueBoolean\":false},");

        var text = TextPage.write(summaryOf(record, Days.until(TODAY)).page(TreatmentDocument.UNSIGNED));

        assertThat(without).doesNotContain("ne on one");
        assertThat(text.replaceAll("\\s+", " "))
                .contains("One on one for all minutes is charted of 0 of 2 services, and that it was not, of 1");
    }

    @Test
    void employerAndTheAddressOfThePracticeStandInTheSummary() {
        var record = InventedRecord.withVisits(1);
        record.addToDirectory(
                "Organization",
                "pier-nine",
                """
                "name":"Pier Nine Storage","address":[{"line":["CANARY-employer-street"]}]""");
        record.edit(
                "coverage",
                "\"status\":",
                "\"policyHolder\":{\"reference\":\"Organization/%s\"},\"status\":"
                        .formatted(InventedRecord.id("pier-nine")));
        record.addressOfTheClinic("12 Main Street", "Seattle", "WA", "98101");

        var text = TextPage.write(summaryOf(record, Days.until(TODAY)).page(TreatmentDocument.UNSIGNED))
                .replaceAll("\\s+", " ");

        assertThat(text)
                .contains("employer Pier Nine Storage", "North Massage Clinic, 12 Main Street, Seattle, WA 98101")
                .doesNotContain("CANARY");
    }

    @Test
    void everyReferenceOfTheCompositionResolvesInsideTheBundle() {
        var document = documentOf(InventedRecord.withVisits(6), Days.until(TODAY));

        var references = FHIR.newTerser()
                .getAllPopulatedChildElementsOfType(document.getEntryFirstRep().getResource(), Reference.class);

        assertThat(references)
                .extracting(reference -> BASE + "/" + reference.getReference())
                .isNotEmpty()
                .isSubsetOf(document.getEntry().stream()
                        .map(Bundle.BundleEntryComponent::getFullUrl)
                        .toList());
    }

    @Test
    void documentIsValidFhir() {
        var document = documentOf(InventedRecord.withVisits(6), Days.until(TODAY));

        assertThat(SchemaCheck.errors(document)).isEmpty();
    }

    @Test
    void servicesOutsideTheCoverStayOutAndDoNotCount() {
        var record = InventedRecord.withVisits(6);
        var coverage = coverages(record).get(0);
        coverage.getPeriod().getStartElement().setValueAsString("2026-03-20");

        var summary =
                READER.read(READER.record(FHIR, record.patient()), directory(record), coverage, Days.until(TODAY));

        assertThat(summary.services()).hasSize(3).allSatisfy(day -> assertThat(day.day())
                .isAfterOrEqualTo(LocalDate.parse("2026-03-20")));
        assertThat(summary.authorisations()).singleElement().satisfies(authorisation -> {
            assertThat(authorisation.used()).isEqualTo(3);
            assertThat(authorisation.left()).isEqualTo(3);
        });
    }

    @Test
    void unitsOfADayStandUnderBothRules() {
        var record = InventedRecord.withVisits(6);

        var summary = READER.read(
                READER.record(FHIR, record.patient()),
                directory(record),
                coverages(record).get(0),
                Days.until(TODAY));

        assertThat(summary.services().get(0).units())
                .hasEntrySatisfying(UnitRule.CMS, units -> assertThat(units.units())
                        .containsEntry("97140", 2)
                        .containsEntry("97124", 1))
                .hasEntrySatisfying(UnitRule.AMA_MIDPOINT, units -> assertThat(units.units())
                        .containsEntry("97140", 2)
                        .containsEntry("97124", 2));
    }

    @Test
    void insurerUsesItsOwnCoverageByReferenceOrIdentifierOnly() {
        var record = InventedRecord.withVisits(1);
        record.add(
                "Coverage",
                "by-identifier",
                """
                "status":"active","beneficiary":{"reference":"Patient/@ana"},
                "payor":[{"identifier":{"system":"https://payers.example","value":"4711"}}]""");

        var usable = TreatmentSummaries.mayUse(caller(Role.INSURER), directory(record));

        assertThat(coverages(record))
                .filteredOn(usable)
                .extracting(coverage -> coverage.getIdElement().getIdPart())
                .containsExactly(
                        InventedRecord.id("coverage").toString(),
                        InventedRecord.id("by-identifier").toString());
    }

    @Test
    void anotherInsurersCoverageIsAnsweredAsIfItWereNotThere() {
        var record = InventedRecord.withVisits(1);
        var usable = TreatmentSummaries.mayUse(caller(Role.INSURER), directory(record));

        var foreign = refusal(
                () -> TreatmentSummaries.chosen(coverages(record), usable, InventedRecord.id("other-coverage")));
        var unknown =
                refusal(() -> TreatmentSummaries.chosen(coverages(record), usable, InventedRecord.id("no-coverage")));

        assertThat(foreign.issues()).isEqualTo(unknown.issues());
        assertThat(foreign.issues()).extracting(Issue::code).containsExactly("coverage-missing");
    }

    @Test
    void clinicNamesTheCoverageWhereThereAreSeveral() {
        var record = InventedRecord.withVisits(1);
        var usable = TreatmentSummaries.mayUse(caller(Role.CLINIC), directory(record));

        var refused = refusal(() -> TreatmentSummaries.chosen(coverages(record), usable, null));

        assertThat(refused.getStatusCode()).isEqualTo(422);
        assertThat(refused.issues()).extracting(Issue::code).containsExactly("coverage-ambiguous");
    }

    @Test
    void reversedDaysAreRefusedNamingTheParameter() {
        var refused = refusal(() -> Parameter.inOrder(TODAY.plusDays(1), TODAY, "end"));

        assertThat(refused.getStatusCode()).isEqualTo(422);
        assertThat(refused.issues())
                .extracting(Issue::expression)
                .containsExactly("Parameters.parameter.where(name = 'start')");
    }

    private static Refused refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refused.class, call);
    }

    private static Caller caller(Role role) {
        return new Caller("client", role, InventedRecord.id("insurer"), Scopes.parse(List.of("system/*.rs")));
    }

    private static List<Coverage> coverages(InventedRecord record) {
        return READER.record(FHIR, record.patient()).all(Coverage.class);
    }

    private static Directory directory(InventedRecord invented) {
        return Directory.of(FHIR, invented::directory, TreatmentReader.people(invented.asRecord()));
    }

    private static Bundle documentOf(InventedRecord invented, Days days) {
        return summaryOf(invented, days).bundle(NOW);
    }

    private static SummaryDocument summaryOf(InventedRecord invented, Days days) {
        var record = READER.record(FHIR, invented.patient());
        var directory = directory(invented);
        var usable = TreatmentSummaries.mayUse(caller(Role.INSURER), directory);
        var coverage = TreatmentSummaries.chosen(record.all(Coverage.class), usable, null);
        return TreatmentDocument.write(READER.read(record, directory, coverage, days), record, directory, BASE, NOW);
    }
}
