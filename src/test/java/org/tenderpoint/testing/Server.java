package org.tenderpoint.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.tenderpoint.Tenderpoint;

/** A whole server on a free port, one per database, shared by all tests: starting it is the dearest thing there is. */
public final class Server {

    /** Requests that one address may send to the token endpoint in a minute, and sign-in forms. */
    public static final int MANY = 1_000;

    private static final Map<Database, Server> RUNNING = new EnumMap<>(Database.class);

    private final ConfigurableApplicationContext context;
    private final RoundTrips roundTrips;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<TokenHolder, Client> people = new ConcurrentHashMap<>();
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    private Server(ConfigurableApplicationContext context, RoundTrips roundTrips) {
        this.context = context;
        this.roundTrips = roundTrips;
        var port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        this.url = "http://localhost:" + port;
    }

    /** The server on that database, with the demonstration data loaded. */
    public static Server on(Database database) {
        synchronized (RUNNING) {
            return RUNNING.computeIfAbsent(database, Server::start);
        }
    }

    private static Server start(Database database) {
        var roundTrips = new RoundTrips();
        var context = new SpringApplicationBuilder(Tenderpoint.class)
                .initializers(starting -> starting.getBeanFactory().addBeanPostProcessor(roundTrips))
                .profiles("demonstration")
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        // Tests count what they have written; what screening adds comes when a test
                                        // asks for it.
                                        "--tenderpoint.screening.automatic=false",
                                        // More than tests ask for in a minute, and few enough to be told about.
                                        "--tenderpoint.smart.token-requests=" + MANY,
                                        "--tenderpoint.smart.sign-ins=" + MANY,
                                        "--tenderpoint.audit.seal-every=1d",
                                        // Nobody is told of anything before a test asks for it.
                                        "--tenderpoint.delivery.automatic=false",
                                        // Nobody writes while a test exports but the test itself.
                                        "--tenderpoint.export.settle=0s",
                                        // It is asked only by whoever signs in by it.
                                        "--tenderpoint.people.provider.issuer=" + OpenIdProvider.ISSUER,
                                        "--tenderpoint.people.provider.client-id=" + OpenIdProvider.CLIENT,
                                        "--tenderpoint.people.provider.client-secret=" + OpenIdProvider.SECRET,
                                        "--tenderpoint.people.provider.name=Riverside Hospital",
                                        "--spring.datasource.url=" + database.url(),
                                        "--spring.datasource.username=" + database.user(),
                                        "--spring.datasource.password=",
                                        Database.journal(folder())),
                                MoreClients.asArguments().stream())
                        .toArray(String[]::new));
        return new Server(context, roundTrips);
    }

    private static Path folder() {
        try {
            return Database.folder("server-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base URL without a path. */
    public String url() {
        return url;
    }

    /** A client of the demonstration profile, with a token of its own. */
    public Client as(String clientId) {
        return clients.computeIfAbsent(clientId, id -> Client.withSecret(http, url, id, id + "-secret"));
    }

    /** Somebody before the test app, with a token that the server's own key has signed. */
    public Client as(TokenHolder person) {
        return people.computeIfAbsent(person, one -> Client.withToken(http, url, one.token(context, url)));
    }

    /** A client without a token. */
    public Client anonymous() {
        return Client.anonymous(http, url);
    }

    /** What the server asks of its database. */
    public RoundTrips roundTrips() {
        return roundTrips;
    }

    /** A bean of the running server, for tests that look behind the door. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }
}
