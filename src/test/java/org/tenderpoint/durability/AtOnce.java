package org.tenderpoint.durability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Several requests that start in the same moment. */
final class AtOnce {

    private AtOnce() {}

    /** The answers, in the order of the requests. */
    static <T> List<T> all(List<Callable<T>> requests) {
        var start = new CyclicBarrier(requests.size());
        var threads = Executors.newFixedThreadPool(requests.size());
        try {
            var running = requests.stream()
                    .map(request -> threads.submit(() -> {
                        start.await();
                        return request.call();
                    }))
                    .toList();
            var answers = new ArrayList<T>();
            for (var answer : running) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException failed) {
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        } finally {
            threads.shutdownNow();
        }
    }
}
