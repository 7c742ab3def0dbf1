package org.tenderpoint.document;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.RecordedDay;

/**
 * The care given on one referral, within a span of days.
 *
 * <p>A visit belongs to the referral that it names in {@code basedOn}. Where no visit of the patient names a referral,
 * all belong to the patient's only one. What is measured outside a visit and names no referral belongs to the one that
 * was the newest on that day.
 *
 * @param referral why
 * @param encounters visits, oldest first
 * @param appointments bookings, oldest first, later days too
 * @param techniques what was done, oldest first
 * @param observations what was measured, oldest first
 */
public record Episode(
        ServiceRequest referral,
        List<Encounter> encounters,
        List<Appointment> appointments,
        List<Technique> techniques,
        List<Observation> observations) {

    public Episode {
        encounters = List.copyOf(encounters);
        appointments = List.copyOf(appointments);
        techniques = List.copyOf(techniques);
        observations = List.copyOf(observations);
    }

    /** The episode of one referral. */
    public static Episode of(PatientRecord record, ServiceRequest referral, Days days) {
        var share = new Share(record, PatientRecord.idOf(referral));
        return new Episode(
                referral,
                record.all(Encounter.class).stream()
                        .filter(visit -> share.visits.contains(PatientRecord.idOf(visit)))
                        .filter(visit -> isWithin(days, visit.getPeriod()))
                        .toList(),
                record.all(Appointment.class).stream()
                        .filter(booking -> share.has(booking.getBasedOn(), null, booking.getStartElement()))
                        .toList(),
                record.all(Procedure.class).stream()
                        .filter(done -> share.has(done.getBasedOn(), done.getEncounter(), done.getPerformed()))
                        .flatMap(done -> Technique.from(done).stream())
                        .filter(done -> days.contains(done.day()))
                        .toList(),
                record.all(Observation.class).stream()
                        .filter(seen -> share.has(seen.getBasedOn(), seen.getEncounter(), seen.getEffective()))
                        .filter(seen -> isWithin(days, seen.getEffective()))
                        .toList());
    }

    /** Referrals for treatment, oldest first; what was entered in error is none. */
    public static List<ServiceRequest> referrals(PatientRecord record) {
        return record.all(ServiceRequest.class).stream()
                .filter(referral -> referral.getStatus() != ServiceRequest.ServiceRequestStatus.ENTEREDINERROR)
                .sorted(Comparator.comparing(referral -> signed(referral).orElse(LocalDate.MIN)))
                .toList();
    }

    /**
     * The referral that is meant.
     *
     * @param wanted id of one of them; may be null where there is only one
     * @throws Refused 422 where there is none, or it has to be named
     */
    public static ServiceRequest chosen(List<ServiceRequest> referrals, @Nullable UUID wanted) {
        if (wanted == null && referrals.size() == 1) {
            return referrals.get(0);
        }
        if (referrals.isEmpty()) {
            throw Refused.unprocessable(List.of(Issue.businessRule(
                    "referral-missing", null, "The patient has no referral, so there is nothing to report on.")));
        }
        return referrals.stream()
                .filter(referral ->
                        wanted != null && referral.getIdElement().getIdPart().equals(wanted.toString()))
                .findFirst()
                .orElseThrow(() -> Refused.unprocessable(List.of(Issue.required(
                        "referral-ambiguous",
                        "Parameters.parameter.where(name = 'referral')",
                        "The patient has several referrals; the parameter referral names one of them by its id."))));
    }

    /** The day on which a referral was signed. */
    public static Optional<LocalDate> signed(ServiceRequest referral) {
        return RecordedDay.of(referral.getAuthoredOnElement());
    }

    /** The visits so far. */
    public Visits visits() {
        var attended = encounters.stream()
                .filter(visit -> visit.getStatus() == EncounterStatus.FINISHED)
                .toList();
        var days = attended.stream()
                .flatMap(visit -> RecordedDay.of(visit.getPeriod()).stream())
                .sorted()
                .toList();
        return new Visits(
                ordered(referral),
                attended.size(),
                missed(),
                days.isEmpty() ? null : days.get(0),
                days.isEmpty() ? null : days.get(days.size() - 1));
    }

    /** The first booking after a day. */
    public Optional<LocalDate> nextBooking(LocalDate after) {
        return appointments.stream()
                .filter(booking -> booking.getStatus() == AppointmentStatus.BOOKED
                        || booking.getStatus() == AppointmentStatus.PENDING)
                .flatMap(booking -> RecordedDay.of(booking.getStartElement()).stream())
                .filter(day -> day.isAfter(after))
                .min(Comparator.naturalOrder());
    }

    // A missed visit may be an Encounter, an Appointment, or both; both together are one.
    private int missed() {
        var missedVisits = encounters.stream()
                .filter(visit -> visit.getStatus() == EncounterStatus.CANCELLED)
                .filter(visit -> visit.getType().stream().anyMatch(type -> Words.code(type, Words.MASSAGE)
                        .filter("no-show"::equals)
                        .isPresent()))
                .toList();
        var booked = encounters.stream()
                .flatMap(visit -> visit.getAppointment().stream())
                .map(PatientRecord::idOf)
                .collect(Collectors.toSet());
        var missedBookings = appointments.stream()
                .filter(booking -> booking.getStatus() == AppointmentStatus.NOSHOW)
                .filter(booking -> !booked.contains(PatientRecord.idOf(booking)))
                .count();
        return missedVisits.size() + (int) missedBookings;
    }

    /** How many visits a referral orders; null where it names no number. */
    public static @Nullable Integer ordered(ServiceRequest referral) {
        if (referral.hasQuantityQuantity() && referral.getQuantityQuantity().hasValue()) {
            return referral.getQuantityQuantity().getValue().intValue();
        }
        if (referral.getOccurrence() instanceof Timing timing
                && timing.getRepeat().hasCount()) {
            return timing.getRepeat().getCount();
        }
        return null;
    }

    private static boolean isWithin(Days days, @Nullable Type when) {
        return RecordedDay.of(when).map(days::contains).orElse(days.first() == null && days.last() == null);
    }

    /** Which resources of the record are a referral's. */
    private static final class Share {
        private final PatientRecord record;
        private final String referral;
        private final Set<String> visits;

        Share(PatientRecord record, String referral) {
            this.record = record;
            this.referral = referral;
            var all = record.all(Encounter.class);
            var noneNamed = all.stream().allMatch(visit -> visit.getBasedOn().isEmpty());
            var only = referrals(record).size() == 1;
            this.visits = all.stream()
                    .filter(visit -> visit.getStatus() != EncounterStatus.ENTEREDINERROR)
                    .filter(visit -> noneNamed ? only : PatientRecord.anyPointsAt(visit.getBasedOn(), referral))
                    .map(PatientRecord::idOf)
                    .collect(Collectors.toSet());
        }

        boolean has(List<Reference> basedOn, @Nullable Reference visit, @Nullable Type when) {
            if (named(basedOn).findAny().isPresent()) {
                return named(basedOn).anyMatch(referral::equals);
            }
            var during = PatientRecord.idOf(visit);
            return during.isEmpty() ? referral.equals(newest(when)) : visits.contains(during);
        }

        private static Stream<String> named(List<Reference> basedOn) {
            return basedOn.stream().map(PatientRecord::idOf).filter(target -> target.startsWith("ServiceRequest/"));
        }

        private @Nullable String newest(@Nullable Type when) {
            var referrals = referrals(record);
            var day = RecordedDay.of(when).orElse(LocalDate.MAX);
            return referrals.stream()
                    .filter(candidate ->
                            !signed(candidate).orElse(LocalDate.MIN).isAfter(day))
                    .reduce((earlier, later) -> later)
                    .or(() -> referrals.stream().findFirst())
                    .map((Resource found) -> PatientRecord.idOf(found))
                    .orElse(null);
        }
    }
}
