package org.tenderpoint.screening;

import ca.uhn.fhir.context.FhirContext;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.document.Days;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.Measurements;
import org.tenderpoint.outcome.EpisodeOutcomes;
import org.tenderpoint.screening.Facts.Course;

/** Reads how the treatment on each referral that is still open goes, by the same rules as the summaries. */
@Component
final class Courses {

    private static final String PLATEAU = "plateau";

    private final FhirContext fhir;
    private final MeasureRules rules;
    private final Measurements measurements;

    Courses(FhirContext fhir, MeasureRules rules, Measurements measurements) {
        this.fhir = fhir;
        this.rules = rules;
        this.measurements = measurements;
    }

    /** @param rows of one patient, oldest first */
    List<Course> of(List<Stored> rows, LocalDate today) {
        var record = new PatientRecord(fhir, rows);
        return Episode.referrals(record).stream()
                .filter(referral -> referral.getStatus() == ServiceRequestStatus.ACTIVE)
                .map(referral -> course(record, referral, today))
                .toList();
    }

    private Course course(PatientRecord record, ServiceRequest referral, LocalDate today) {
        var episode = Episode.of(record, referral, Days.until(today));
        var outcomes = EpisodeOutcomes.of(rules, measurements, episode);
        var visits = episode.visits();
        var said = new ArrayList<String>();
        said.add(outcomes.response().code());
        outcomes.plateau().ifPresent(plateau -> said.add(PLATEAU));
        return new Course(
                PatientRecord.idOf(referral),
                said,
                visits.attended(),
                visits.first() == null ? 0 : (int) ChronoUnit.DAYS.between(visits.first(), today));
    }
}
