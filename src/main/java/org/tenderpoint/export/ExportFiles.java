package org.tenderpoint.export;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.ExportJob;
import org.tenderpoint.chart.ExportLines;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.FailureInterceptor;
import org.tenderpoint.treatmentsummary.MemberSummaries;

/**
 * The files of a job. None is kept: each is read out of the chart while it is downloaded, with the rights of whoever
 * downloads it at that moment.
 */
@Component
class ExportFiles {

    /** The file of what was deleted; the others are called by their resource type. */
    static final String DELETED = "deleted";

    private static final int LINE_END = '\n';
    private static final int UNAVAILABLE = 503;

    private final ExportLines lines;
    private final MemberSummaries summaries;
    private final FailureInterceptor failures;
    private final FhirContext fhir;

    ExportFiles(ExportLines lines, MemberSummaries summaries, FailureInterceptor failures, FhirContext fhir) {
        this.lines = lines;
        this.summaries = summaries;
        this.failures = failures;
        this.fhir = fhir;
    }

    /** The names of the files in which there would be something now. */
    List<String> of(ExportJob job) {
        var owner = job.owner();
        var names = new ArrayList<String>();
        if (owner.is(Role.INSURER)) {
            if (lines.members(owner, 0).isPresent()) {
                names.add(ExportTypes.SUMMARIES);
            }
            return names;
        }
        job.ask().types().stream()
                .filter(type -> lines.any(owner, part(job, type, false)))
                .forEach(names::add);
        if (deletable(job).stream().anyMatch(type -> lines.any(owner, part(job, type, true)))) {
            names.add(DELETED);
        }
        return names;
    }

    /**
     * Writes a file, line by line, without holding it.
     *
     * @throws Refused 404 for a file that the job does not have; 403 where the token does not cover what is in it
     */
    void write(Caller caller, ExportJob job, String name, Out out) throws IOException {
        if (!job.files().contains(name)) {
            throw Refused.notFound();
        }
        var shown = caller.is(Role.INSURER) ? summaries(caller, job, out) : rows(caller, job, name, out);
        if (shown == 0) {
            lines.nothing(caller, name.equals(DELETED) ? "Bundle" : name);
        }
    }

    /** Where a file goes; asked for when there is something to write, since until then it may be refused. */
    @FunctionalInterface
    interface Out {
        OutputStream open() throws IOException;
    }

    private int rows(Caller caller, ExportJob job, String name, Out out) throws IOException {
        if (!name.equals(DELETED)) {
            return lines.<IOException>rows(caller, part(job, name, false), page -> {
                for (var row : page) {
                    line(out, row.json());
                }
                out.open().flush();
            });
        }
        var shown = 0;
        for (var type : deletable(job)) {
            shown += lines.<IOException>rows(caller, part(job, type, true), page -> line(out, deletions(page)));
        }
        return shown;
    }

    private int summaries(Caller caller, ExportJob job, Out out) throws IOException {
        var shown = 0;
        for (var some = lines.members(caller, 0);
                some.isPresent();
                some = lines.members(caller, some.get().end())) {
            for (var member : some.get().members()) {
                var summary = summary(caller, member, job);
                if (summary.isPresent()) {
                    line(out, summary.get());
                    shown++;
                }
            }
        }
        return shown;
    }

    // One record that cannot be read does not keep all other members' from the insurer.
    private Optional<byte[]> summary(Caller caller, ExportLines.Member member, ExportJob job) {
        try {
            return summaries
                    .of(caller, member.patient(), member.coverage(), job.ask().base())
                    .map(this::json);
        } catch (Refused refused) {
            throw refused;
        } catch (RuntimeException thrown) {
            var failure = failures.inOurWords(thrown, MemberSummaries.OPERATION, "Patient", member.patient());
            if (failure.getStatusCode() == UNAVAILABLE) {
                throw thrown;
            }
            return Optional.of(json(notMade(member, failure)));
        }
    }

    /** Lines of a file are of its type, so that the OperationOutcome comes in a Bundle. */
    private static Bundle notMade(ExportLines.Member member, Refused failure) {
        var bundle = new Bundle();
        bundle.setType(Bundle.BundleType.COLLECTION);
        bundle.addEntry()
                .setResource(Refused.outcome(List.of(new Issue(
                        IssueType.EXCEPTION,
                        "member-summary-failed",
                        null,
                        "The treatment summary of Patient/" + member.patient() + " could not be made. "
                                + failure.issues().get(0).diagnostics()))));
        return bundle;
    }

    private byte[] json(Bundle bundle) {
        return fhir.newJsonParser().encodeResourceToString(bundle).getBytes(StandardCharsets.UTF_8);
    }

    /** Deletions are told to whoever asks for what is new, and of types of which something can be deleted. */
    private static List<String> deletable(ExportJob job) {
        return job.ask().since() == null
                ? List.of()
                : job.ask().types().stream()
                        .filter(type -> AccessRule.isOffered(Interaction.DELETE, type))
                        .toList();
    }

    private static ExportLines.Part part(ExportJob job, String type, boolean deleted) {
        return new ExportLines.Part(type, job.ask().since(), job.until(), deleted);
    }

    private static byte[] deletions(List<Stored> page) {
        var text = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
        for (int i = 0; i < page.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"request\":{\"method\":\"DELETE\",\"url\":\"")
                    .append(page.get(i).reference())
                    .append("\"}}");
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(Out out, byte[] json) throws IOException {
        var open = out.open();
        open.write(json);
        open.write(LINE_END);
    }
}
