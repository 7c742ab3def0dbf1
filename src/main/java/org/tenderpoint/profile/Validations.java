package org.tenderpoint.profile;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.guard.ParserProblems;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Writes;

/** Says what is wrong with a resource and whether the caller might write it. Nothing stored is read or written. */
@Component
final class Validations {

    private final InstanceValidation validation;
    private final Writes writes;
    private final ParserProblems problems;
    private final FhirContext fhir;
    private final Chart chart;

    Validations(InstanceValidation validation, Writes writes, ParserProblems problems, FhirContext fhir, Chart chart) {
        this.validation = validation;
        this.writes = writes;
        this.problems = problems;
        this.fhir = fhir;
        this.chart = chart;
    }

    /**
     * @param type the type in the URL
     * @param body what was sent
     * @return the problems; one issue that says so where there are none
     * @throws Refused 400, 403 or 503: then it is not known whether the resource is valid
     */
    OperationOutcome validate(
            Caller caller, String type, byte[] body, @Nullable String mode, @Nullable String profile) {
        AccessRule.requireWriter(caller, "$validate");
        var request = ValidationRequest.from(fhir, body, mode, profile);
        var outcome = request.resource().isEmpty()
                ? new OperationOutcome()
                : (OperationOutcome)
                        validation.check(request.resource(), request.profile()).toOperationOutcome();
        Refused.outcome(issues(caller, type, request)).getIssue().forEach(outcome::addIssue);
        if (!outcome.hasIssue()) {
            outcome.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(IssueType.INFORMATIONAL)
                    .setDiagnostics("The caller may do this.");
        }
        chart.ran(caller, "$validate", type);
        return outcome;
    }

    /** What the validator does not know: who asks, and the rules of the rooms. */
    private List<Issue> issues(Caller caller, String type, ValidationRequest request) {
        return switch (request.mode() == null ? "" : request.mode()) {
            case "create" -> acceptable(caller, type, Interaction.CREATE, request);
            case "update" -> acceptable(caller, type, Interaction.UPDATE, request);
            case "delete" -> covered(caller, type, Interaction.DELETE);
            default -> List.of();
        };
    }

    private List<Issue> acceptable(Caller caller, String type, Interaction interaction, ValidationRequest request) {
        var refused = covered(caller, type, interaction);
        if (!refused.isEmpty()) {
            return refused;
        }
        Resource resource;
        try {
            resource = parse(request.resource());
        } catch (RuntimeException unreadable) {
            return problems.read(unreadable, null).map(Refused::issues).orElseThrow(() -> unreadable);
        }
        if (!resource.fhirType().equals(type)) {
            return List.of(
                    Issue.value("validate-type", "resourceType", "The URL says " + type + "; so does the body."));
        }
        if (interaction == Interaction.UPDATE) {
            return resource.hasId()
                    ? List.of()
                    : List.of(Issue.required("validate-id", type + ".id", "An update says which resource, in its id."));
        }
        return writes.breaches(caller, List.of(new Change.Create(resource, null, List.of(), null, type)));
    }

    private Resource parse(String text) {
        var parser = text.startsWith("<") ? fhir.newXmlParser() : fhir.newJsonParser();
        return (Resource) parser.parseResource(text);
    }

    private static List<Issue> covered(Caller caller, String type, Interaction interaction) {
        return AccessRule.permitting(caller, interaction, type).isPresent()
                ? List.of()
                : List.of(new Issue(
                        IssueType.FORBIDDEN,
                        "not-permitted",
                        null,
                        "This client's role and scopes do not cover "
                                + interaction.name().toLowerCase(java.util.Locale.ROOT) + " on " + type + "."));
    }
}
