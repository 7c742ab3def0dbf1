package org.tenderpoint.chart;

import java.util.Set;

/** Sets of types that many references may point at. */
final class Targets {

    /** Any type that the chart keeps. */
    static final Set<String> ANY = Set.of();

    /** Who acts. */
    static final Set<String> PEOPLE = Set.of(
            "Practitioner", "PractitionerRole", "Organization", "Patient", "RelatedPerson", "CareTeam", "Device");

    /** What is ordered or planned. */
    static final Set<String> BASIS = Set.of("ServiceRequest", "CarePlan", "MedicationRequest");

    /** Where something was done: one visit or a row of them. */
    static final Set<String> VISIT = Set.of("Encounter", "EpisodeOfCare");

    /** Why something is done. */
    static final Set<String> REASON = Set.of("Condition", "Observation", "Procedure", "DocumentReference");

    private Targets() {}
}
