package org.tenderpoint.screening;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueMitigationComponent;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Asked;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.Writes;

/** Lets a therapist set a contraindication aside: with a reason, in her name, and with Provenance. */
@Component
class Overrides {

    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    private final Chart chart;
    private final Writes writes;
    private final Screenings screenings;
    private final FhirContext fhir;
    private final Clock clock;

    Overrides(Chart chart, Writes writes, Screenings screenings, FhirContext fhir, Clock clock) {
        this.chart = chart;
        this.writes = writes;
        this.screenings = screenings;
        this.fhir = fhir;
        this.clock = clock;
    }

    /**
     * @param author {@code Practitioner/…} or {@code PractitionerRole/…}; empty for the person before the client
     * @return the issue with the override
     * @throws Refused 404 for an issue that the caller may not see; 422 without a reason or an author
     */
    DetectedIssue override(Caller caller, UUID id, String reason, String author) {
        var who = author.isEmpty() ? Optional.ofNullable(caller.user()).orElse("") : author;
        require(reason, who);
        var stored = chart.read(caller, "DetectedIssue", id);
        var issue = (DetectedIssue) FhirJson.parse(fhir, stored.json());
        var now = Date.from(clock.instant());
        issue.setStatus(DetectedIssueStatus.FINAL)
                .addMitigation(new DetectedIssueMitigationComponent()
                        .setAction(Codes.concept(Codes.OVERRIDE).setText(reason))
                        .setDate(now)
                        .setAuthor(new Reference(who)));
        var provenance =
                new Provenance().addTarget(new Reference("DetectedIssue/" + id)).setRecorded(now);
        provenance.addReason().setText(reason);
        provenance
                .addAgent()
                .setWho(new Reference(who))
                .getType()
                .addCoding()
                .setSystem(PARTICIPATION)
                .setCode("author");
        writes.carryOut(
                caller,
                List.of(
                        new Asked.Plain(new Change.Update(id, issue, null, stored.version(), "DetectedIssue")),
                        new Asked.Plain(new Change.Create(provenance, null, List.of(), null, "Provenance"))),
                "contraindication set aside");
        if (issue.getPatient().getReferenceElement().hasIdPart()) {
            screenings.screen(
                    caller,
                    UUID.fromString(issue.getPatient().getReferenceElement().getIdPart()));
        }
        return (DetectedIssue)
                FhirJson.parse(fhir, chart.read(caller, "DetectedIssue", id).json());
    }

    private static void require(String reason, String who) {
        var issues = new ArrayList<Issue>();
        if (reason.isBlank()) {
            issues.add(OverrideRule.reasonMissing("Parameters.parameter.where(name = 'reason')"));
        }
        if (!who.startsWith("Practitioner/") && !who.startsWith("PractitionerRole/")) {
            issues.add(OverrideRule.authorMissing("Parameters.parameter.where(name = 'author')"));
        }
        if (!issues.isEmpty()) {
            throw Refused.unprocessable(issues);
        }
    }
}
