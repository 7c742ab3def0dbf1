package org.tenderpoint.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** Small forms in requests: ids, versions, If-Match, If-None-Exist. */
public final class RequestForms {

    private static final Pattern ETAG = Pattern.compile("(W/)?\"(\\d{1,9})\"");
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private RequestForms() {}

    /** @throws Refused 404: every id here is a UUID, so another one cannot exist */
    public static UUID uuid(IdType id) {
        return uuid(id.getIdPart());
    }

    static UUID uuid(@Nullable String id) {
        if (id == null || !UUID_FORM.matcher(id).matches()) {
            throw Refused.notFound();
        }
        return UUID.fromString(id);
    }

    /** The id, or null where it is none. */
    public static @Nullable UUID uuidOrNull(@Nullable String id) {
        return id == null || !UUID_FORM.matcher(id).matches() ? null : UUID.fromString(id);
    }

    /** @throws Refused 404 */
    static int version(String version) {
        if (!VERSION.matcher(version).matches()) {
            throw Refused.notFound();
        }
        return Integer.parseInt(version);
    }

    /**
     * @return the version, or null where there is no header
     * @throws Refused 400
     */
    static @Nullable Integer ifMatch(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        var matcher = ETAG.matcher(header.trim());
        if (!matcher.matches()) {
            throw Refused.badRequest(
                    Issue.value("if-match-invalid", null, "If-Match has the form W/\"3\", with the version's number."));
        }
        return Integer.valueOf(matcher.group(2));
    }

    /**
     * @return true for {@code *}, which writes only where nothing stands yet
     * @throws Refused 400 for anything else: a write that goes by older versions is If-Match's
     */
    static boolean onlyIfNone(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return false;
        }
        if (!header.trim().equals("*")) {
            throw Refused.badRequest(
                    Issue.value("if-none-match-invalid", null, "On a write, If-None-Match is *, or absent."));
        }
        return true;
    }

    /** A time as HTTP headers write it. */
    static String httpDate(Instant time) {
        return HTTP_DATE.format(time);
    }

    /**
     * The identifiers of a conditional create.
     *
     * @param condition {@code identifier=system|value}, with or without the type before it
     * @throws Refused 412 for conditions that go by anything but identifiers
     */
    static List<String> identifiers(@Nullable String condition, String type) {
        if (condition == null) {
            return List.of();
        }
        // HAPI's client sends a whole URL, of which HAPI's server leaves the part behind the base.
        var local = condition.startsWith("/") ? condition.substring(1) : condition;
        var query = local.startsWith(type + "?") ? local.substring(type.length() + 1) : local;
        query = query.startsWith("?") ? query.substring(1) : query;
        if (!query.startsWith("identifier=") || query.indexOf('&') >= 0) {
            throw unusableCondition();
        }
        var value = decoded(query.substring("identifier=".length()));
        if (value.isBlank() || value.endsWith("|") || value.startsWith("|")) {
            throw unusableCondition();
        }
        return List.of(value);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw unusableCondition();
        }
    }

    private static Refused unusableCondition() {
        return new Refused(
                412,
                List.of(Issue.value(
                        "if-none-exist-invalid", null, "A conditional create goes by identifier=system|value.")));
    }
}
