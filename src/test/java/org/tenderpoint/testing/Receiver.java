package org.tenderpoint.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** A system that is notified: what it was sent, and what it answers. */
public final class Receiver implements AutoCloseable {

    private final HttpServer http;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile Consumer<Received> before = one -> {};

    /** Something that was sent. */
    public record Received(Headers headers, JsonNode bundle) {

        /** A parameter of the status that comes first; the text of its value. */
        public String status(String name) {
            return value(bundle.at("/entry/0/resource/parameter"), name);
        }

        /** A part of what it tells of the event. */
        public String event(String name) {
            for (var parameter : bundle.at("/entry/0/resource/parameter")) {
                if (parameter.path("name").asText().equals("notification-event")) {
                    return value(parameter.path("part"), name);
                }
            }
            return "";
        }

        private static String value(JsonNode among, String name) {
            return StreamSupport.stream(among.spliterator(), false)
                    .filter(one -> one.path("name").asText().equals(name))
                    .flatMap(one ->
                            StreamSupport.stream(one.spliterator(), false).skip(1))
                    .map(value -> value.isObject() ? value.path("reference").asText() : value.asText())
                    .findFirst()
                    .orElse("");
        }
    }

    public Receiver() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.start();
    }

    /** Where it is notified. */
    public String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/notify";
    }

    /** From here on it answers that. */
    public void answers(int next) {
        status = next;
    }

    /** What happens when something has arrived, before it is answered. */
    public void whenReceived(Consumer<Received> happens) {
        before = happens;
    }

    /** All that was sent and taken, or not taken, in its order. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Those that tell of an event. */
    public List<Received> events() {
        return received.stream()
                .filter(one -> one.status("type").equals("event-notification"))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var one = new Received(exchange.getRequestHeaders(), new ObjectMapper().readTree(body));
        received.add(one);
        before.accept(one);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
