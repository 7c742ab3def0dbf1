package org.tenderpoint.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.document.InventedRecord.BASE;
import static org.tenderpoint.document.InventedRecord.FHIR;
import static org.tenderpoint.document.InventedRecord.NOW;
import static org.tenderpoint.document.InventedRecord.TODAY;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.tenderpoint.document.Approved;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.document.SchemaCheck;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;

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
        var record = invented.asRecord();
        var directory = Directory.of(FHIR, invented::directory, ProgressReader.people(record));
        var referral = Episode.chosen(Episode.referrals(record), null);
        var summary = READER.read(record, directory, referral, TODAY);
        return ProgressDocument.write(summary, record, directory, BASE, NOW);
    }
}
