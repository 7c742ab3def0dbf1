package org.tenderpoint.smart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an app asks a person for, checked. It travels sealed through the pages on which she signs in, picks a patient and
 * decides; nothing is stored before she has.
 *
 * @param clientId the app
 * @param redirectUri where the answer goes; one of the app's
 * @param scopes what it may have of what it asked for
 * @param state what the answer repeats
 * @param challenge PKCE, S256
 * @param nonce what the id token repeats
 * @param launch handle of an EHR launch
 * @param at when it was asked, seconds since 1970
 * @param signInAgain true where a session that began before that does not do
 * @param pickedBy login of who picked the patient
 * @param patient FHIR id of the patient who was picked
 */
public record AuthorizationRequest(
        String clientId,
        String redirectUri,
        List<String> scopes,
        String state,
        String challenge,
        @Nullable String nonce,
        @Nullable String launch,
        long at,
        boolean signInAgain,
        @Nullable String pickedBy,
        @Nullable String patient) {

    public AuthorizationRequest {
        scopes = List.copyOf(scopes);
    }

    /** The same with a patient. */
    public AuthorizationRequest picked(String by, String id) {
        return new AuthorizationRequest(
                clientId, redirectUri, scopes, state, challenge, nonce, launch, at, signInAgain, by, id);
    }

    /** True where a token of it would be about one patient. */
    public boolean needsPatient() {
        return scopes.stream().anyMatch(scope -> scope.equals("launch/patient") || scope.startsWith("patient/"));
    }
}
