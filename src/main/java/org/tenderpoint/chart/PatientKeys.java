package org.tenderpoint.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Whose record each resource of a change belongs to. */
final class PatientKeys {

    private PatientKeys() {}

    /** Gives every draft the key of its patient. */
    static void find(List<Draft> drafts, Map<String, Target> targets) {
        var issues = new ArrayList<Issue>();
        // What belongs to the patient of something else comes last: that something may stand in the same request.
        var inOrder = drafts.stream()
                .sorted(Comparator.comparing(draft -> draft.type.belongsThroughAnother()))
                .toList();
        for (var draft : inOrder) {
            if (draft.resource == null) {
                continue;
            }
            if (!draft.isWritten()) {
                refuseOtherPatient(draft, targets);
                continue;
            }
            if (draft.resource instanceof Patient) {
                draft.patientPk = draft.pk;
                continue;
            }
            var patient = draft.type
                    .patientOf(draft.resource)
                    .filter(Reference::hasReference)
                    .map(reference -> targets.get(reference.getReference()))
                    .map(target -> patientBehind(draft.type, target, drafts));
            if (patient.isEmpty() && draft.type.needsAPatient()) {
                issues.add(Issue.required(
                        "patient-missing",
                        draft.act.path(),
                        "A " + draft.type.name() + " names the patient it belongs to by a reference to a Patient."));
            }
            if (draft.before != null && !Objects.equals(draft.before.patientPk(), patient.orElse(null))) {
                throw moved();
            }
            draft.patientPk = patient.orElse(null);
        }
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
        // Rows inside the bundle are now known to belong to somebody, too.
        for (var draft : drafts) {
            var key = draft.type.name() + "/" + draft.id;
            targets.computeIfPresent(
                    key, (k, target) -> new Target(target.type(), target.id(), target.pk(), draft.patientPk));
        }
    }

    /** Whoever changes a resource sees its patient; one that cannot be seen is another one. */
    static void refuseMove(List<Draft> drafts, Map<String, Target> targets) {
        for (var draft : drafts) {
            if (draft.before != null && draft.resource != null) {
                draft.type
                        .patientOf(draft.resource)
                        .filter(Reference::hasReference)
                        .filter(patient -> !targets.containsKey(patient.getReference()))
                        .ifPresent(patient -> {
                            throw moved();
                        });
            }
        }
    }

    private static Refused moved() {
        return Refused.forbidden("A resource stays with the patient it was written for.");
    }

    private static @Nullable Long patientBehind(RecordType<?> type, Target target, List<Draft> drafts) {
        if (target.type().equals("Patient")) {
            return target.pk();
        }
        if (!type.belongsThroughAnother()) {
            return null;
        }
        return drafts.stream()
                .filter(draft -> draft.pk == target.pk())
                .map(draft -> draft.patientPk)
                .findFirst()
                .orElse(target.patientPk());
    }

    // The same identifier sent for somebody else is no repetition: one of the two is a mistake.
    private static void refuseOtherPatient(Draft draft, Map<String, Target> targets) {
        if (draft.type.belongsThroughAnother()) {
            // It points at no patient, and what it points at is asked itself.
            return;
        }
        var patient = Optional.ofNullable(draft.resource)
                .flatMap(draft.type::patientOf)
                .map(reference -> targets.get(reference.getReference()));
        if (patient.isPresent() && !Objects.equals(patient.get().pk(), draft.patientPk)) {
            throw new Refused(
                    409,
                    List.of(new Issue(
                            IssueType.CONFLICT,
                            "identifier-of-other-patient",
                            draft.act.path(),
                            "This identifier was received before for another patient.")));
        }
    }
}
