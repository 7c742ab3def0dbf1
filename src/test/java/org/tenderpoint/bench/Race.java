package org.tenderpoint.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Runs a work and its floor in turns, in short slices, so that a machine that drifts drifts under both. */
final class Race {

    /** Something to be done over and over by one thread. */
    interface Step extends AutoCloseable {
        void run() throws Exception;

        @Override
        default void close() throws Exception {}
    }

    /** Makes the step of one thread. */
    interface Lane {
        Step step(int thread) throws Exception;
    }

    /**
     * What was measured.
     *
     * @param perSecond all threads together
     * @param medianMillis of single steps
     * @param p95Millis of single steps
     * @param cpuMillis CPU time a step of the server's threads, without client, database, compiler and collector
     */
    record Rate(double perSecond, double medianMillis, double p95Millis, double cpuMillis) {}

    private static final List<String> SERVER_THREADS = List.of("http-", "audit-");
    private static final int WARM_UP_STEPS = 20_000;
    /** What the compiler needs that has seen nothing yet. */
    static final int COLD = 40;

    /** What caches need that have seen another store. */
    static final int WARM = 3;

    private final int threads;
    private final Duration slice;
    private final int rounds;
    private final int warmUp;

    /** @param warmUp slices before any counts, at most */
    Race(int threads, Duration slice, int rounds, int warmUp) {
        this.threads = threads;
        this.slice = slice;
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    /** The rates of some lanes, run in turns, after a warm-up that does not count. */
    List<Rate> run(List<Lane> lanes) throws Exception {
        var samples = new ArrayList<Samples>();
        var steps = new ArrayList<List<Step>>();
        for (var lane : lanes) {
            samples.add(new Samples());
            var own = new ArrayList<Step>();
            for (int thread = 0; thread < threads; thread++) {
                own.add(lane.step(thread));
            }
            steps.add(own);
        }
        for (var own : steps) {
            warmUp(own);
        }
        for (int round = 0; round < rounds; round++) {
            for (int lane = 0; lane < lanes.size(); lane++) {
                slice(steps.get(lane), samples.get(lane));
            }
        }
        for (var own : steps) {
            for (var step : own) {
                step.close();
            }
        }
        return samples.stream().map(Samples::rate).toList();
    }

    /** Until the compiler has little left to do: it wants calls, not seconds, and takes the work's processor time. */
    private void warmUp(List<Step> steps) throws Exception {
        var compiler = ManagementFactory.getCompilationMXBean();
        var warm = new Samples();
        var compiled = slice.toMillis();
        for (var slices = 0;
                slices < warmUp && (warm.count() < WARM_UP_STEPS || compiled > slice.toMillis() / 10);
                slices++) {
            var before = compiler.getTotalCompilationTime();
            slice(steps, warm);
            compiled = compiler.getTotalCompilationTime() - before;
        }
    }

    private void slice(List<Step> steps, Samples samples) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var cpu = cpuNanos();
            var begin = System.nanoTime();
            var end = begin + slice.toNanos();
            var running = steps.stream()
                    .map(step -> pool.submit(() -> {
                        var times = new Times();
                        for (var from = System.nanoTime(); from < end; ) {
                            step.run();
                            var to = System.nanoTime();
                            times.add(to - from);
                            from = to;
                        }
                        return times;
                    }))
                    .toList();
            for (var one : running) {
                samples.times.add(one.get());
            }
            samples.nanos += System.nanoTime() - begin;
            samples.cpu += cpuNanos() - cpu;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        } finally {
            pool.shutdown();
        }
    }

    private static long cpuNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && SERVER_THREADS.stream().anyMatch(info.getThreadName()::startsWith))
                .mapToLong(info -> threads.getThreadCpuTime(info.getThreadId()))
                .sum();
    }

    private static final class Samples {
        private final List<Times> times = new ArrayList<>();
        private long nanos;
        private long cpu;

        int count() {
            return times.stream().mapToInt(one -> one.count).sum();
        }

        Rate rate() {
            var all = times.stream()
                    .flatMapToLong(t -> Arrays.stream(t.nanos, 0, t.count))
                    .sorted()
                    .toArray();
            return new Rate(
                    all.length * 1e9 / nanos,
                    all[all.length / 2] / 1e6,
                    all[(int) (all.length * 0.95)] / 1e6,
                    cpu / 1e6 / all.length);
        }
    }

    private static final class Times {
        private long[] nanos = new long[1024];
        private int count;

        void add(long time) {
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = time;
        }
    }
}
