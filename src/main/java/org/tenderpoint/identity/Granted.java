package org.tenderpoint.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.identity.Sessions.Reached;

/**
 * What a person has granted to an app, and what the app is told with its token.
 *
 * @param scopes what was ticked
 * @param redirectUri where the code went
 * @param challenge the app's PKCE challenge (S256)
 * @param nonce what the id token repeats; none where the app gave none
 * @param session hash of the session it was granted in, where it lasts no longer than that
 * @param signedInAt seconds since 1970
 * @param reached how she signed in; none where that was not kept
 * @param patient FHIR id of the patient in context
 * @param encounter FHIR id of the encounter in context
 * @param needPatientBanner true where the app has to show whose record it is
 * @param intent what the EHR had in mind when it launched the app
 */
// Kept by earlier versions, in place of how she signed in.
@JsonIgnoreProperties("secondStep")
public record Granted(
        List<String> scopes,
        String redirectUri,
        String challenge,
        @Nullable String nonce,
        @Nullable String session,
        long signedInAt,
        @Nullable Reached reached,
        @Nullable String patient,
        @Nullable String encounter,
        boolean needPatientBanner,
        @Nullable String intent) {

    public Granted {
        scopes = List.copyOf(scopes);
    }

    public boolean has(String scope) {
        return scopes.contains(scope);
    }
}
