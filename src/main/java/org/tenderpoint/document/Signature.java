package org.tenderpoint.document;

import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Caller;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * What a therapist says with a signature.
 *
 * @param signer reference of who signs; null for the person before the client, or else the therapist of the last visit
 * @param replaces id of the Composition of the signed summary that this one replaces; null for the first
 * @param reason why it is replaced; null for the first
 */
public record Signature(@Nullable String signer, @Nullable UUID replaces, @Nullable String reason) {

    /** Reads the parameters {@code signer}, {@code replaces} and {@code reason} of an operation. */
    public static Signature of(
            @Nullable StringType signer, @Nullable StringType replaces, @Nullable StringType reason) {
        return new Signature(
                signer == null ? null : signer.getValue(),
                Parameter.id("replaces", "Composition", replaces),
                reason == null ? null : reason.getValue());
    }

    /** @throws Refused 422 where a summary is replaced and nobody says why, or the other way round */
    public Signature {
        if ((replaces == null) != (reason == null || reason.isBlank())) {
            throw Refused.unprocessable(List.of(Issue.required(
                    "amendment-reason",
                    "Parameters.parameter.where(name = '" + (replaces == null ? "replaces" : "reason") + "')",
                    "Who replaces a signed summary names it in replaces and says why in reason.")));
        }
    }

    /**
     * Who signs.
     *
     * @param treated everybody who treated; a signature of somebody else would say what it cannot know
     * @throws Refused 422 where it is nobody of these
     */
    public Somebody by(Caller caller, @Nullable Somebody therapist, List<String> treated, Directory directory) {
        var person = caller.user();
        if (person != null && signer != null && !person.equals(signer)) {
            throw refused("You sign for yourself: leave the parameter signer out.");
        }
        // Where no visit names anybody, the summary names the practice; a practice signs nothing.
        var last = therapist == null ? null : therapist.reference();
        var wanted = signer != null ? signer : person != null ? person : last;
        if (wanted == null || !wanted.startsWith("Practitioner") || !treated.contains(wanted)) {
            throw refused("A summary is signed by somebody who treated: a Practitioner or"
                    + " PractitionerRole that takes part in one of the visits it is about.");
        }
        return directory
                .somebody(new Reference(wanted))
                .orElseThrow(() -> refused("The signer is not in the directory."));
    }

    private static Refused refused(String sentence) {
        return Refused.unprocessable(
                List.of(Issue.businessRule("signer-unknown", "Parameters.parameter.where(name = 'signer')", sentence)));
    }
}
