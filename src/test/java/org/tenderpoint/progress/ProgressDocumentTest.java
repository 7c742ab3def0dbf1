package org.tenderpoint.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.document.InventedRecord.BASE;
import static org.tenderpoint.document.InventedRecord.FHIR;
import static org.tenderpoint.document.InventedRecord.NOW;
import static org.tenderpoint.document.InventedRecord.TODAY;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Arrays;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tenderpoint.document.Approved;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.document.SummaryDocument;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;
import org.tenderpoint.page.Pages;
import org.tenderpoint.page.PdfPage;
import org.tenderpoint.page.TextPage;

class ProgressDocumentTest {

    private static final MeasureRules RULES = MeasureRules.load();
    private static final ProgressReader READER = new ProgressReader(RULES, new Measurements(RULES));

    @Test
    void documentAfterSixVisitsIsTheApprovedOne() throws IOException {
        var document = documentOf(InventedRecord.withVisits(6));

        Approved.assertSame(getClass(), "summary-after-six-visits.approved.json", document);
    }

    @Test
    void everyReferenceOfTheCompositionResolvesInsideTheBundle() {
        var document = documentOf(InventedRecord.withVisits(6));
        var composition = (Composition) document.getEntryFirstRep().getResource();

        var references = FHIR.newTerser().getAllPopulatedChildElementsOfType(composition, Reference.class);

        assertThat(references)
                .extracting(reference -> BASE + "/" + reference.getReference())
                .isNotEmpty()
                .isSubsetOf(document.getEntry().stream()
                        .map(BundleEntryComponent::getFullUrl)
                        .toList());
    }

    @Test
    void documentIsValidFhir() {
        var document = documentOf(InventedRecord.withVisits(6));

        assertThat(SchemaCheck.errors(document)).isEmpty();
    }

    @Test
    void unchangedRecordGivesTheSameIdentifierAndANewValueAnother() {
        var record = InventedRecord.withVisits(6);
        var first = documentOf(record).getIdentifier().getValue();
        var again = documentOf(InventedRecord.withVisits(6)).getIdentifier().getValue();

        record.add("Flag", "flag", "\"status\":\"active\",\"code\":{\"text\":\"New numbness\"}");

        assertThat(again).isEqualTo(first);
        assertThat(documentOf(record).getIdentifier().getValue()).isNotEqualTo(first);
    }

    @Test
    void textAfterSixVisitsIsTheApprovedOne() throws IOException {
        var page = summaryOf(InventedRecord.withVisits(6), null).page(ProgressDocument.UNSIGNED);

        Approved.assertSame(getClass(), "summary-after-six-visits.approved.txt", TextPage.write(page));
    }

    @Test
    void pdfAfterSixVisitsIsOneSheetWithTheApprovedText() throws IOException {
        var page = summaryOf(InventedRecord.withVisits(6), null).page(ProgressDocument.UNSIGNED);

        var pdf = PdfPage.write(page);

        Pages.picture("summary-after-six-visits", pdf);
        assertThat(Pages.sheets(pdf)).isOne();
        Approved.assertSame(getClass(), "summary-after-six-visits.approved.pdf.txt", Pages.text(pdf));
    }

    @Test
    void moodAndSleepAreToldWhereTheReferralAsksForThemAndLeftOutOtherwise() throws IOException {
        var unasked = TextPage.write(
                summaryOf(withSleep(InventedRecord.withVisits(6)), null).page(ProgressDocument.UNSIGNED));
        var asked = TextPage.write(
                summaryOf(withSleep(InventedRecord.withVisits(6).asking("report-mood", "report-sleep")), null)
                        .page(ProgressDocument.UNSIGNED));

        assertThat(unasked).doesNotContain("PHQ-9", "sleep disturbance", "asks for");
        assertThat(asked)
                .contains("Report on mood. Report on sleep.")
                .contains("PHQ-9", "baseline 17 (4 Mar 2026); latest 17 (8 Apr 2026)", "PROMIS sleep disturbance T")
                .doesNotContain("asks for");
    }

    @Test
    void whatWasAskedForAndIsNotThereIsSaid() throws IOException {
        var record = InventedRecord.withVisits(6).asking("report-quality-of-life");

        var text = TextPage.write(summaryOf(record, null).page(ProgressDocument.UNSIGNED));

        assertThat(text.replaceAll("\\s+", " "))
                .contains("The referral asks for quality of life: nothing is recorded that may be shown.");
    }

    private static InventedRecord withSleep(InventedRecord record) {
        return record.add(
                "Observation",
                "sleep",
                """
                "extension":[{"url":"https://tenderpoint.org/fhir/StructureDefinition/session-phase","valueCode":"intake"}],
                "status":"final","code":{"coding":[{"system":"http://loinc.org","code":"71955-9"}]},
                "subject":{"reference":"Patient/@ana"},"effectiveDateTime":"2026-03-04",
                "valueQuantity":{"value":63,"unit":"{score}","system":"http://unitsofmeasure.org","code":"{score}"}""");
    }

    @Test
    void sectionsStandInTheOrderInWhichTheyAreRead() {
        var composition = (Composition)
                documentOf(InventedRecord.withVisits(6)).getEntryFirstRep().getResource();

        assertThat(composition.getSection())
                .extracting(section -> section.getTitle())
                .containsExactly(
                        "Patient and referral",
                        "Bottom line",
                        "Asked of you",
                        "Safety",
                        "Visits",
                        "Plan of care",
                        "Techniques used",
                        "Pain and function",
                        "Objective findings",
                        "Response to a session",
                        "Goals",
                        "Medication, other care",
                        "Home programme",
                        "Next, and whom to call");
        assertThat(composition.getSection())
                .allSatisfy(section ->
                        assertThat(section.getText().getDivAsString()).isNotBlank());
    }

    @Test
    void aPeriodMovesTheBaselineAndNotTheCountOfVisits() {
        var page = summaryOf(InventedRecord.withVisits(6), LocalDate.parse("2026-03-20"))
                .page("");

        var text = TextPage.write(page).replaceAll("\\s+", " ");

        assertThat(text)
                .contains("6 of 6 visits", "Measured since 20 Mar 2026, 3 visits of these.")
                .doesNotContain("44 (4 Mar 2026)");
    }

    @Test
    void changedDrugStandsBeforeTheOthersWithBothDoses() {
        var record = InventedRecord.withVisits(6);
        var ibuprofen = "\"status\":\"active\",\"medicationCodeableConcept\":{\"text\":\"ibuprofen\"},"
                + "\"effectiveDateTime\":\"%s\",\"dosage\":[{\"text\":\"%s\"}]";
        record.add(
                "MedicationStatement",
                "apixaban",
                ibuprofen.replace("ibuprofen", "apixaban").formatted("2026-01-01", "5 mg twice a day"));
        record.add("MedicationStatement", "ibuprofen-1", ibuprofen.formatted("2026-03-01", "4 times a day"));
        record.add("MedicationStatement", "ibuprofen-2", ibuprofen.formatted("2026-04-08", "once a day"));

        var text = TextPage.write(summaryOf(record, null).page("")).replaceAll("\\s+", " ");

        assertThat(text)
                .contains("- ibuprofen: 4 times a day (1 Mar 2026) → once a day (8 Apr 2026)"
                        + " - apixaban: 5 mg twice a day");
    }

    /** Prints how long a PDF takes; asserted nowhere, because the machine may be shared. */
    @Test
    void pdfOfFiftyVisitsIsTimed() {
        var record = InventedRecord.withVisits(50);
        var clock = new long[60];

        var bytes = 0;
        for (var run = 0; run < clock.length; run++) {
            var start = System.nanoTime();
            bytes = PdfPage.write(summaryOf(record, null).page(ProgressDocument.UNSIGNED)).length;
            clock[run] = System.nanoTime() - start;
        }

        assertThat(bytes).isPositive();
        System.out.printf(
                "PDF of %d resources: median %.1f ms%n", record.patient().size(), warmMedian(clock));
    }

    /** Prints how long a summary takes; asserted nowhere, because the machine may be shared. */
    @Test
    void summaryOfFiftyVisitsIsTimed() {
        var record = InventedRecord.withVisits(50);
        var threads = ManagementFactory.getThreadMXBean();
        var clock = new long[60];
        var cpu = new long[60];

        for (var run = 0; run < clock.length; run++) {
            var start = System.nanoTime();
            var busy = threads.getCurrentThreadCpuTime();
            FHIR.newJsonParser().encodeResourceToString(documentOf(record));
            clock[run] = System.nanoTime() - start;
            cpu[run] = threads.getCurrentThreadCpuTime() - busy;
        }

        System.out.printf(
                "$progress-summary of %d resources: median %.1f ms by the clock, %.1f ms of one processor%n",
                record.patient().size(), warmMedian(clock), warmMedian(cpu));
    }

    private static double warmMedian(long[] nanoseconds) {
        var warm = Arrays.stream(nanoseconds).skip(20).sorted().toArray();
        return warm[warm.length / 2] / 1e6;
    }

    private static Bundle documentOf(InventedRecord invented) {
        return summaryOf(invented, null).bundle(NOW);
    }

    private static SummaryDocument summaryOf(InventedRecord invented, @Nullable LocalDate from) {
        var record = invented.asRecord();
        var directory = Directory.of(FHIR, invented::directory, ProgressReader.people(record));
        var referral = Episode.chosen(Episode.referrals(record), null);
        var summary = READER.read(record, directory, referral, from, TODAY);
        return ProgressDocument.write(summary, record, directory, BASE);
    }
}
