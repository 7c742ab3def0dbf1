package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** Whoever asks too fast is told to wait, and nobody else has to. */
class PaceStoryTest {

    /** As many as there may be at once, and what comes in while they are asked. */
    private static final int UNTIL_REFUSED = 4 * Server.MANY;

    private record Answer(int status, Map<String, String> headers, String body) {}

    @EachDatabase
    void anAddressThatAsksForTokensOnAndOnIsToldToWait(Database database) throws Exception {
        var server = Server.on(database);

        var last = untilRefused(server, "127.0.0.61", "/oauth2/revoke", "token=x");

        assertThat(Integer.parseInt(last.headers().get("retry-after"))).isBetween(1, 60);
        assertThat(last.body()).contains("\"error\":\"temporarily_unavailable\"");
        assertThat(new Person(server.url(), "mina")
                        .token(Map.of("grant_type", "client_credentials"))
                        .status())
                .as("from another address")
                .isEqualTo(401);
    }

    @EachDatabase
    void anAddressThatSendsSignInFormsOnAndOnGetsAPageThatSaysSo(Database database) throws Exception {
        var server = Server.on(database);

        var last = untilRefused(server, "127.0.0.62", "/sign-in/code", "code=1");

        assertThat(last.headers()).containsKey("retry-after");
        assertThat(last.body()).contains("Please wait a moment");
        assertThat(new Person(server.url(), "mina").signIn("").status())
                .as("from another address")
                .isEqualTo(303);
    }

    private static Answer untilRefused(Server server, String from, String path, String form) throws IOException {
        var uri = URI.create(server.url());
        try (var socket = connect(from, uri.getPort())) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var request = ("POST " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                            + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                            + "\r\n\r\n" + form)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < UNTIL_REFUSED; i++) {
                socket.getOutputStream().write(request);
                var answer = read(in);
                if (answer.status() == 429) {
                    assertThat(i).isGreaterThanOrEqualTo(Server.MANY);
                    return answer;
                }
            }
        }
        throw new AssertionError("nobody said to wait");
    }

    /** From an address of its own on this machine, so that other tests do not have to wait. */
    private static Socket connect(String from, int port) throws IOException {
        try {
            return new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0);
        } catch (BindException unusual) {
            assumeTrue(false, "The story of pace was not told: this machine has no address " + from + ".");
            throw unusual;
        }
    }

    private static Answer read(BufferedReader in) throws IOException {
        var status = Integer.parseInt(in.readLine().split(" ", 3)[1]);
        var headers = new HashMap<String, String>();
        for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = new StringBuilder();
        if (headers.containsKey("content-length")) {
            var chars = new char[Integer.parseInt(headers.get("content-length"))];
            for (int read = 0; read < chars.length; ) {
                read += in.read(chars, read, chars.length - read);
            }
            body.append(chars);
        } else if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (var size = Integer.parseInt(in.readLine(), 16); size > 0; size = Integer.parseInt(in.readLine(), 16)) {
                for (int i = 0; i < size; i++) {
                    body.append((char) in.read());
                }
                in.readLine();
            }
            in.readLine();
        }
        return new Answer(status, headers, body.toString());
    }
}
