package org.tenderpoint.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What an EHR has open when it launches an app: kept here, so that a browser carries nothing but a handle. */
public final class Launches implements Upkeep.Sweep {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final DSLContext sql;
    private final Clock clock;

    Launches(DSLContext sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A launch.
     *
     * @param clientId the app that may use it
     * @param fhirUser the person who may use it, such as {@code Practitioner/…}
     * @param patient FHIR id of the patient who is open
     * @param encounter FHIR id of the encounter that is open
     * @param needPatientBanner false where the EHR shows whose record it is
     * @param intent what the EHR has in mind
     */
    public record Launch(
            String clientId,
            String fhirUser,
            @Nullable String patient,
            @Nullable String encounter,
            boolean needPatientBanner,
            @Nullable String intent) {}

    /** Keeps a launch for five minutes and gives its handle. */
    public String begin(Launch launch) {
        var handle = Secrets.random();
        sql.execute(
                "insert into identity_launch (hash, content, until) values (?, ?, ?)",
                Secrets.hash(handle),
                Json.write(launch),
                Times.bind(clock.instant().plus(LIFE)));
        return handle;
    }

    /** The launch of a handle, if it can still be used. */
    public Optional<Launch> find(String handle) {
        return sql.fetchOptional(
                        "select content from identity_launch where hash = ? and until > ?",
                        Secrets.hash(handle),
                        Times.bind(clock.instant()))
                .map(row -> Json.read(row.get(0, String.class), Launch.class));
    }

    /** Uses it up; false where somebody else was quicker. */
    public boolean use(String handle) {
        return sql.execute("delete from identity_launch where hash = ?", Secrets.hash(handle)) == 1;
    }

    @Override
    public void sweep() {
        sql.execute("delete from identity_launch where until < ?", Times.bind(clock.instant()));
    }
}
