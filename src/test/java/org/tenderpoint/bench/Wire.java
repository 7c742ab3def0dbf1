package org.tenderpoint.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection kept alive, and as little else as possible: a client that costs much would be measured
 * together with the server, both sharing the same cores.
 */
final class Wire implements AutoCloseable {

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;
    private @Nullable OutputStream out;

    Wire(int port) {
        this.port = port;
    }

    /** An answer's status and body. */
    record Answer(int status, byte[] body) {

        String text() {
            return new String(body, UTF_8);
        }

        Answer expect(int expected) {
            if (status != expected) {
                throw new IllegalStateException(status + ": " + text());
            }
            return this;
        }
    }

    Answer get(String path, @Nullable String token) throws IOException {
        return send(head("GET", path, token) + "\r\n", new byte[0]);
    }

    Answer post(String path, @Nullable String token, String json) throws IOException {
        var body = json.getBytes(UTF_8);
        var head = head("POST", path, token) + "Content-Type: application/fhir+json\r\nContent-Length: " + body.length;
        return send(head + "\r\n\r\n", body);
    }

    private static String head(String method, String path, @Nullable String token) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/fhir+json\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n");
    }

    private Answer send(String head, byte[] body) throws IOException {
        var message = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(ISO_8859_1), 0, message, 0, head.length());
        System.arraycopy(body, 0, message, head.length(), body.length);
        if (out == null || in == null) {
            connect();
        }
        var to = java.util.Objects.requireNonNull(out);
        to.write(message);
        to.flush();
        return receive(java.util.Objects.requireNonNull(in));
    }

    private void connect() throws IOException {
        var opened = new Socket(InetAddress.getLoopbackAddress(), port);
        opened.setTcpNoDelay(true);
        socket = opened;
        in = new BufferedInputStream(opened.getInputStream(), 1 << 15);
        out = opened.getOutputStream();
    }

    private Answer receive(InputStream from) throws IOException {
        var status = Integer.parseInt(line(from).substring(9, 12));
        var length = -1;
        var chunked = false;
        var last = false;
        for (var header = line(from); !header.isEmpty(); header = line(from)) {
            var name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("content-length:")) {
                length = Integer.parseInt(
                        name.substring("content-length:".length()).trim());
            } else if (name.startsWith("transfer-encoding:")) {
                chunked = name.endsWith("chunked");
            } else if (name.startsWith("connection:")) {
                last = name.endsWith("close");
            }
        }
        var body = chunked ? chunks(from) : from.readNBytes(Math.max(0, length));
        if (last) {
            close();
        }
        return new Answer(status, body);
    }

    private static byte[] chunks(InputStream from) throws IOException {
        var body = new java.io.ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(line(from).trim(), 16);
            body.writeBytes(from.readNBytes(size));
            line(from);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String line(InputStream from) throws IOException {
        var text = new StringBuilder(64);
        while (true) {
            var c = from.read();
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c == '\n') {
                return text.toString();
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        socket = null;
        in = null;
        out = null;
    }
}
