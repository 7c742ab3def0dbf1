package org.tenderpoint.careplan;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Role;
import org.tenderpoint.document.Words;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.RecordedDay;
import org.tenderpoint.server.WriteRule;

/** No technique is recorded that the plan forbids on its day. Who did it nevertheless sets the restriction aside first. */
@Component
final class TechniqueRule implements WriteRule {

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
        if (!(write.resource() instanceof Procedure technique)
                || !write.caller().is(Role.CLINIC)
                || !DONE.contains(technique.getStatus())
                || !isMassage(technique)
                || !technique.getSubject().getReferenceElement().hasIdPart()
                || technique.getSubject().getReference().startsWith("urn:")) {
            return List.of();
        }
        var day = RecordedDay.of(technique.getPerformed());
        var forbidding = restrictions.of(write.caller(), technique.getSubject().getReference()).stream()
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
                        "The plan of care forbids this technique: " + restriction.reason()
                                + " Choose another one, or set the contraindication aside with a reason first."))
                .toList();
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
