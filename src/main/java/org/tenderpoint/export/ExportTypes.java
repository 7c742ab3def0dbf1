package org.tenderpoint.export;

import java.util.List;
import java.util.Set;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Interaction;
import org.tenderpoint.access.Role;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.treatmentsummary.MemberSummaries;

/** Which resource types an export has: those of the record that the caller may search, and for an insurer summaries alone. */
final class ExportTypes {

    /** A treatment summary is a document, which is a Bundle. */
    static final String SUMMARIES = "Bundle";

    private ExportTypes() {}

    /**
     * The types of an export.
     *
     * @param wanted those asked for; none for all
     * @throws Refused 400 for types of the directory; 403 for types that role or scopes do not cover
     */
    static List<String> of(Caller caller, Set<String> wanted) {
        if (wanted.stream().anyMatch(AccessRule.DIRECTORY::contains)) {
            throw Refused.badRequest(Issue.notSupported(
                    "export-type", "The directory is nobody's patients; search it. Leave its types out of _type."));
        }
        if (caller.is(Role.INSURER)) {
            return summaries(caller, wanted);
        }
        if (!wanted.isEmpty()) {
            wanted.forEach(type -> AccessRule.require(caller, Interaction.SEARCH, type));
            return List.copyOf(wanted);
        }
        var all = RecordTypes.all().stream()
                .map(RecordType::name)
                .filter(type -> !AccessRule.DIRECTORY.contains(type))
                .filter(type ->
                        AccessRule.permitting(caller, Interaction.SEARCH, type).isPresent())
                .toList();
        if (all.isEmpty()) {
            throw Refused.forbidden("This token's scopes cover no type of the record; an export needs system/*.rs.");
        }
        return all;
    }

    private static List<String> summaries(Caller caller, Set<String> wanted) {
        MemberSummaries.require(caller);
        AccessRule.require(caller, Interaction.SEARCH, "Coverage");
        if (!wanted.isEmpty() && !wanted.equals(Set.of(SUMMARIES))) {
            throw Refused.forbidden(
                    "An insurer exports treatment summaries, which are of type Bundle, and nothing else.");
        }
        return List.of(SUMMARIES);
    }
}
