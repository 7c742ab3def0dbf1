package org.tenderpoint.careplan;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.Change;
import org.tenderpoint.document.Words;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.LimitRule;
import org.tenderpoint.server.RecordedDay;
import org.tenderpoint.server.RequestForms;
import org.tenderpoint.server.WriteRule;

/** No technique is recorded that the plan forbids on its day. Who did it nevertheless sets the restriction aside first. */
@Component
final class TechniqueRule implements WriteRule, LimitRule {

    private static final Set<ProcedureStatus> DONE =
            EnumSet.of(ProcedureStatus.PREPARATION, ProcedureStatus.INPROGRESS, ProcedureStatus.COMPLETED);
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String MASSAGE = "387854002";

    private final Restrictions restrictions;
    private final Forbids forbids = Forbids.load();

    TechniqueRule(Restrictions restrictions) {
        this.restrictions = restrictions;
    }

    @Override
    public List<Issue> check(Write write) {
        var judged = judged(write.caller(), write.resource()).filter(TechniqueRule::isKnown);
        if (judged.isEmpty()) {
            return List.of();
        }
        var technique = judged.get();
        var patient = technique.getSubject().getReference();
        if (issues(write, technique, restrictions.of(write.caller(), patient)).isEmpty()) {
            return List.of();
        }
        // Nobody is turned away by what is only remembered: another server may have lifted it.
        restrictions.forget(patient);
        return issues(write, technique, restrictions.of(write.caller(), patient));
    }

    /** A plan that comes with the technique in one request forbids as one that stood before. */
    @Override
    public List<Issue> together(List<Write> writes) {
        var plans = writes.stream()
                .map(Write::resource)
                .filter(CarePlan.class::isInstance)
                .map(CarePlan.class::cast)
                .toList();
        return plans.isEmpty()
                ? List.of()
                : writes.stream()
                        .flatMap(write -> judged(write.caller(), write.resource()).stream()
                                .filter(technique -> check(write).isEmpty())
                                .flatMap(technique -> issues(write, technique, ofPatient(technique, plans)).stream()))
                        .toList();
    }

    private static List<Restriction> ofPatient(Procedure technique, List<CarePlan> plans) {
        var patient = technique.getSubject().getReference();
        return plans.stream()
                .filter(plan -> patient.equals(plan.getSubject().getReference()))
                .flatMap(plan -> Restrictions.inForce(plan).stream())
                .toList();
    }

    /** What plans forbid may be remembered from before; the transaction sees whether they still stand so. */
    @Override
    public List<Change.Standing> standing(Caller caller, List<Change.Act> acts) {
        return acts.stream()
                .map(TechniqueRule::resource)
                .filter(Objects::nonNull)
                .flatMap(resource -> judged(caller, resource).stream())
                .map(technique -> RequestForms.uuidOrNull(
                        technique.getSubject().getReferenceElement().getIdPart()))
                .filter(Objects::nonNull)
                .distinct()
                .map(patient -> restrictions.standing(caller, patient))
                .toList();
    }

    private static @Nullable Resource resource(Change.Act act) {
        if (act instanceof Change.Create create) {
            return create.resource();
        }
        return act instanceof Change.Update update ? update.resource() : null;
    }

    /** A technique of a clinic that was done or begins; empty for anything else. */
    private static Optional<Procedure> judged(Caller caller, Resource resource) {
        return Optional.of(resource)
                .filter(Procedure.class::isInstance)
                .map(Procedure.class::cast)
                .filter(technique -> caller.is(Role.CLINIC)
                        && DONE.contains(technique.getStatus())
                        && isMassage(technique)
                        && technique.getSubject().hasReference());
    }

    /** A patient who comes in the same request has no plans yet. */
    private static boolean isKnown(Procedure technique) {
        return technique.getSubject().getReferenceElement().hasIdPart()
                && !technique.getSubject().getReference().startsWith("urn:");
    }

    private List<Issue> issues(Write write, Procedure technique, List<Restriction> standing) {
        var day = RecordedDay.of(technique.getPerformed());
        var forbidding = standing.stream()
                .filter(restriction -> restriction.since() == null
                        || day.isEmpty()
                        || !day.get().isBefore(restriction.since()))
                .filter(restriction -> restriction.forbids(technique, forbids))
                .toList();
        if (forbidding.isEmpty() || stoodBefore(write, technique)) {
            return List.of();
        }
        return forbidding.stream()
                .map(restriction -> Issue.businessRule(
                        "technique-restricted",
                        write.path() + ".code",
                        "The plan of care forbids this technique: " + sentence(restriction.reason())
                                + " Choose another one, or set the contraindication aside with a reason first."))
                .toList();
    }

    /** What people wrote as a reason may end without a full stop. */
    static String sentence(String reason) {
        return reason.matches("(?s).*[.!?]\\s*") ? reason.strip() : reason.strip() + ".";
    }

    /** A note is corrected whatever the plan says by now, as long as it says that the same was done. */
    private static boolean stoodBefore(Write write, Procedure technique) {
        return write.before()
                .get()
                .filter(Procedure.class::isInstance)
                .map(Procedure.class::cast)
                .filter(before -> before.getCode().equalsDeep(technique.getCode())
                        && same(before.getBodySite(), technique.getBodySite())
                        && before.getPerformed() != null
                        && before.getPerformed().equalsDeep(technique.getPerformed()))
                .isPresent();
    }

    private static boolean same(List<CodeableConcept> before, List<CodeableConcept> now) {
        return before.size() == now.size()
                && IntStream.range(0, now.size()).allMatch(i -> before.get(i).equalsDeep(now.get(i)));
    }

    private static boolean isMassage(Procedure technique) {
        return technique.getCode().getCoding().stream()
                .anyMatch(coding -> Words.MASSAGE.equals(coding.getSystem())
                        || (SNOMED.equals(coding.getSystem()) && MASSAGE.equals(coding.getCode())));
    }
}
