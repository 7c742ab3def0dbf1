package org.tenderpoint.identity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.tenderpoint.access.Role;

/**
 * Somebody with an account here.
 *
 * @param login the name to sign in by
 * @param name what the pages call her
 * @param role the capacity in which she acts
 * @param subject who she is in the record: {@code Practitioner/…}, {@code Patient/…} or {@code RelatedPerson/…} with an id
 *     behind the slash, or with an identifier, {@code system|value}; empty for an administrator and a privacy officer
 * @param organization identifier of the Organization she acts for, {@code system|value}; empty where none stands behind her
 *     role
 * @param password encoded, such as {@code {bcrypt}$2a$10$...}
 * @param mustChange true where somebody else set the password
 */
public record Person(
        String login,
        String name,
        Role role,
        @DefaultValue("") String subject,
        @DefaultValue("") String organization,
        String password,
        @DefaultValue("false") boolean mustChange) {

    private static final String ENCODED = "\\{bcrypt}\\S{20,}";

    /** @throws IllegalArgumentException if one of the parts is missing or not of the form described */
    public Person {
        // Binding and JSON hand over null for a part that is not given, whatever the types say.
        require(login != null && login.matches("[A-Za-z0-9._@-]{1,100}"), login, "a login of letters, digits, '._@-'");
        require(name != null && !name.isBlank() && name.length() <= 200, login, "a name");
        require(role != null && role != Role.INSURER, login, "a role that people have");
        require(password != null && password.matches(ENCODED), login, "an encoded password ({bcrypt}...)");
        subject = subject == null ? "" : subject;
        organization = organization == null ? "" : organization;
        var form =
                switch (role) {
                    case EHR, CLINIC -> "Practitioner/.+";
                    case PATIENT -> "(Patient|RelatedPerson)/.+";
                    default -> "";
                };
        require(subject.matches(form), login, "a subject that goes with the role");
        require(
                organization.matches(role.isBoundToOrganization() ? "[^|\\s]+\\|[^|]+" : ""),
                login,
                "an organization identifier (system|value) in a clinical role, and none in another");
    }

    /** The resource type in {@link #subject}. */
    @JsonIgnore
    public String subjectType() {
        return subject.substring(0, Math.max(0, subject.indexOf('/')));
    }

    /** The id or identifier in {@link #subject}. */
    @JsonIgnore
    public String subjectKey() {
        return subject.substring(subject.indexOf('/') + 1);
    }

    Person withPassword(String encoded, boolean mustChangeIt) {
        return new Person(login, name, role, subject, organization, encoded, mustChangeIt);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "Person[login=" + login + ", role=" + role + "]";
    }

    private static void require(boolean holds, String login, String what) {
        if (!holds) {
            throw new IllegalArgumentException("person " + login + " needs " + what);
        }
    }
}
