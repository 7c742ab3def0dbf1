package org.tenderpoint.guard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way in which this server asks another: for a small document, for seconds from the name to the last byte, without
 * redirects, and only where the gate lets it go. An answer that comes in drops is cut off; its connection is closed, and
 * nobody waits for it.
 */
public final class Outbound {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final Gate gate;
    private final Duration whole;
    private final int largest;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /** Whoever is asked for an address may be slow to answer too. */
    private final ExecutorService names = Executors.newFixedThreadPool(4, work -> {
        var worker = new Thread(work, "outbound-names");
        worker.setDaemon(true);
        return worker;
    });

    /** Which addresses may be asked. */
    @FunctionalInterface
    public interface Gate {
        /** @throws IOException where this one may not be, before anything is sent there */
        void require(URI uri) throws IOException;
    }

    /**
     * @param gate which addresses may be asked
     * @param whole how long an answer may take, all of it
     * @param largest how many bytes it may have
     */
    public Outbound(Gate gate, Duration whole, int largest) {
        this.gate = gate;
        this.whole = whole;
        this.largest = largest;
    }

    /**
     * Gets a document.
     *
     * @throws IOException where it may not be asked for, or is not answered with 200 in time and size; the cause says which
     */
    public String get(URI uri) throws IOException {
        return read(ask(uri, Map.of(), HttpRequest.BodyPublishers.noBody(), "GET"));
    }

    /**
     * Sends a document and reads the answer.
     *
     * @param headers of the request, besides {@code Accept}
     * @throws IOException as {@link #get}
     */
    public String post(URI uri, Map<String, String> headers, String body) throws IOException {
        return read(ask(uri, headers, HttpRequest.BodyPublishers.ofString(body), "POST"));
    }

    /**
     * Sends a document to somebody who may say anything to it.
     *
     * @param headers of the request, besides {@code Accept}
     * @return the status of the answer; what else it says is not read
     * @throws IOException where it may not be sent there, or nobody answers in time
     */
    public int deliver(URI uri, Map<String, String> headers, String body) throws IOException {
        return ask(uri, headers, HttpRequest.BodyPublishers.ofString(body), "POST")
                .statusCode();
    }

    private HttpResponse<byte[]> ask(
            URI uri, Map<String, String> headers, HttpRequest.BodyPublisher body, String method) throws IOException {
        var until = System.nanoTime() + whole.toNanos();
        await(
                names.submit(() -> {
                    gate.require(uri);
                    return uri;
                }),
                until);
        try {
            var request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
            headers.forEach(request::header);
            var sent = http.sendAsync(
                    request.method(method, body).build(),
                    answer -> new SmallBody(answer.statusCode() == OK ? largest : 0));
            return await(sent, until);
        } catch (IllegalArgumentException unusable) {
            throw new IOException("could not be read", unusable);
        }
    }

    private static String read(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != OK) {
            throw new IOException("could not be read", new IOException("answered " + answer.statusCode()));
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static <T> T await(Future<T> future, long until) throws IOException {
        try {
            return future.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            // Closes the connection, so that nothing goes on dripping behind our back.
            future.cancel(true);
            throw new IOException("took too long", slow);
        } catch (ExecutionException failed) {
            throw new IOException("could not be read", failed.getCause());
        } catch (InterruptedException stopped) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }
}
