package org.tenderpoint.careplan;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Query;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.document.Episode;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.LimitRule;
import org.tenderpoint.server.RequestForms;

/**
 * No more visits are finished on a referral than it orders. Where few are left, they are counted inside the transaction
 * that finishes one more, and the referral is locked meanwhile; where many are, what was counted within the last minute
 * will do.
 */
@Component
final class VisitLimitRule implements LimitRule {

    /** With more than this left, the visits that other nodes finish within the minute do not matter. */
    private static final int FEW = 5;

    private record Key(@Nullable UUID clinic, UUID referral) {}

    /** Visits that one request finishes on a referral, and where the first of them names it. */
    private record Asked(int visits, String path) {
        Asked and(Asked other) {
            return new Asked(visits + other.visits, path);
        }
    }

    private final Chart chart;
    private final FhirContext fhir;
    private final Memory<Key, Integer> memory;

    VisitLimitRule(Chart chart, FhirContext fhir, Clock clock, CarePlanProperties properties) {
        this.chart = chart;
        this.fhir = fhir;
        this.memory = new Memory<>(clock, properties.remember());
    }

    @Override
    public List<Change.AtMost> limits(Caller caller, List<Change.Act> acts) {
        if (!caller.is(Role.CLINIC)) {
            return List.of();
        }
        var finishing = new LinkedHashMap<UUID, Asked>();
        for (var act : acts) {
            if (visit(act) instanceof Encounter visit && visit.getStatus() == EncounterStatus.FINISHED) {
                for (int i = 0; i < visit.getBasedOn().size(); i++) {
                    var asked = new Asked(1, act.path() + ".basedOn[" + i + "]");
                    referral(visit.getBasedOn().get(i))
                            .ifPresent(referral -> finishing.merge(referral, asked, Asked::and));
                }
            }
        }
        var limits = new ArrayList<Change.AtMost>();
        finishing.forEach((referral, asked) -> {
            if (!arePlentyLeft(caller, referral, asked.visits)) {
                limit(caller, referral, asked).ifPresent(limits::add);
            }
        });
        return limits;
    }

    private static @Nullable Resource visit(Change.Act act) {
        if (act instanceof Change.Create create) {
            return create.resource();
        }
        return act instanceof Change.Update update ? update.resource() : null;
    }

    private static Optional<UUID> referral(Reference basedOn) {
        var id = basedOn.getReferenceElement();
        return "ServiceRequest".equals(id.getResourceType())
                ? Optional.ofNullable(RequestForms.uuidOrNull(id.getIdPart()))
                : Optional.empty();
    }

    private boolean arePlentyLeft(Caller caller, UUID referral, int visits) {
        var key = new Key(caller.organization(), referral);
        synchronized (memory) {
            var left = memory.get(key);
            if (left == null || left - visits < FEW) {
                return false;
            }
            memory.change(key, known -> known == Integer.MAX_VALUE ? known : known - visits);
            return true;
        }
    }

    /** The limit of a referral that is near it; what is far from it is remembered. */
    private Optional<Change.AtMost> limit(Caller caller, UUID referral, Asked asked) {
        var ordered = ordered(caller, referral);
        var finished = QueryReader.read(
                RecordTypes.require("Encounter"),
                Map.of(
                        "based-on", new String[] {"ServiceRequest/" + referral},
                        "status", new String[] {"finished"},
                        "_count", new String[] {Integer.toString(Query.LARGEST_PAGE)}));
        // Whoever orders more visits than a page holds means as many as anybody wants.
        var left = ordered == null || ordered >= Query.LARGEST_PAGE
                ? Integer.MAX_VALUE
                : ordered - chart.matches(caller, finished).size() - asked.visits;
        if (ordered != null && left < FEW) {
            return Optional.of(new Change.AtMost(
                    referral,
                    finished,
                    ordered,
                    Issue.businessRule(
                            "visits-exceeded",
                            asked.path,
                            "All visits that the referral orders are recorded; ask the referrer for more, or record the"
                                    + " visit under another order.")));
        }
        memory.put(new Key(caller.organization(), referral), left);
        return Optional.empty();
    }

    /** Visits that a referral orders; null where it names no number, or leads nowhere, which the write itself says. */
    private @Nullable Integer ordered(Caller caller, UUID referral) {
        var asked = QueryReader.read(
                RecordTypes.require("ServiceRequest"), Map.of("_id", new String[] {referral.toString()}));
        return chart.matches(caller, asked).stream()
                .findFirst()
                .map(order -> Episode.ordered((ServiceRequest) FhirJson.parse(fhir, order.json())))
                .orElse(null);
    }
}
