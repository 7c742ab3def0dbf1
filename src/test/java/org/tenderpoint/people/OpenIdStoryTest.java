package org.tenderpoint.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.tenderpoint.identity.People;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.OpenIdProvider;
import org.tenderpoint.testing.Person;
import org.tenderpoint.testing.Server;

/** People sign in by another OpenID provider, which runs beside the server and is asked over HTTP. */
class OpenIdStoryTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern SUBJECT = Pattern.compile("<code>([^<]*)</code><code>([^<]*)</code>");

    @BeforeAll
    static void theProviderIsThere() {
        OpenIdProvider.start(List.of(
                Server.on(Database.H2).url(), Server.on(Database.POSTGRESQL).url()));
    }

    /** A browser that keeps cookies and follows nothing by itself. */
    private static final class Browser {

        private final HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        HttpResponse<String> get(String url) {
            return send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html"));
        }

        /** To the provider and through its sign-in page, up to the address that leads back. */
        String through(String start, String login) {
            var there = location(get(start));
            assertThat(there).startsWith(OpenIdProvider.ISSUER + "/oauth2/authorize?");
            get(there);
            var csrf = CSRF.matcher(get(OpenIdProvider.ISSUER + "/login").body());
            assertThat(csrf.find()).isTrue();
            var form = "username=" + login + "&password=" + login + "-there&_csrf="
                    + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8);
            send(HttpRequest.newBuilder(URI.create(OpenIdProvider.ISSUER + "/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
            return location(get(there));
        }

        private HttpResponse<String> send(HttpRequest.Builder request) {
            try {
                return http.send(request.build(), BodyHandlers.ofString());
            } catch (IOException unreachable) {
                throw new UncheckedIOException(unreachable);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }

        static String location(HttpResponse<String> answer) {
            return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
        }
    }

    @EachDatabase
    void somebodyWhomAnAdministratorHasJoinedToAnAccountSignsInAndNobodyElse(Database database) {
        var server = Server.on(database);
        var start = server.url() + "/sign-in/provider";
        var accounts = server.bean(People.class).all().size();
        assertThat(new Browser().get(server.url() + "/sign-in").body()).contains("Sign in with Riverside Hospital");
        var login = account(server);

        var unknown = new Browser();
        var told = unknown.get(unknown.through(start, "greta"));
        assertThat(told.statusCode()).isEqualTo(403);
        var subject = SUBJECT.matcher(told.body());
        assertThat(subject.find()).isTrue();
        assertThat(unknown.get(server.url() + "/account").statusCode()).isEqualTo(303);
        var link = "{\"issuer\":\"" + subject.group(1) + "\",\"subject\":\"" + subject.group(2) + "\"}";
        admin(server, "POST", "/people/" + login + "/link", link).expect(200);
        admin(server, "POST", "/people/" + login + "/link", link).expect(400);
        admin(server, "POST", "/people/nobody-" + login + "/link", link).expect(400);
        admin(server, "POST", "/people/" + login + "/link", "{\"issuer\":\"x\"}")
                .expect(400);

        var greta = new Browser();
        assertThat(Browser.location(greta.get(greta.through(start, "greta")))).isEqualTo(server.url() + "/account");
        assertThat(greta.get(server.url() + "/account").body()).contains("You are signed in as Greta Holm");
        var stranger = new Browser();
        assertThat(stranger.get(stranger.through(start, "stranger")).statusCode())
                .isEqualTo(403);
        assertThat(server.bean(People.class).all())
                .as("no account comes by itself")
                .hasSize(accounts + 1);

        admin(server, "DELETE", "/people/" + login + "/link", "").expect(200);
        admin(server, "DELETE", "/people/" + login + "/link", "").expect(400);
        assertThat(greta.get(server.url() + "/account").statusCode())
                .as("signed out")
                .isEqualTo(303);
        admin(server, "POST", "/people/" + login + "/link", link).expect(200);
        admin(server, "DELETE", "/people/" + login, "").expect(200);
        var late = new Browser();
        assertThat(late.get(late.through(start, "greta")).statusCode())
                .as("her account has ended")
                .isEqualTo(403);
    }

    @EachDatabase
    void whatDoesNotComeBackToTheBrowserThatWasSentThereIsRefused(Database database) {
        var server = Server.on(database);
        var start = server.url() + "/sign-in/provider";
        var greta = new Browser();
        var back = greta.through(start, "greta");

        assertThat(new Browser().get(back).statusCode())
                .as("a browser that never asked")
                .isEqualTo(401);
        var other = new Browser();
        other.get(start);
        assertThat(other.get(back).statusCode()).as("another's state").isEqualTo(401);
        var injecting = new Browser();
        var hers = injecting.through(start, "stranger");
        assertThat(injecting
                        .get(hers.replaceFirst("code=[^&]*", back.replaceFirst(".*(code=[^&]*).*", "$1")))
                        .statusCode())
                .as("another's code")
                .isEqualTo(401);
        var mixed = new Browser();
        assertThat(mixed.get(mixed.through(start, "greta") + "&iss=https://another.example.org")
                        .statusCode())
                .as("another provider's answer")
                .isEqualTo(401);
        var twice = new Browser();
        var once = twice.through(start, "greta");
        assertThat(twice.get(once).statusCode()).isEqualTo(403);
        assertThat(twice.get(once).statusCode()).as("a second time").isEqualTo(401);
        assertThat(twice.get(server.url() + "/sign-in/provider/back?error=access_denied")
                        .statusCode())
                .isEqualTo(401);
    }

    @EachDatabase
    void anIdTokenThatIsNotGoodOrNotForUsIsRefused(Database database) {
        var server = Server.on(database);

        for (var wrong : List.of("audience", "nonce", "issuer", "expired", "party")) {
            var browser = new Browser();
            var answer = browser.get(browser.through(server.url() + "/sign-in/provider", wrong));
            assertThat(answer.statusCode()).as(wrong).isEqualTo(401);
        }
    }

    @EachDatabase
    void anAppIsOpenedOnTheWayAndHearsNothingOfAPassword(Database database) {
        var server = Server.on(database);
        var login = account(server);
        admin(
                        server,
                        "POST",
                        "/people/" + login + "/link",
                        "{\"issuer\":\"" + OpenIdProvider.ISSUER + "\",\"subject\":\"greta\"}")
                .expect(200);
        var request = new Person(server.url(), login).request("demo-app", "http://localhost:9753/", "openid user/*.rs");
        var greta = new Browser();
        var asked = server.url() + "/oauth2/authorize?" + ProviderAsk.form(request);
        var page = Browser.location(greta.get(Browser.location(greta.get(asked))));
        assertThat(page).startsWith(server.url() + "/sign-in?request=");

        var back = greta.through(page.replace("/sign-in?", "/sign-in/provider?"), "greta");
        var consent = greta.get(Browser.location(greta.get(back)));

        assertThat(consent.statusCode()).isEqualTo(200);
        assertThat(consent.body()).contains("You are signed in as Greta Holm");
        admin(server, "DELETE", "/people/" + login, "").expect(200);
    }

    private static String account(Server server) {
        var login = "greta-" + UUID.randomUUID();
        admin(
                        server,
                        "POST",
                        "/people",
                        "{\"login\":\"" + login + "\",\"name\":\"Greta Holm\",\"role\":\"PRIVACY_OFFICER\"}")
                .expect(200);
        return login;
    }

    private static Client.Answer admin(Server server, String method, String path, String body) {
        return Person.json(
                method, server.url() + "/admin" + path, server.as("demo-admin").token(), body);
    }
}
