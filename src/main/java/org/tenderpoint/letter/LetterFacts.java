package org.tenderpoint.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Words;
import org.tenderpoint.progress.ProgressSummaries.Reading;
import org.tenderpoint.progress.ProgressSummary;
import org.tenderpoint.progress.SummarySections;

/**
 * What the letters about one referral go by.
 *
 * @param summary the model that the progress summary has too
 * @param referral what was ordered
 * @param plan the plan of care; empty when none is released
 */
record LetterFacts(
        ProgressSummary summary,
        PatientRecord record,
        Directory directory,
        ServiceRequest referral,
        Optional<CarePlan> plan) {

    private static final String MASSAGE_THERAPIST = "225700000X";

    static LetterFacts of(Reading reading) {
        var summary = reading.summary();
        return new LetterFacts(
                summary,
                reading.record(),
                reading.directory(),
                reading.record()
                        .find(ServiceRequest.class, summary.referral().source())
                        .orElseThrow(),
                Optional.ofNullable(summary.plan())
                        .flatMap(plan -> reading.record().find(CarePlan.class, plan.source())));
    }

    /** What is treated: the Conditions that the referral or the plan names, or else the coded reasons of the referral. */
    List<String> diagnoses() {
        return summary.diagnoses().isEmpty()
                ? referral.getReasonCode().stream()
                        .filter(reason -> reason.hasCoding())
                        .map(reason -> Words.of(reason) + " ("
                                + reason.getCodingFirstRep().getCode() + ")")
                        .toList()
                : summary.diagnoses().stream().map(SummarySections::line).toList();
    }

    /** True if the plan says how often something is done. */
    boolean saysHowOften() {
        return plan.stream()
                .flatMap(found -> found.getActivity().stream())
                .map(CarePlan.CarePlanActivityComponent::getDetail)
                .filter(detail -> !detail.getDoNotPerform())
                .anyMatch(LetterFacts::isTimed);
    }

    private static boolean isTimed(CarePlanActivityDetailComponent detail) {
        return detail.hasScheduledTiming()
                && detail.getScheduledTiming().getRepeat().hasFrequency()
                && detail.getScheduledTiming().getRepeat().hasPeriod()
                && detail.getScheduledTiming().getRepeat().hasPeriodUnit();
    }

    /** Who signs a letter of medical necessity; empty when the directory does not know the requester. */
    Optional<Somebody> signer() {
        return Optional.ofNullable(summary.referral().requester());
    }

    /** True if the signer is a person with a name, and not a practice. */
    boolean signerIsAPerson() {
        return behind(referral.getRequester()).stream().anyMatch(Practitioner.class::isInstance);
    }

    /** True if who would sign is who treats, or is a massage therapist. */
    boolean signerTreats() {
        var signing = behind(referral.getRequester());
        if (signing.stream().anyMatch(LetterFacts::isMassageTherapist)) {
            return true;
        }
        // A physician of the same house may sign, so a house counts only where nobody of it is named.
        var kind = signerIsAPerson() ? Practitioner.class : Organization.class;
        var treating = treating().stream().map(PatientRecord::idOf).collect(Collectors.toSet());
        return signing.stream()
                        .filter(kind::isInstance)
                        .map(PatientRecord::idOf)
                        .anyMatch(treating::contains)
                || sameNpi();
    }

    private boolean sameNpi() {
        var therapist = summary.contact().therapist();
        return therapist != null
                && therapist.npi() != null
                && signer().map(Somebody::npi).filter(therapist.npi()::equals).isPresent();
    }

    private List<Resource> treating() {
        var named = new ArrayList<Reference>(referral.getPerformer());
        plan.map(CarePlan::getAuthor).ifPresent(named::add);
        Optional.ofNullable(summary.contact().therapist())
                .map(therapist -> new Reference(therapist.reference()))
                .ifPresent(named::add);
        return named.stream().flatMap(reference -> behind(reference).stream()).toList();
    }

    private List<Resource> behind(Reference reference) {
        return directory.behind(reference);
    }

    private static boolean isMassageTherapist(Resource resource) {
        var trades = resource instanceof Practitioner person
                ? person.getQualification().stream().map(qualification -> qualification.getCode())
                : resource instanceof PractitionerRole role
                        ? Stream.concat(role.getCode().stream(), role.getSpecialty().stream())
                        : Stream.<CodeableConcept>empty();
        return trades.flatMap(trade -> trade.getCoding().stream())
                .anyMatch(coding -> MASSAGE_THERAPIST.equals(coding.getCode()));
    }
}
