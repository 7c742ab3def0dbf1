package org.tenderpoint.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/**
 * The server finds what R4 says it finds, and what HAPI finds. A failure prints the smallest searches that still show a
 * difference, with the seed: {@code -Doracle.seed=...} asks them again.
 */
class DifferentialStoryTest {

    private static final Logger LOG = LoggerFactory.getLogger(DifferentialStoryTest.class);
    private static final long SEED = Long.getLong("oracle.seed", 20260401);
    private static final int SEARCHES = Integer.getInteger("oracle.searches", 150);
    private static final int ENOUGH = Integer.getInteger("oracle.enough", 5);

    private static final TimeZone ZONE = TimeZone.getDefault();
    private static final Elements ELEMENTS = new Elements(FhirContext.forR4Cached());

    /** HAPI reads a date without a zone in the zone of the machine; the server, and R4's examples, in UTC. */
    @BeforeAll
    static void inUtc() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterAll
    static void inTheZoneFromBefore() {
        TimeZone.setDefault(ZONE);
    }

    @EachDatabase
    void serverSpecificationAndHapiFindTheSame(Database database) {
        var dice = new Dice(SEED);
        var server = Server.on(database);
        var valueSets = new KnownValueSets(ELEMENTS.fhir());
        var loaded = Loaded.into(
                server,
                ELEMENTS.fhir(),
                dice,
                valueSets.codes(),
                UUID.randomUUID().toString());
        var comparison = new Comparison(server, ELEMENTS, loaded, valueSets);
        var searches = new RandomSearch(dice, ELEMENTS, loaded, comparison.offered(), valueSets);

        var differences = new ArrayList<String>();
        for (int i = 0; i < SEARCHES && differences.size() < ENOUGH; i++) {
            comparison.smallestDifference(searches.next()).ifPresent(difference -> {
                // A long run tells at once.
                LOG.warn("{}: {}", database, difference);
                differences.add(difference);
            });
        }

        assertThat(differences)
                .as("seed %d on %s:%n%s", SEED, database, String.join("\n", differences))
                .isEmpty();
        assertThat(comparison.judgements()).as("resources that HAPI judged").isGreaterThan(5 * SEARCHES);
        if (HapiJpaProcess.url().isPresent()) {
            assertThat(comparison.askedOfJpa())
                    .as("searches that HAPI's JPA server answered")
                    .isGreaterThan(SEARCHES / 2);
        }
        LOG.info(
                "{}: {} searches, {} answered by HAPI's JPA server, {} judgements of its matcher",
                database,
                SEARCHES,
                comparison.askedOfJpa(),
                comparison.judgements());
    }
}
