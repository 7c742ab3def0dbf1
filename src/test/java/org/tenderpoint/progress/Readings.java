package org.tenderpoint.progress;

import static org.tenderpoint.document.InventedRecord.FHIR;
import static org.tenderpoint.document.InventedRecord.TODAY;

import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.InventedRecord;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;

/** An invented record as the letters read it, without a chart. */
public final class Readings {

    private static final MeasureRules RULES = MeasureRules.load();
    private static final ProgressReader READER = new ProgressReader(RULES, new Measurements(RULES));

    private Readings() {}

    public static ProgressSummaries.Reading of(InventedRecord invented) {
        var record = invented.asRecord();
        var directory = Directory.of(FHIR, invented::directory, ProgressReader.people(record));
        var referral = Episode.chosen(Episode.referrals(record), null);
        return new ProgressSummaries.Reading(READER.read(record, directory, referral, null, TODAY), record, directory);
    }
}
