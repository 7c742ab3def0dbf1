package org.tenderpoint.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.tenderpoint.access.Sealing;
import org.tenderpoint.chart.AuditTrail.Entry;
import org.tenderpoint.issue.UnsafeSetting;
import org.tenderpoint.issue.Wordless;

/**
 * What was shown, on its way into the audit. An entry is in a file of this server before the answer leaves and a moment
 * later in the database, together with those of the same moment: a statement and a commit of its own would cost more than
 * finding what is shown. A server that is killed leaves the file, and the next one that starts in the same folder brings
 * in what is in it.
 *
 * <p>There are two files: into one the entries go while those of the other are brought into the database. Where the file
 * cannot be written, or the database has not taken what is in it, an entry is written into the database before the
 * answer, as all others are: no access without its entry.
 */
class AuditJournal implements SmartLifecycle {

    /** How long entries gather. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofSeconds(1);

    /** What is not brought in by then waits in its file for the next start. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    /** A disk that is almost full takes one entry and not the next. */
    private static final Duration BEFORE_IT_IS_TOLD_AGAIN = Duration.ofMinutes(1);

    /** More than a database that keeps up ever leaves waiting, and fewer than one seal takes of the same moment. */
    private static final int MOST_WAITING = 5_000;

    private static final Logger log = LoggerFactory.getLogger(AuditJournal.class);

    private final AuditTrail audit;
    private final JournalLeftBehind leftBehind;
    private final Sealing sealing;
    private final Path folder;
    private final boolean isUsed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private List<@Nullable Object[]> waiting = new ArrayList<>();
    private @Nullable JournalFile filled;
    private @Nullable JournalFile other;
    private volatile @Nullable JournalEntries entries;
    private @Nullable Thread bringing;
    private @Nullable RuntimeException failure;
    private boolean takes;
    private boolean hasEnded;
    private long told = System.nanoTime() - BEFORE_IT_IS_TOLD_AGAIN.toNanos();
    private long noted;
    private long brought;
    private int hurried;

    /** @param properties say where its folder is, and whether what is shown waits for the database instead */
    AuditJournal(AuditTrail audit, Sealing sealing, ChartProperties properties) {
        this.audit = audit;
        this.folder = properties.auditJournal();
        this.leftBehind = new JournalLeftBehind(audit, sealing, folder);
        this.sealing = sealing;
        this.isUsed = !properties.readsWaitForDisk();
    }

    /** Writes down what is about to be shown; throws where it cannot: no unaudited access. */
    void note(Entry entry) {
        var row = audit.row(entry);
        if (!keep(row)) {
            audit.write(row);
        }
    }

    private boolean keep(@Nullable Object[] row) {
        var own = entries;
        if (own == null) {
            return false;
        }
        var line = own.line(row);
        lock.lock();
        try {
            if (!takes || filled == null || failure != null || waiting.size() >= MOST_WAITING) {
                return false;
            }
            filled.append(line);
            waiting.add(row);
            noted++;
            if (waiting.size() == 1) {
                changed.signalAll();
            }
            return true;
        } catch (IOException cannotBeWritten) {
            if (System.nanoTime() - told >= BEFORE_IT_IS_TOLD_AGAIN.toNanos()) {
                told = System.nanoTime();
                log.error("the audit's journal cannot be written; reads wait for the database", cannotBeWritten);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when all that this server has shown until now is in the database, for whoever reads the audit there.
     *
     * @throws RuntimeException the failure of the database, where it does not take them
     */
    void settle() {
        lock.lock();
        try {
            var mine = noted;
            hurried++;
            changed.signalAll();
            while (brought < mine && failure == null && !hasEnded) {
                changed.awaitUninterruptibly();
            }
            if (brought < mine) {
                throw failure != null ? failure : new IllegalStateException("the audit's journal has stopped");
            }
        } finally {
            hurried--;
            lock.unlock();
        }
    }

    @Override
    public void start() {
        if (!isUsed) {
            return;
        }
        try {
            JournalFile.inTurn(folder, this::open);
        } catch (IOException failed) {
            throw new UnsafeSetting(
                    "The folder of the audit's journal cannot be used: " + failed + ".",
                    "Let tenderpoint.chart.audit-journal name a folder that the server may write and that outlives it, or set"
                            + " tenderpoint.chart.reads-wait-for-disk to true.");
        }
        var thread = new Thread(this::bringAll, "audit-journal");
        thread.setDaemon(true);
        lock.lock();
        try {
            takes = true;
            bringing = thread;
            // What an earlier run has left was brought in with the other files.
            brought = noted;
            failure = null;
            hasEnded = false;
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    private void open() throws IOException {
        for (var left : JournalFile.leftBehind(folder)) {
            leftBehind.bringIn(left);
        }
        var run = UUID.randomUUID().toString();
        filled = JournalFile.create(folder, run, 1);
        other = JournalFile.create(folder, run, 2);
        entries = new JournalEntries(sealing, run);
    }

    private void bringAll() {
        try {
            for (var batch = next(); !batch.isEmpty(); batch = next()) {
                bring(batch);
            }
        } finally {
            end();
        }
    }

    /** Nobody waits for a thread that is not there any more. */
    private void end() {
        lock.lock();
        try {
            hasEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What has gathered; nothing where the server stops. */
    private List<@Nullable Object[]> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && takes) {
                changed.awaitUninterruptibly();
            }
            pause(GATHERING);
            var batch = waiting;
            waiting = new ArrayList<>();
            var full = filled;
            filled = other;
            other = full;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void bring(List<@Nullable Object[]> batch) {
        var again = false;
        while (true) {
            try {
                if (again) {
                    // The commit may have been carried out and its answer lost.
                    leftBehind.bring(batch);
                } else {
                    audit.bring(batch);
                }
                brought(batch.size());
                return;
            } catch (RuntimeException | Error failed) {
                // Without memory too: it may be there a second later, and without this thread nothing is brought in.
                if (!waitAfter(failed instanceof RuntimeException known ? known : new IllegalStateException(failed))) {
                    return;
                }
                again = true;
            }
        }
    }

    private void brought(int entriesOfBatch) {
        lock.lock();
        try {
            brought += entriesOfBatch;
            failure = null;
            changed.signalAll();
            if (other != null) {
                other.erase();
                if (!other.isThere()) {
                    doWithout();
                }
            }
        } catch (IOException stays) {
            // What stays in the file is known to be in the database when it is brought in again.
            log.warn("the audit's journal could not be emptied", stays);
        } finally {
            lock.unlock();
        }
    }

    /** What is written to a file that somebody took away is nowhere once the server is killed. */
    private void doWithout() throws IOException {
        log.error(
                "the audit's journal in {} was taken away; reads wait for the database until the server is started again",
                folder);
        for (var file : new JournalFile[] {filled, other}) {
            if (file != null) {
                file.close();
            }
        }
        filled = null;
        other = null;
    }

    /** @return false where the server stops; the file stays then */
    private boolean waitAfter(RuntimeException failed) {
        lock.lock();
        try {
            if (failure == null) {
                log.error("the audit's journal was not brought into the database", Wordless.of(failed));
            }
            failure = failed;
            changed.signalAll();
            if (takes) {
                var left = BEFORE_ANOTHER_TRY.toNanos();
                while (left > 0 && takes) {
                    left = await(left);
                }
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, unless somebody waits for what has gathered. */
    private void pause(Duration longest) {
        var left = longest.toNanos();
        while (left > 0 && takes && hurried == 0) {
            left = await(left);
        }
    }

    private long await(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException nobodyInterruptsThisThread) {
            throw new IllegalStateException(nobodyInterruptsThisThread);
        }
    }

    /** Brings in what is left; from now on entries are written into the database by whoever shows something. */
    @Override
    public void stop() {
        Thread thread;
        lock.lock();
        try {
            takes = false;
            changed.signalAll();
            thread = bringing;
            bringing = null;
        } finally {
            lock.unlock();
        }
        if (thread == null) {
            return;
        }
        try {
            thread.join(LONGEST_STOP.toMillis());
            close(thread.isAlive());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (IOException failed) {
            log.warn("the audit's journal could not be taken away", failed);
        }
    }

    private void close(boolean isStillRead) throws IOException {
        lock.lock();
        try {
            // What the database has not taken waits for the next start.
            for (var file : new JournalFile[] {filled, other}) {
                if (file != null && !isStillRead && file.isEmpty()) {
                    file.remove();
                } else if (file != null) {
                    file.close();
                }
            }
            filled = null;
            other = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return takes;
        } finally {
            lock.unlock();
        }
    }

    /** Before requests are answered, and until after the last of them. */
    @Override
    public int getPhase() {
        return 0;
    }
}
