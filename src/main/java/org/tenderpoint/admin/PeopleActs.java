package org.tenderpoint.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.identity.Grants;
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
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    PeopleActs(People people, SignIns signIns, Sessions sessions, Grants grants) {
        this.people = people;
        this.signIns = signIns;
        this.sessions = sessions;
        this.grants = grants;
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
     * Ends an account, its sessions and all that was granted in its name.
     *
     * @throws Impossible where there is no such account in the database
     */
    void end(String login, String by) {
        if (!people.end(login, by)) {
            throw new Impossible("nobody with the login " + login + " is in the database");
        }
        signIns.reset(login);
        sessions.endAllOf(login);
        grants.endAllOf(login);
    }

    /** All accounts, without passwords. */
    JsonNode list() {
        var all = JSON.createArrayNode();
        people.all().forEach(person -> all.add(shown(person)));
        return all;
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
