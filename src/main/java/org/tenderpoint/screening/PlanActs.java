package org.tenderpoint.screening;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.tenderpoint.screening.ScreeningResult.Hit;
import org.tenderpoint.server.Asked;

/** Lets restrictions flow into the plan as activities that are not to be performed, and takes them out again. */
final class PlanActs {

    private static final Set<CarePlanStatus> IN_USE =
            EnumSet.of(CarePlanStatus.DRAFT, CarePlanStatus.ACTIVE, CarePlanStatus.ONHOLD);

    /** These say how to go about it; they forbid nothing that a plan could list. */
    private static final Set<String> ADVICE = Set.of("monitor");

    private final Standing standing;
    private final Instant now;

    PlanActs(Standing standing, Instant now) {
        this.standing = standing;
        this.now = now;
    }

    List<Asked> acts(ScreeningResult result, Set<String> overridden) {
        var acts = new ArrayList<Asked>();
        standing.all(CarePlan.class)
                .filter(plan -> IN_USE.contains(plan.getStatus()))
                .forEach(plan -> {
                    var changed = plan.copy();
                    if (fit(changed, result, overridden)) {
                        acts.add(standing.update(plan, changed));
                    }
                });
        return acts;
    }

    private boolean fit(CarePlan plan, ScreeningResult result, Set<String> overridden) {
        var areas = new Areas(standing);
        var wanted = new HashSet<String>();
        for (var hit : result.hits()) {
            if (!overridden.contains(hit.rule().id())) {
                hit.restrictions().stream()
                        .filter(restriction -> !ADVICE.contains(restriction))
                        .forEach(restriction -> wanted.add(key(hit, restriction, areas)));
            }
        }
        var there = new HashSet<String>();
        var isChanged = plan.getActivity().removeIf(activity -> {
            var key = key(activity);
            return !key.isEmpty() && (!wanted.contains(key) || !there.add(key));
        });
        for (var hit : result.hits()) {
            for (var restriction : hit.restrictions()) {
                var key = key(hit, restriction, areas);
                if (wanted.contains(key) && there.add(key)) {
                    plan.addActivity(activity(hit, restriction, areas));
                    isChanged = true;
                }
            }
        }
        return isChanged;
    }

    private static String key(Hit hit, String restriction, Areas areas) {
        return hit.rule().id() + " " + restriction + Areas.key(areas.of(hit, restriction));
    }

    /** Rule, restriction and areas of an activity that screening put there; empty for the therapist's own. */
    private static String key(CarePlanActivityComponent activity) {
        var extension = activity.getExtensionByUrl(Codes.RESTRICTED_BY);
        if (extension == null || !(extension.getValue() instanceof Coding rule)) {
            return "";
        }
        return rule.getCode() + " "
                + Codes.of(activity.getDetail().getCode(), Codes.MASSAGE).stream()
                        .findFirst()
                        .orElse("")
                + Areas.key(Areas.of(activity));
    }

    private CarePlanActivityComponent activity(Hit hit, String restriction, Areas areas) {
        var activity = new CarePlanActivityComponent();
        activity.addExtension(Codes.RESTRICTED_BY, Codes.massage(hit.rule().id()));
        areas.of(hit, restriction).forEach(area -> activity.addExtension(Codes.AVOIDED_AREA, area));
        activity.getDetail()
                .setStatus(CarePlanActivityStatus.NOTSTARTED)
                .setDoNotPerform(true)
                .setCode(Codes.concept(restriction))
                // What was done before that day was not forbidden then.
                .setScheduled(new Period()
                        .setStartElement(new DateTimeType(
                                LocalDate.ofInstant(now, ZoneOffset.UTC).toString())))
                .setDescription(hit.rule().title() + ": " + hit.rule().message() + " ("
                        + hit.rule().id() + ", version " + hit.rule().version() + ", "
                        + hit.rule().status() + ")");
        return activity;
    }
}
