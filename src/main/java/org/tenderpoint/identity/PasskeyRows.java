package org.tenderpoint.identity;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.tenderpoint.identity.Passkeys.Passkey;

/** Passkeys as they are kept: the public half, and what the browser calls it as a hash. */
final class PasskeyRows {

    private final DSLContext sql;
    private final Clock clock;

    /** What a signature is held against. */
    record Kept(String login, byte[] credential, boolean synced, long signCount) {}

    PasskeyRows(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    List<Passkey> of(String login) {
        return sql.fetch(
                        "select id_hash, name, synced, added, used from identity_passkey where login = ?"
                                + " order by added, id_hash",
                        login)
                .map(row -> new Passkey(
                        row.get("id_hash", String.class),
                        row.get("name", String.class),
                        row.get("synced", Boolean.class),
                        Times.instant(row, "added"),
                        Optional.ofNullable(Times.instantOrNone(row, "used"))));
    }

    Optional<Kept> find(String idHash) {
        return sql.fetchOptional(
                        "select login, credential, synced, sign_count from identity_passkey where id_hash = ?", idHash)
                .map(row -> new Kept(
                        row.get("login", String.class),
                        row.get("credential", byte[].class),
                        row.get("synced", Boolean.class),
                        row.get("sign_count", Long.class)));
    }

    /** @return false where there is one with that id already */
    boolean add(String idHash, String name, Kept kept) {
        return sql.execute(
                        "insert into identity_passkey (id_hash, login, name, credential, synced, sign_count, added)"
                                + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                        idHash,
                        kept.login(),
                        name,
                        kept.credential(),
                        kept.synced(),
                        kept.signCount(),
                        Times.bind(clock.instant()))
                == 1;
    }

    void used(String idHash, long signCount) {
        sql.execute(
                "update identity_passkey set sign_count = ?, used = ? where id_hash = ?",
                signCount,
                Times.bind(clock.instant()),
                idHash);
    }

    boolean remove(String login, String idHash) {
        return sql.execute("delete from identity_passkey where id_hash = ? and login = ?", idHash, login) == 1;
    }
}
