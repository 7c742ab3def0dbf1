package org.tenderpoint.careplan;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.server.AfterWrite;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.RecordedDay;

/**
 * What the plans of a patient forbid, remembered for a while, so that a visit does not ask the database for it each time. A
 * plan that is written here counts at once; one that is written through another node, when the memory ends.
 */
@Component
class Restrictions implements AfterWrite {

    private static final int MOST_PATIENTS = 20_000;

    private record Key(@Nullable UUID clinic, String patient) {}

    private record Remembered(List<Restriction> restrictions, Instant until) {}

    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;
    private final CarePlanProperties properties;
    private final AtomicLong plansWritten = new AtomicLong();

    private final Map<Key, Remembered> memory = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Remembered> eldest) {
            return size() > MOST_PATIENTS;
        }
    };

    Restrictions(Chart chart, FhirContext fhir, Clock clock, CarePlanProperties properties) {
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
        this.properties = properties;
    }

    @Override
    public void written(Caller caller, List<Resource> resources) {
        for (var resource : resources) {
            if (resource instanceof CarePlan plan) {
                var patient = plan.getSubject().getReference();
                synchronized (memory) {
                    plansWritten.incrementAndGet();
                    memory.keySet().removeIf(key -> key.patient.equals(patient));
                }
            }
        }
    }

    /**
     * What the active plans that the caller may see forbid.
     *
     * @param patient {@code Patient/id}
     */
    List<Restriction> of(Caller caller, String patient) {
        var key = new Key(caller.organization(), patient);
        var now = clock.instant();
        long before;
        synchronized (memory) {
            var known = memory.get(key);
            if (known != null && known.until.isAfter(now)) {
                return known.restrictions;
            }
            before = plansWritten.get();
        }
        var found = read(caller, patient);
        synchronized (memory) {
            // A plan that was written meanwhile may say something else.
            if (plansWritten.get() == before) {
                memory.put(key, new Remembered(found, now.plus(properties.remember())));
            }
        }
        return found;
    }

    private List<Restriction> read(Caller caller, String patient) {
        var query = QueryReader.read(
                RecordTypes.require("CarePlan"),
                Map.of("patient", new String[] {patient}, "status", new String[] {"active,on-hold"}));
        var found = new ArrayList<Restriction>();
        for (var stored : chart.matches(caller, query)) {
            found.addAll(of((CarePlan) FhirJson.parse(fhir, stored.json())));
        }
        return List.copyOf(found);
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
