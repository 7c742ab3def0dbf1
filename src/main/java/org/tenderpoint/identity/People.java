package org.tenderpoint.identity;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/** The people with an account: those of the settings, and those in the database. */
public final class People {

    private final Map<String, Person> configured;
    private final DSLContext sql;
    private final Clock clock;

    /** @param configured each login once */
    People(List<Person> configured, DSLContext sql, Clock clock) {
        this.configured = configured.stream().collect(Collectors.toUnmodifiableMap(Person::login, Function.identity()));
        this.sql = sql;
        this.clock = clock;
    }

    /** The person with this login, if her account stands and is not locked. */
    public Optional<Person> find(String login) {
        var fixed = configured.get(login);
        return fixed != null
                ? Optional.of(fixed)
                : sql.fetchOptional(
                                "select registration from identity_person"
                                        + " where login = ? and ended is null and locked is null",
                                login)
                        .map(row -> Json.read(row.get(0, String.class), Person.class));
    }

    /** The logins of accounts that are locked. */
    public Set<String> locked() {
        return Set.copyOf(sql.fetch("select login from identity_person where locked is not null and ended is null")
                .map(row -> row.get(0, String.class)));
    }

    /** Locks an account; false where there is none in the database that is not. Her sessions and grants are ended besides. */
    public boolean lock(String login, String by) {
        return sql.execute(
                        "update identity_person set locked = ?, locked_by = ?"
                                + " where login = ? and ended is null and locked is null",
                        Times.bind(clock.instant()),
                        by,
                        login)
                == 1;
    }

    /** @return false where there is no account in the database that is locked */
    public boolean unlock(String login) {
        return sql.execute(
                        "update identity_person set locked = null, locked_by = null"
                                + " where login = ? and ended is null and locked is not null",
                        login)
                == 1;
    }

    /** All of them, locked ones too, in the order of their logins. */
    public List<Person> all() {
        var all = new ArrayList<>(configured.values());
        all.addAll(sql.fetch("select registration from identity_person where ended is null")
                .map(row -> Json.read(row.get(0, String.class), Person.class)));
        all.sort((one, other) -> one.login().compareTo(other.login()));
        return all;
    }

    /** @return false where the login is taken, also by somebody whose account has ended: the audit names people by it */
    public boolean register(Person person, String by) {
        return !configured.containsKey(person.login())
                && sql.execute(
                                "insert into identity_person (login, registration, registered, registered_by)"
                                        + " values (?, ?, ?, ?) on conflict do nothing",
                                person.login(),
                                Json.write(person),
                                Times.bind(clock.instant()),
                                by)
                        == 1;
    }

    /** Sets a password, of a locked account too; false where there is no such account in the database. */
    public boolean setPassword(String login, String encoded, boolean mustChange) {
        return all().stream()
                .filter(person -> person.login().equals(login))
                .findFirst()
                .filter(person -> sql.execute(
                                "update identity_person set registration = ? where login = ? and ended is null",
                                Json.write(person.withPassword(encoded, mustChange)),
                                login)
                        == 1)
                .isPresent();
    }

    /** Ends an account; false where there is none in the database. Her sessions and grants are ended besides. */
    public boolean end(String login, String by) {
        return sql.execute(
                        "update identity_person set ended = ?, ended_by = ? where login = ? and ended is null",
                        Times.bind(clock.instant()),
                        by,
                        login)
                == 1;
    }
}
