package org.tenderpoint.identity;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/** Who somebody is whom another OpenID provider has signed in: by its issuer and subject, as an administrator entered it. */
public final class Links {

    /** Https; http too, because a provider of this machine may do without. */
    private static final Pattern ISSUER = Pattern.compile("https?://[^\\s/?#]+[^\\s?#]*");

    private static final int LONGEST_ISSUER = 500;
    private static final int LONGEST_SUBJECT = 255;

    private final DSLContext sql;
    private final People people;
    private final Clock clock;

    Links(DSLContext sql, People people, Clock clock) {
        this.sql = sql;
        this.people = people;
        this.clock = clock;
    }

    /** Somebody at a provider; OpenID Connect Core 1.0, section 2: only both together name her. */
    public record Subject(String issuer, String subject) {

        /** @throws IllegalArgumentException where one of them is missing or longer than OpenID Connect lets it be */
        public Subject {
            if (!ISSUER.matcher(issuer).matches() || issuer.length() > LONGEST_ISSUER) {
                throw new IllegalArgumentException("issuer is that of the provider's id tokens, a URL");
            }
            if (subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
                throw new IllegalArgumentException("subject is that of the provider's id tokens");
            }
        }
    }

    /** The person whose account it is, if it stands. */
    public Optional<Person> find(Subject subject) {
        return sql.fetchOptional(
                        "select login from identity_link where issuer = ? and subject = ?",
                        subject.issuer(),
                        subject.subject())
                .flatMap(row -> people.find(row.get(0, String.class)));
    }

    /** Who signs in as this person. */
    public List<Subject> of(String login) {
        return sql.fetch("select issuer, subject from identity_link where login = ? order by issuer, subject", login)
                .map(row -> new Subject(row.get("issuer", String.class), row.get("subject", String.class)));
    }

    /** @return false where that subject is somebody already */
    public boolean link(String login, Subject subject, String by) {
        return sql.execute(
                        "insert into identity_link (issuer, subject, login, linked, linked_by) values (?, ?, ?, ?, ?)"
                                + " on conflict do nothing",
                        subject.issuer(),
                        subject.subject(),
                        login,
                        Times.bind(clock.instant()),
                        by)
                == 1;
    }

    /** @return how many there were */
    public int endAllOf(String login) {
        return sql.execute("delete from identity_link where login = ?", login);
    }
}
