package org.tenderpoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** A person before a browser, who signs in and decides what an app may have. */
public final class Person {

    /** The PKCE verifier of every request that does not say otherwise. */
    public static final String VERIFIER = "a-verifier-of-forty-three-characters-or-more-000";

    private static final Pattern HIDDEN = Pattern.compile("name=\"(request|form)\" value=\"([^\"]*)\"");
    private static final Pattern SCOPE = Pattern.compile("name=\"scope\" checked value=\"([^\"]*)\"");
    private static final Pattern PATIENT = Pattern.compile("name=\"patient\" required value=\"([^\"]*)\"");

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String server;
    private final String login;

    public Person(String server, String login) {
        this.server = server;
        this.login = login;
    }

    /** What a page or endpoint answered. */
    public record Answer(int status, String location, String text) {

        /** A parameter of the address that the browser was sent to. */
        public @Nullable String parameter(String name) {
            for (var pair : location.replaceFirst("^[^?]*\\?", "").split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                }
            }
            return null;
        }

        public Answer expect(int expected) {
            assertThat(status).as("%s %s", location, text).isEqualTo(expected);
            return this;
        }

        /** The scopes that a consent page shows. */
        public List<String> scopes() {
            return SCOPE.matcher(text)
                    .results()
                    .map(match -> unescaped(match.group(1)))
                    .toList();
        }

        /** The patients that a page lets pick from. */
        public List<String> patients() {
            return PATIENT.matcher(text).results().map(match -> match.group(1)).toList();
        }
    }

    /** A good authorization request; what stands in {@code changes} replaces or, where it is null, takes away. */
    public Map<String, String> request(String clientId, String redirectUri, String scope) {
        var request = new LinkedHashMap<String, String>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", redirectUri);
        request.put("scope", scope);
        request.put("state", "the-state");
        request.put("aud", server + "/fhir");
        request.put("code_challenge", challenge(VERIFIER));
        request.put("code_challenge_method", "S256");
        return request;
    }

    public static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public Answer signIn(String sealed) {
        return post("/sign-in", List.of("login", login, "password", login + "-password", "request", sealed));
    }

    /** Follows an authorization request to the page on which something is to be decided. */
    public Answer ask(Map<String, String> request) {
        var answer = get("/oauth2/authorize?" + form(request));
        for (int hops = 0; answer.status() == 303 && answer.location().startsWith(server) && hops < 5; hops++) {
            answer = answer.location().startsWith(server + "/sign-in")
                    ? signIn(String.valueOf(answer.parameter("request")))
                    : get(answer.location().substring(server.length()));
        }
        return answer;
    }

    public Answer pick(Answer page, String patient) {
        var fields = hidden(page);
        fields.addAll(List.of("patient", patient));
        var sent = post("/oauth2/decide", fields).expect(303);
        return get(sent.location().substring(server.length())).expect(200);
    }

    public Answer allow(Answer page, List<String> scopes) {
        var fields = hidden(page);
        scopes.forEach(scope -> fields.addAll(List.of("scope", scope)));
        fields.addAll(List.of("allow", "yes"));
        return post("/oauth2/decide", fields);
    }

    public Answer deny(Answer page) {
        var fields = hidden(page);
        fields.addAll(List.of("deny", "yes"));
        return post("/oauth2/decide", fields);
    }

    /** The whole way: everything that is asked for is allowed. */
    public String code(Map<String, String> request, @Nullable String patient) {
        var page = ask(request).expect(200);
        if (patient != null) {
            page = pick(page, patient);
        }
        var code = allow(page, page.scopes()).expect(303).parameter("code");
        return Objects.requireNonNull(code);
    }

    public List<String> hidden(Answer page) {
        var fields = new LinkedHashMap<String, String>();
        HIDDEN.matcher(page.text()).results().forEach(match -> fields.put(match.group(1), unescaped(match.group(2))));
        var list = new ArrayList<String>();
        fields.forEach((name, value) -> list.addAll(List.of(name, value)));
        return list;
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(server + path)).GET());
    }

    /** Sends a form from a page of the server; names and values in turn. */
    public Answer post(String path, List<String> fields) {
        return postFrom(server, path, fields);
    }

    public Answer postFrom(String origin, String path, List<String> fields) {
        var body = new ArrayList<String>();
        for (int i = 0; i < fields.size(); i += 2) {
            body.add(fields.get(i) + "=" + URLEncoder.encode(fields.get(i + 1), StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(URI.create(server + path))
                .header("Origin", origin)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", body))));
    }

    /** An app brings its code. */
    public Client.Answer redeem(String clientId, String redirectUri, String code, String verifier) {
        return token(Map.of(
                "grant_type", "authorization_code",
                "client_id", clientId,
                "redirect_uri", redirectUri,
                "code", code,
                "code_verifier", verifier));
    }

    /** Asks the token endpoint. */
    public Client.Answer token(Map<String, String> fields) {
        return endpoint("/oauth2/token", fields, Map.of());
    }

    public Client.Answer endpoint(String path, Map<String, String> fields, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
        headers.forEach(request::header);
        var response = exchange(HttpClient.newHttpClient(), request.build());
        return new Client.Answer(response.statusCode(), response.headers(), response.body());
    }

    /** A client sends something that is not FHIR, with its token. */
    public static Client.Answer json(String method, String url, String token, String body) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        var response = exchange(HttpClient.newHttpClient(), request.build());
        return new Client.Answer(response.statusCode(), response.headers(), response.body());
    }

    private Answer send(HttpRequest.Builder request) {
        var response = exchange(browser, request.build());
        return new Answer(
                response.statusCode(), response.headers().firstValue("Location").orElse(""), response.body());
    }

    private static HttpResponse<String> exchange(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String unescaped(String html) {
        return HtmlUtils.htmlUnescape(html);
    }
}
