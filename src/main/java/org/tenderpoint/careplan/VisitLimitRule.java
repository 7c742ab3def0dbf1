package org.tenderpoint.careplan;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.document.Episode;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.RequestForms;
import org.tenderpoint.server.WriteRule;

/** No more visits are finished on a referral than it orders. They are counted anew only where few are left. */
@Component
final class VisitLimitRule implements WriteRule {

    /** With more than this left, visits of the last minute do not matter. */
    private static final int FEW = 3;

    private static final int MOST_REFERRALS = 20_000;

    private record Key(@Nullable UUID clinic, UUID referral) {}

    private record Remembered(int left, Instant until) {}

    private final Chart chart;
    private final FhirContext fhir;
    private final Clock clock;
    private final CarePlanProperties properties;

    private final Map<Key, Remembered> memory = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Remembered> eldest) {
            return size() > MOST_REFERRALS;
        }
    };

    VisitLimitRule(Chart chart, FhirContext fhir, Clock clock, CarePlanProperties properties) {
        this.chart = chart;
        this.fhir = fhir;
        this.clock = clock;
        this.properties = properties;
    }

    @Override
    public List<Issue> check(Write write) {
        if (!(write.resource() instanceof Encounter visit)
                || !write.isCreate()
                || !write.caller().is(Role.CLINIC)
                || visit.getStatus() != EncounterStatus.FINISHED) {
            return List.of();
        }
        for (int i = 0; i < visit.getBasedOn().size(); i++) {
            var referral = referral(visit.getBasedOn().get(i));
            if (referral.isPresent()
                    && left(write.caller(), referral.get()) <= 0
                    && !isRecorded(write.caller(), visit)) {
                return List.of(Issue.businessRule(
                        "visits-exceeded",
                        write.path() + ".basedOn[" + i + "]",
                        "All visits that the referral orders are recorded; ask the referrer for more, or record the"
                                + " visit under another order."));
            }
        }
        return List.of();
    }

    private static Optional<UUID> referral(Reference basedOn) {
        var id = basedOn.getReferenceElement();
        return "ServiceRequest".equals(id.getResourceType())
                ? Optional.ofNullable(RequestForms.uuidOrNull(id.getIdPart()))
                : Optional.empty();
    }

    /** Sent once more, a visit is answered with the one that is there. */
    private boolean isRecorded(Caller caller, Encounter visit) {
        return visit.getIdentifier().stream()
                .filter(identifier -> identifier.hasSystem() && identifier.hasValue())
                .map(identifier ->
                        QueryReader.read(RecordTypes.require("Encounter"), Map.of("identifier", new String[] {
                            identifier.getSystem() + "|" + QueryReader.escaped(identifier.getValue())
                        })))
                .anyMatch(query -> !chart.matches(caller, query).isEmpty());
    }

    /** Visits that are left; as many as anybody wants where the referral names no number. */
    private int left(Caller caller, UUID referral) {
        var key = new Key(caller.organization(), referral);
        var now = clock.instant();
        synchronized (memory) {
            var known = memory.get(key);
            if (known != null && known.until.isAfter(now) && known.left > FEW) {
                memory.put(key, new Remembered(known.left - (known.left == Integer.MAX_VALUE ? 0 : 1), known.until));
                return known.left;
            }
        }
        var left = count(caller, referral);
        synchronized (memory) {
            memory.put(key, new Remembered(left, now.plus(properties.remember())));
        }
        return left;
    }

    private int count(Caller caller, UUID referral) {
        var asked = QueryReader.read(
                RecordTypes.require("ServiceRequest"), Map.of("_id", new String[] {referral.toString()}));
        var order = chart.matches(caller, asked);
        if (order.isEmpty()) {
            // Whether the reference leads anywhere is said when it is written.
            return Integer.MAX_VALUE;
        }
        var ordered = Episode.ordered(
                (ServiceRequest) FhirJson.parse(fhir, order.get(0).json()));
        if (ordered == null) {
            return Integer.MAX_VALUE;
        }
        var visits = QueryReader.read(
                RecordTypes.require("Encounter"),
                Map.of(
                        "based-on", new String[] {"ServiceRequest/" + referral},
                        "status", new String[] {"finished"},
                        "_count", new String[] {"500"}));
        return ordered - chart.matches(caller, visits).size();
    }
}
