package org.tenderpoint.careplan;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.server.AfterWrite;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.RecordedDay;

/**
 * What the plans of a patient forbid, remembered for a while, so that a visit does not ask the database for it each time. A
 * plan that is written here counts at once. One that is written through another server counts, too: the transaction that
 * writes a technique sees whether the plans still stand as they were read, and if not, they are read again.
 */
@Component
class Restrictions implements AfterWrite {

    private static final Set<CarePlanStatus> IN_FORCE = EnumSet.of(CarePlanStatus.ACTIVE, CarePlanStatus.ONHOLD);

    private record Key(@Nullable UUID clinic, String patient) {}

    /** What the plans forbid, and which plans there are, as {@code id/version}. */
    private record Known(List<Restriction> restrictions, Set<String> plans) {}

    private final Chart chart;
    private final FhirContext fhir;
    private final Memory<Key, Known> memory;

    Restrictions(Chart chart, FhirContext fhir, Clock clock, CarePlanProperties properties) {
        this.chart = chart;
        this.fhir = fhir;
        this.memory = new Memory<>(clock, properties.remember());
    }

    @Override
    public void written(Caller caller, List<Resource> resources) {
        for (var resource : resources) {
            if (resource instanceof CarePlan plan) {
                var patient = plan.getSubject().getReference();
                forget(patient);
            }
        }
    }

    /** Has the plans of a patient read again. */
    void forget(String patient) {
        memory.forget(key -> key.patient.equals(patient));
    }

    /**
     * What the active plans that the caller may see forbid.
     *
     * @param patient {@code Patient/id}
     */
    List<Restriction> of(Caller caller, String patient) {
        return known(caller, patient).restrictions;
    }

    /** The plans by which the caller's techniques were judged. */
    Change.Standing standing(Caller caller, UUID patient) {
        var reference = "Patient/" + patient;
        return new Change.Standing("CarePlan", patient, known(caller, reference).plans, () -> forget(reference));
    }

    private Known known(Caller caller, String patient) {
        var key = new Key(caller.organization(), patient);
        var known = memory.get(key);
        if (known != null) {
            return known;
        }
        var before = memory.forgotten();
        var found = read(caller, patient);
        // A plan that was written meanwhile may say something else.
        memory.putUnlessForgotten(key, found, before);
        return found;
    }

    private Known read(Caller caller, String patient) {
        var query = QueryReader.read(
                RecordTypes.require("CarePlan"),
                Map.of("patient", new String[] {patient}, "_count", new String[] {Integer.toString(Query.LARGEST_PAGE)
                }));
        var restrictions = new ArrayList<Restriction>();
        var plans = new HashSet<String>();
        for (var stored : chart.matches(caller, query)) {
            plans.add(stored.id() + "/" + stored.version());
            restrictions.addAll(inForce((CarePlan) FhirJson.parse(fhir, stored.json())));
        }
        return new Known(List.copyOf(restrictions), Set.copyOf(plans));
    }

    /** What a plan forbids while it is active or on hold. */
    static List<Restriction> inForce(CarePlan plan) {
        return IN_FORCE.contains(plan.getStatus()) ? of(plan) : List.of();
    }

    static List<Restriction> of(CarePlan plan) {
        return plan.getActivity().stream()
                .filter(activity -> activity.getDetail().getDoNotPerform()
                        && activity.getDetail().getCode().hasCoding())
                .map(Restrictions::of)
                .toList();
    }

    private static Restriction of(CarePlan.CarePlanActivityComponent activity) {
        var detail = activity.getDetail();
        return new Restriction(
                detail.getCode().getCoding().stream().map(Restriction::key).collect(Collectors.toSet()),
                detail.hasDescription() ? detail.getDescription() : "the plan says so",
                detail.getScheduled() instanceof Period period
                        ? RecordedDay.of(period.getStartElement()).orElse(null)
                        : null,
                activity.getExtensionsByUrl(Restriction.AREA).stream()
                        .map(Extension::getValue)
                        .filter(CodeableConcept.class::isInstance)
                        .map(CodeableConcept.class::cast)
                        .toList());
    }
}
