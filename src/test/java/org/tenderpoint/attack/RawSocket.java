package org.tenderpoint.attack;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.tenderpoint.testing.Server;

/** Bytes as they are, which no HTTP client would send. */
public final class RawSocket {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    private RawSocket() {}

    /**
     * What came back until the server closed the connection, or was silent for three seconds.
     *
     * @param text where bytes are ISO 8859-1
     */
    public static String send(Server server, String text) throws IOException {
        var url = URI.create(server.url());
        var answer = new StringBuilder();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var buffer = new byte[8192];
            for (var n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException | SocketException closedOrSilent) {
            // What came before is the answer.
        }
        return answer.toString();
    }

    /** The statuses of all the answers that stand in it. */
    public static java.util.List<Integer> statuses(String answer) {
        return STATUS.matcher(answer)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }
}
