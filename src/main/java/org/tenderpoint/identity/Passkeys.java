package org.tenderpoint.identity;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.server.ServerProperty;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.identity.PasskeyRows.Kept;

/**
 * Passkeys: instead of a password and a code, a key on somebody's own device, which the device gives out to no other site
 * and uses only after a finger, a face or a number. Its maker is not asked about, so every device will do.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-2/#sctn-verifying-assertion">Web Authentication, level 2, sections 7.1 and
 *     7.2</a>
 */
public final class Passkeys {

    private static final Logger log = LoggerFactory.getLogger(Passkeys.class);

    private static final String SIGN_IN = "sign-in";
    private static final int MOST = 20;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_RESPONSE = 20_000;

    /** Those that browsers and devices have in common; the page's script asks for the same. */
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = List.of(
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.ES256),
            new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.RS256));

    private final People people;
    private final PasskeyRows rows;
    private final Challenges challenges;
    private final ObjectConverter converter = new ObjectConverter();
    private final AttestedCredentialDataConverter credentials = new AttestedCredentialDataConverter(converter);
    private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    /**
     * A passkey on its owner's page.
     *
     * @param id names it here
     * @param name what she calls it
     * @param synced true where it may be on more than one device
     */
    public record Passkey(String id, String name, boolean synced, Instant added, Optional<Instant> used) {}

    Passkeys(People people, PasskeyRows rows, Challenges challenges) {
        this.people = people;
        this.rows = rows;
        this.challenges = challenges;
    }

    public List<Passkey> of(String login) {
        return rows.of(login);
    }

    /** What is to be signed to sign in. */
    public String challenge() {
        return challenges.next(SIGN_IN);
    }

    /** What is to be signed to add a passkey in a session. */
    public String challenge(Sessions.Session session) {
        return challenges.next(session.hash());
    }

    /** What a device calls the person: the same every time, and no login. */
    public static String handle(String login) {
        return Secrets.hash("passkeys of " + login);
    }

    /**
     * Adds a passkey to somebody's account.
     *
     * @param origin of our pages
     * @param response the browser's, as JSON
     * @return false where it was not made on our pages, in this session, now, or she has too many
     */
    public boolean add(Sessions.Session session, String name, String origin, String response) {
        if (name.isBlank()
                || name.length() > LONGEST_NAME
                || response.length() > LONGEST_RESPONSE
                || rows.of(session.login()).size() >= MOST) {
            return false;
        }
        var data = read(() -> {
            var sent = manager.parseRegistrationResponseJSON(response);
            var challenge = challenge(sent.getCollectedClientData());
            return manager.verify(sent, new RegistrationParameters(site(origin, challenge), ALGORITHMS, true));
        });
        return data.isPresent()
                && challenges.use(session.hash(), challenge(data.get().getCollectedClientData()))
                && keep(session.login(), name.strip(), required(data.get().getAttestationObject()));
    }

    private boolean keep(String login, String name, AttestationObject made) {
        var data = made.getAuthenticatorData();
        var credential = required(data.getAttestedCredentialData());
        var kept = new Kept(login, credentials.convert(credential), data.isFlagBE(), data.getSignCount());
        return rows.add(hash(credential.getCredentialId()), name, kept);
    }

    /**
     * The person whose passkey has signed a challenge of ours.
     *
     * @param origin of our pages
     * @param response the browser's, as JSON
     */
    public Optional<Person> signIn(String origin, String response) {
        if (response.length() > LONGEST_RESPONSE) {
            return Optional.empty();
        }
        var data = read(() -> manager.parseAuthenticationResponseJSON(response));
        var idHash = data.map(AuthenticationData::getCredentialId).map(Passkeys::hash);
        var kept = idHash.flatMap(rows::find);
        var person = kept.flatMap(known -> people.find(known.login()));
        if (person.isEmpty()
                || !isHers(kept.get().login(), data.get().getUserHandle())
                || !verified(origin, data.get(), kept.get())
                || !challenges.use(SIGN_IN, challenge(data.get().getCollectedClientData()))) {
            return Optional.empty();
        }
        rows.used(idHash.get(), required(data.get().getAuthenticatorData()).getSignCount());
        return person;
    }

    private boolean verified(String origin, AuthenticationData data, Kept kept) {
        return read(() -> {
                    var site = site(origin, challenge(data.getCollectedClientData()));
                    return manager.verify(data, new AuthenticationParameters(site, record(kept), null, true, true));
                })
                .isPresent();
    }

    /** @return false where she has none with that id */
    public boolean remove(String login, String id) {
        return rows.remove(login, id);
    }

    /** What the library throws at what it cannot read is of many types, and all of it is somebody's bad input. */
    private static <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (RuntimeException refused) {
            log.info("a passkey was refused: {}", refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static boolean isHers(String login, byte @Nullable [] handle) {
        return handle != null && MessageDigest.isEqual(handle, handle(login).getBytes(StandardCharsets.US_ASCII));
    }

    private CredentialRecordImpl record(Kept kept) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                kept.synced(),
                null,
                kept.signCount(),
                credentials.convert(kept.credential()),
                null,
                null,
                null,
                null);
    }

    private static byte[] challenge(@Nullable CollectedClientData client) {
        return required(required(client).getChallenge()).getValue();
    }

    /** A passkey belongs to a host; what it signs says of which page it was asked. */
    private static ServerProperty site(String origin, byte[] challenge) {
        return new ServerProperty(new Origin(origin), host(origin), () -> challenge);
    }

    /** The host that a passkey is for. */
    public static String host(String origin) {
        return URI.create(origin).getHost();
    }

    private static String hash(byte @Nullable [] credentialId) {
        return Secrets.hash(Base64.getUrlEncoder().withoutPadding().encodeToString(required(credentialId)));
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalArgumentException("a part of it is missing");
        }
        return part;
    }
}
