package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Links;
import org.tenderpoint.identity.Links.Subject;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.Person;
import org.tenderpoint.identity.Secrets;
import org.tenderpoint.identity.Sessions;
import org.tenderpoint.identity.SignIns;

/** The acts of an administrator on people's accounts. A password that is made here has to be changed at the first use. */
final class PeopleActs {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final People people;
    private final SignIns signIns;
    private final Sessions sessions;
    private final Grants grants;
    private final Links links;
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    PeopleActs(People people, SignIns signIns, Sessions sessions, Grants grants, Links links) {
        this.people = people;
        this.signIns = signIns;
        this.sessions = sessions;
        this.grants = grants;
        this.links = links;
    }

    /**
     * Opens an account.
     *
     * @param asked {@code login}, {@code name}, {@code role}, {@code subject} and {@code organization}, as in
     *     {@link Person}
     * @return the account, with its first password, this once
     * @throws Impossible where something is missing or the login is taken
     */
    ObjectNode register(JsonNode asked, String by) {
        var password = Secrets.random();
        try {
            var person = new Person(
                    asked.path("login").asText(),
                    asked.path("name").asText(),
                    AdminActs.knownRole(asked.path("role").asText()),
                    asked.path("subject").asText(),
                    asked.path("organization").asText(),
                    encoder.encode(password),
                    true);
            if (!people.register(person, by)) {
                throw new Impossible("there is, or was, somebody with the login " + person.login());
            }
            return shown(person).put("password", password);
        } catch (IllegalArgumentException incomplete) {
            throw new Impossible(String.valueOf(incomplete.getMessage()));
        }
    }

    /**
     * Sets a new password, takes the second step and the passkeys away and signs her out everywhere.
     *
     * @throws Impossible where there is no such account in the database
     */
    ObjectNode reset(String login) {
        var password = Secrets.random();
        if (!people.setPassword(login, encoder.encode(password), true)) {
            throw new Impossible("nobody with the login " + login + " is in the database");
        }
        signIns.reset(login);
        sessions.endAllOf(login);
        return JSON.createObjectNode().put("login", login).put("password", password);
    }

    /**
     * Locks an account until it is unlocked: she is signed out everywhere, and what was granted in her name ends.
     *
     * @throws Impossible where there is none in the database that is not locked
     */
    void lock(String login, String by) {
        if (!people.lock(login, by)) {
            throw new Impossible("nobody with the login " + login + " is in the database, or she is locked already");
        }
        sessions.endAllOf(login);
        grants.endAllOf(login);
    }

    /** @throws Impossible where there is no locked account with that login */
    void unlock(String login) {
        if (!people.unlock(login)) {
            throw new Impossible("no account with the login " + login + " is locked");
        }
    }

    /**
     * Ends an account, its sessions and all that was granted in its name.
     *
     * @throws Impossible where there is no such account in the database
     */
    void end(String login, String by) {
        if (!people.end(login, by)) {
            throw new Impossible("nobody with the login " + login + " is in the database");
        }
        signIns.reset(login);
        links.endAllOf(login);
        sessions.endAllOf(login);
        grants.endAllOf(login);
    }

    /**
     * Has somebody sign in as whom a provider says that she is.
     *
     * @param asked {@code issuer} and {@code subject}, as they stand in the provider's id tokens
     * @throws Impossible where one is missing, there is no such account, or that subject is somebody already
     */
    ObjectNode link(String login, JsonNode asked, String by) {
        try {
            var subject = new Subject(
                    asked.path("issuer").asText(), asked.path("subject").asText());
            if (people.find(login).isEmpty()) {
                throw new Impossible("there is nobody with the login " + login);
            }
            if (!links.link(login, subject, by)) {
                throw new Impossible("that subject is joined to an account already");
            }
            return JSON.createObjectNode()
                    .put("login", login)
                    .put("issuer", subject.issuer())
                    .put("subject", subject.subject());
        } catch (IllegalArgumentException incomplete) {
            throw new Impossible(String.valueOf(incomplete.getMessage()));
        }
    }

    /** @throws Impossible where nobody signs in as this person by a provider */
    void unlink(String login) {
        if (links.endAllOf(login) == 0) {
            throw new Impossible("nobody signs in as " + login + " by a provider");
        }
        sessions.endAllOf(login);
    }

    /** All accounts, without passwords. */
    JsonNode list() {
        var locked = people.locked();
        var all = JSON.createArrayNode();
        people.all().forEach(person -> all.add(shown(person).put("locked", locked.contains(person.login()))));
        return all;
    }

    /**
     * One account, with those whom a provider calls so.
     *
     * @throws Impossible where there is none
     */
    ObjectNode one(String login) {
        for (var account : list()) {
            if (account.path("login").asText().equals(login)) {
                var one = (ObjectNode) account;
                var linked = one.putArray("links");
                links.of(login).forEach(subject -> linked.addObject()
                        .put("issuer", subject.issuer())
                        .put("subject", subject.subject()));
                return one;
            }
        }
        throw new Impossible("there is nobody with the login " + login);
    }

    private static ObjectNode shown(Person person) {
        return JSON.createObjectNode()
                .put("login", person.login())
                .put("name", person.name())
                .put("role", person.role().name())
                .put("subject", person.subject())
                .put("organization", person.organization());
    }
}
