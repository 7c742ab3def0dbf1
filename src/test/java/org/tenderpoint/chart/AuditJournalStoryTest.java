package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.issue.UnsafeSetting;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;

/** What was shown reaches the audit once, whatever fails between the answer and the database. */
class AuditJournalStoryTest {

    private static final Caller CLINIC = new Caller("clinic", Role.CLINIC, UUID.randomUUID(), Scopes.ALL_SYSTEM);
    private static final OpenSealing SEALING = new OpenSealing();
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private DriverManagerDataSource source = new DriverManagerDataSource();
    private DSLContext sql = DSL.using(SQLDialect.H2);
    private Path folder = Path.of("unused");
    private AuditJournal journal = journal(sql, false);

    @AfterEach
    void stop() {
        journal.stop();
    }

    @EachDatabase
    void whatWasShownIsInTheAuditAndNothingIsLeftOfTheJournal(Database database) throws Exception {
        open(database);
        var entry = shown("read").ofVersion(3).ofPatients(Set.of(7L, 8L)).about(2);

        journal.note(entry);
        journal.settle();

        assertThat(sql.fetchValue("select client_id from audit where interaction = 'read'"))
                .isEqualTo("clinic");
        assertThat(sql.fetchValue("select version from audit")).isEqualTo(3);
        assertThat((Object[]) sql.fetchValue("select patients from audit")).containsExactlyInAnyOrder(7L, 8L);
        journal.stop();
        assertThat(files()).isEmpty();
    }

    @EachDatabase
    void whatTheDatabaseDidNotTakeComesWithTheNextStart(Database database) throws Exception {
        open(database);
        sql.execute("alter table audit rename to away");

        journal.note(shown("read").ofPatients(Set.of(7L, 8L)));
        untilItFails();
        journal.stop();

        assertThat(files()).as("kept").hasSize(1);
        sql.execute("alter table away rename to audit");
        journal = journal(sql, false);
        journal.start();
        assertThat(number("read")).isEqualTo(1);
        assertThat((Object[]) sql.fetchValue("select patients from audit")).containsExactlyInAnyOrder(7L, 8L);
        journal.stop();
        assertThat(files()).isEmpty();
    }

    @EachDatabase
    void nothingIsShownWhileTheDatabaseTakesNoEntry(Database database) throws Exception {
        open(database);
        sql.execute("alter table audit rename to away");
        journal.note(shown("read"));
        untilItFails();

        assertThatThrownBy(() -> journal.note(shown("vread")))
                .as("no access without its entry")
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> journal.settle()).as("no report without it").isInstanceOf(RuntimeException.class);

        sql.execute("alter table away rename to audit");
        untilItSettles();
        journal.note(shown("vread"));
        journal.settle();
        assertThat(number("read")).isEqualTo(1);
        assertThat(number("vread")).as("the refused one is not there").isEqualTo(1);
    }

    @EachDatabase
    void whatIsThereAlreadyIsNotBroughtTwice(Database database) throws Exception {
        open(database);
        var row = new AuditRows(new PkAllocator(sql), SEALING)
                .row(shown("read"), IndexRows.utc(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS)));
        leave("left.journal", new JournalEntries(SEALING, "left").line(row));
        restart();
        assertThat(number("read")).isEqualTo(1);

        leave("left.journal", new JournalEntries(SEALING, "left").line(row));
        restart();

        assertThat(number("read")).isEqualTo(1);
        assertThat(files()).as("the two that it writes to").hasSize(2);
    }

    @EachDatabase
    void aLineThatWasNotFinishedWasNotShown(Database database) throws Exception {
        open(database);
        var row = new AuditRows(new PkAllocator(sql), SEALING)
                .row(shown("read"), IndexRows.utc(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS)));
        leave("left.journal", new JournalEntries(SEALING, "left").line(row));
        leave("left.journal", "audit journal:{\"id\": 1".getBytes(StandardCharsets.UTF_8));

        restart();

        assertThat(number("read")).isEqualTo(1);
        assertThat(number("audit-journal")).isZero();
    }

    @EachDatabase
    void aLineThatNobodyHereHasWrittenIsToldOfAndKept(Database database) throws Exception {
        open(database);
        var row = new AuditRows(new PkAllocator(sql), SEALING)
                .row(shown("read"), IndexRows.utc(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS)));
        leave("left.journal", new JournalEntries(SEALING, "left").line(row));
        leave("left.journal", "forged\n".getBytes(StandardCharsets.UTF_8));

        restart();

        assertThat(sql.fetchValue(
                        "select ground from audit where interaction = 'audit-journal' and outcome = 'refused'"))
                .isEqualTo("1 entries of a journal could not be read");
        assertThat(files()).contains("left.journal.unreadable");
    }

    @EachDatabase
    void aFileOfAnotherInstallationStays(Database database) throws Exception {
        open(database);
        leave("left.journal", "foreign\n".getBytes(StandardCharsets.UTF_8));

        restart();

        assertThat(files()).contains("left.journal");
        assertThat(number("audit-journal")).isZero();
    }

    @EachDatabase
    void anEntryThatTheDatabaseRefusesHoldsUpNoOther(Database database) throws Exception {
        open(database);
        sql.execute("alter table audit add constraint refuses check (interaction <> 'vread')");

        journal.note(shown("read"));
        journal.note(shown("vread"));
        journal.note(shown("search"));
        untilItSettles();

        assertThat(number("read")).isEqualTo(1);
        assertThat(number("search")).isEqualTo(1);
        assertThat(sql.fetchValue("select ground from audit where interaction = 'audit-journal'"))
                .isEqualTo("1 entries of a journal were refused by the database");
        assertThat(files()).anyMatch(name -> name.endsWith(".unreadable"));
        journal.note(shown("read"));
        untilItSettles();
        assertThat(number("read")).as("it goes on").isEqualTo(2);
    }

    @EachDatabase
    void anotherEntryOfTheSameNumberIsNotTakenForIt(Database database) throws Exception {
        open(database);
        var pks = new PkAllocator(sql);
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        var row = new AuditRows(pks, SEALING).row(shown("read"), IndexRows.utc(now));
        leave("left.journal", new JournalEntries(SEALING, "left").line(row));
        restart();
        row[AuditRows.COLUMNS.indexOf(AuditRows.RECORDED)] = IndexRows.utc(now.plusSeconds(1));
        leave("left.journal", new JournalEntries(SEALING, "left").line(row));

        restart();

        assertThat(number("read")).isEqualTo(1);
        assertThat(number("audit-journal")).as("told of").isEqualTo(1);
        assertThat(files()).anyMatch(name -> name.endsWith(".unreadable"));
    }

    @EachDatabase
    void aFolderThatAnotherServerUsesIsLeftAlone(Database database) throws Exception {
        open(database);
        sql.execute("alter table audit rename to away");
        journal.note(shown("read"));
        untilItFails();

        var second = journal(sql, false);
        second.start();
        assertThat(files()).hasSize(4);
        second.stop();

        sql.execute("alter table away rename to audit");
        untilItSettles();
        assertThat(number("read")).isEqualTo(1);
    }

    @EachDatabase
    void whoeverWantsItOnTheDatabasesDiskHasNoJournal(Database database) throws Exception {
        open(database);
        journal.stop();
        journal = journal(sql, true);
        journal.start();

        journal.note(shown("read"));

        assertThat(number("read")).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    @EachDatabase
    void anEntryThatTheDatabaseRefusesForEverKeepsNoOtherAwayAndNoServerFromStarting(Database database)
            throws Exception {
        open(database);
        sql.execute("alter table audit add constraint never check (interaction <> 'vread')");
        journal.note(shown("vread"));
        journal.note(shown("read"));
        untilItFails();

        restart();

        assertThat(number("read")).isEqualTo(1);
        assertThat(sql.fetchValue("select ground from audit where interaction = 'audit-journal'"))
                .isEqualTo("1 entries of a journal were refused by the database");
        assertThat(files()).anyMatch(name -> name.endsWith(".unreadable"));
        journal.settle();
    }

    @EachDatabase
    void whoeverWaitsIsToldWhereTheThreadFailsOrTheServerStops(Database database) throws Exception {
        open(database);
        var errors = new AtomicInteger(1);
        journal.stop();
        journal = journal(
                new AuditTrail(
                        sql, new JdbcTransactionManager(source), new PkAllocator(sql), Clock.systemUTC(), SEALING) {
                    @Override
                    void bring(List<@Nullable Object[]> rows) {
                        if (errors.getAndDecrement() > 0) {
                            throw new OutOfMemoryError("tried out");
                        }
                        super.bring(rows);
                    }
                },
                false);
        journal.start();
        journal.note(shown("read"));

        assertThatThrownBy(journal::settle).isInstanceOf(IllegalStateException.class);
        untilItSettles();
        assertThat(number("read")).isEqualTo(1);
    }

    @EachDatabase
    void nobodyWaitsForWhatWasLeftWhenTheServerStopped(Database database) throws Exception {
        open(database);
        sql.execute("alter table audit rename to away");
        journal.note(shown("read"));
        untilItFails();
        journal.stop();
        sql.execute("alter table away rename to audit");

        journal.start();

        journal.settle();
        journal.note(shown("read"));
        journal.settle();
        assertThat(number("read")).isEqualTo(2);
    }

    @EachDatabase
    void withoutItsFilesEachEntryIsInTheDatabaseAtOnce(Database database) throws Exception {
        open(database);
        for (var file : files()) {
            Files.delete(folder.resolve(file));
        }
        journal.note(shown("read"));
        journal.settle();

        journal.note(shown("vread"));

        assertThat(number("vread")).as("nobody has settled it").isEqualTo(1);
        assertThat(number("read")).isEqualTo(1);
    }

    @Test
    void aFileThatIsTakenAwayWhileItIsLookedAtIsReadToItsEnd() throws IOException {
        folder = Database.folder("journal-");
        leave("left.journal", "one\ntwo\nthr".getBytes(StandardCharsets.UTF_8));
        var left = JournalFile.leftBehind(folder);
        Files.delete(folder.resolve("left.journal"));

        assertThat(left).hasSize(1);
        assertThat(left.get(0).lines()).containsExactly("one", "two");
        left.get(0).remove();
    }

    @Test
    void aFolderThatCannotBeUsedStopsTheStart() throws IOException {
        folder = Files.createTempFile("no-folder", "");
        journal = journal(sql, false);

        assertThatThrownBy(() -> journal.start())
                .isInstanceOfSatisfying(UnsafeSetting.class, setting -> assertThat(setting.remedy())
                        .contains("tenderpoint.chart.audit-journal"));
    }

    private static Entry shown(String interaction) {
        return Entry.done(CLINIC, interaction, "Patient", UUID.randomUUID(), "of the clinic")
                .about(1);
    }

    private int number(String interaction) {
        return sql.fetchCount(DSL.table("audit"), DSL.condition("interaction = {0}", DSL.inline(interaction)));
    }

    private void untilItFails() {
        assertThatThrownBy(() -> {
                    while (true) {
                        journal.settle();
                    }
                })
                .isInstanceOf(RuntimeException.class);
    }

    private void untilItSettles() throws InterruptedException {
        var until = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            try {
                journal.settle();
                return;
            } catch (RuntimeException notYet) {
                assertThat(System.nanoTime()).isLessThan(until);
                Thread.sleep(20);
            }
        }
    }

    private void leave(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void restart() {
        journal.stop();
        journal = journal(sql, false);
        journal.start();
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("lock"))
                    .sorted()
                    .toList();
        }
    }

    private AuditJournal journal(DSLContext into, boolean readsWaitForDisk) {
        return journal(
                new AuditTrail(
                        into, new JdbcTransactionManager(source), new PkAllocator(into), Clock.systemUTC(), SEALING),
                readsWaitForDisk);
    }

    private AuditJournal journal(AuditTrail audit, boolean readsWaitForDisk) {
        return new AuditJournal(
                audit,
                SEALING,
                new ChartProperties(
                        Duration.ofDays(90), Duration.ofSeconds(10), true, false, folder, readsWaitForDisk));
    }

    /** A new database and a new folder, and a journal at work between them. */
    private void open(Database database) throws Exception {
        var name = "journal_" + UUID.randomUUID().toString().replace("-", "");
        var url = "jdbc:h2:mem:" + name + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1";
        if (database == Database.POSTGRESQL) {
            try (var connection = DriverManager.getConnection(database.url(), database.user(), "")) {
                DSL.using(connection).execute("create database " + name);
            }
            url = database.url().replace("/postgres?", "/" + name + "?");
        }
        source = new DriverManagerDataSource(url, database.user(), "");
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", "classpath:db/" + (database == Database.H2 ? "h2" : "postgresql"))
                .load()
                .migrate();
        sql = DSL.using(new DefaultConfiguration()
                .set(database == Database.H2 ? SQLDialect.H2 : SQLDialect.POSTGRES)
                .set(new DataSourceConnectionProvider(source)));
        folder = Database.folder("journal-");
        journal = journal(sql, false);
        journal.start();
    }
}
