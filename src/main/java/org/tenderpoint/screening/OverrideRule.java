package org.tenderpoint.screening;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.stereotype.Component;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.server.WriteRule;

/** A contraindication is set aside, and a warning sign closed, by a person who says so. */
@Component
final class OverrideRule implements WriteRule {

    @Override
    public List<Issue> check(Write write) {
        if (write.resource() instanceof DetectedIssue issue) {
            return overridden(issue, write.path());
        }
        return write.resource() instanceof Task task ? closed(task, write.path()) : List.of();
    }

    private static List<Issue> overridden(DetectedIssue issue, String path) {
        var issues = new ArrayList<Issue>();
        for (int i = 0; i < issue.getMitigation().size(); i++) {
            var mitigation = issue.getMitigation().get(i);
            if (IssueActs.isOverride(mitigation)) {
                var at = path + ".mitigation[" + i + "]";
                if (Objects.requireNonNullElse(mitigation.getAction().getText(), "")
                        .isBlank()) {
                    issues.add(reasonMissing(at + ".action.text"));
                }
                if (mitigation.getAuthor().isEmpty()) {
                    issues.add(authorMissing(at + ".author"));
                }
            }
        }
        return issues;
    }

    private static List<Issue> closed(Task task, String path) {
        var isNotice = Codes.of(task.getCode(), Codes.MASSAGE).contains(Codes.WARNING_SIGN);
        var isAcknowledged = task.getOutput().stream()
                .anyMatch(output -> output.getType().hasCoding(Codes.MASSAGE, "acknowledged-by") && output.hasValue());
        var isOver = task.getStatus() == TaskStatus.COMPLETED
                || task.getStatus() == TaskStatus.CANCELLED
                || task.getStatus() == TaskStatus.REJECTED;
        return isNotice && isOver && !isAcknowledged
                ? List.of(Issue.required(
                        "red-flag-unacknowledged",
                        path + ".output",
                        "Only a person closes a warning sign: an output of type acknowledged-by names who, as a"
                                + " valueReference or a valueString."))
                : List.of();
    }

    static Issue reasonMissing(String expression) {
        return Issue.required("override-reason-missing", expression, "Whoever sets a contraindication aside says why.");
    }

    static Issue authorMissing(String expression) {
        return Issue.required(
                "override-author-missing",
                expression,
                "Whoever sets a contraindication aside is named: a reference to a Practitioner or PractitionerRole.");
    }
}
