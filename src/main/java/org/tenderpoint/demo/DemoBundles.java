package org.tenderpoint.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;

/**
 * The Bundles that real systems would send, made from the courses' data. Resources point at each other by fullUrl, also
 * across Bundles; who sends them puts the ids of earlier answers in place of those.
 *
 * @param today the day on which the demonstration was first started; all courses end shortly before it
 */
record DemoBundles(LocalDate today) {

    /** Organizations, practitioners and their roles. */
    Bundle directory() {
        return DirectoryBundle.of(Directory.ALL);
    }

    /** From the referrer's EHR. */
    Bundle referral(Course course) {
        return ReferralBundle.of(course, Days.of(course, today));
    }

    /** From the clinic, what the patient answered before the first visit; none where nobody was asked. */
    Optional<Bundle> history(Course course) {
        return course.history().isEmpty()
                ? Optional.empty()
                : Optional.of(HistoryBundle.of(course, Days.of(course, today)));
    }

    /** From the clinic, once it has accepted; none where the referral still waits. */
    Optional<Bundle> plan(Course course) {
        return Optional.ofNullable(course.plan()).map(plan -> PlanBundle.of(course, plan, Days.of(course, today)));
    }

    /** From the clinic, one Bundle a visit, in the order of the visits. */
    List<Bundle> sessions(Course course) {
        return course.visits().stream()
                .map(visit -> SessionBundle.of(course, visit, Days.of(course, today)))
                .toList();
    }
}
