package org.tenderpoint.guard;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Stands in front of everything under {@code /fhir}: reads method, URI, headers and body under fixed limits, refuses
 * with an OperationOutcome what breaks them, and hands on the same bytes. {@code X-HTTP-Method-Override} and its
 * relatives are never read.
 */
public final class BodyGuard extends HttpFilter {

    /** Request attribute with the checked body as {@code byte[]}; set whenever a body was sent. */
    public static final String BODY = BodyGuard.class.getName() + ".body";

    /** Request attribute with the {@link MediaType} of that body. */
    static final String MEDIA_TYPE = BodyGuard.class.getName() + ".mediaType";

    private static final long serialVersionUID = 1L;

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final byte[] NOTHING = {};

    private final transient GuardProperties limits;
    private final transient Refusals refusals;
    private final transient RefusalWatch watch;
    private final transient JsonGuard json;
    private final transient JsonGuard binaryJson;
    private final transient XmlGuard xml;
    private final transient XmlGuard binaryXml;
    private final transient ElementWalk elements;
    private final transient FhirContext fhir;
    private final transient ParserProblems problems;

    BodyGuard(FhirContext fhir, GuardProperties limits, Refusals refusals, RefusalWatch watch) {
        this.limits = limits;
        this.refusals = refusals;
        this.watch = watch;
        this.json = new JsonGuard(limits);
        this.binaryJson = new JsonGuard(limits.forBinary());
        this.xml = new XmlGuard(limits);
        this.binaryXml = new XmlGuard(limits.forBinary());
        this.elements = new ElementWalk(fhir);
        this.fhir = fhir;
        this.problems = new ParserProblems(fhir);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest guarded;
        try {
            guarded = guard(request, response);
        } catch (Refused refused) {
            if (refused.getStatusCode() == 415 && "PATCH".equals(request.getMethod())) {
                response.setHeader("Accept-Patch", "application/json-patch+json");
            }
            watch.refused(refused);
            refusals.write(refused, request, response);
            return;
        }
        chain.doFilter(guarded, response);
    }

    private HttpServletRequest guard(HttpServletRequest request, HttpServletResponse response) throws IOException {
        method(request, response);
        uri(request);
        if (!WITH_BODY.contains(request.getMethod())) {
            // A body has no meaning here, so nothing behind the guard gets to see one.
            return new GuardedRequest(request, NOTHING, null);
        }
        encoding(request, response);
        var form = formAllowed(request);
        var mayBeEmpty = form || lastSegment(request).startsWith("$");
        if (request.getHeader("Content-Type") == null && mayBeEmpty) {
            if (request.getInputStream().read() < 0) {
                return new GuardedRequest(request, NOTHING, null);
            }
            throw unsupportedType(false);
        }
        var type = mediaType(request, form);
        var binary = isBinary(request);
        var longest = type == MediaType.FORM ? limits.formBody() : binary ? limits.binaryBody() : limits.body();
        var body = read(request, longest.toBytes());
        if (body.length == 0 && !mayBeEmpty) {
            throw Refused.badRequest(
                    Issue.structure("body-empty", null, request.getMethod() + " needs a body; this one is empty."));
        }
        var parameters = check(request, type, binary, body);
        request.setAttribute(BODY, body);
        request.setAttribute(MEDIA_TYPE, type);
        return new GuardedRequest(request, body, parameters);
    }

    private static void method(HttpServletRequest request, HttpServletResponse response) {
        if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
            throw new Refused(405, List.of(Issue.notSupported("method", "This HTTP method is not offered.")));
        }
    }

    private void uri(HttpServletRequest request) {
        var path = request.getRequestURI();
        var query = request.getQueryString();
        if (path.length() + (query == null ? 0 : query.length() + 1)
                > limits.uri().toBytes()) {
            throw new Refused(
                    414,
                    List.of(new Issue(
                            IssueType.TOOLONG,
                            "uri-too-long",
                            null,
                            "Path and query have at most " + limits.uri().toBytes()
                                    + " characters; send long searches by POST to _search.")));
        }
        PercentText.decode(path, "path", false);
        if (query != null) {
            PercentText.decode(query, "query", true);
        }
    }

    private static void encoding(HttpServletRequest request, HttpServletResponse response) {
        for (var values = request.getHeaders("Content-Encoding"); values.hasMoreElements(); ) {
            if (!"identity".equalsIgnoreCase(values.nextElement().strip())) {
                response.setHeader("Accept-Encoding", "identity");
                throw new Refused(
                        415,
                        List.of(Issue.notSupported(
                                "content-encoding", "Send the body as it is, without Content-Encoding.")));
            }
        }
    }

    private static MediaType mediaType(HttpServletRequest request, boolean formAllowed) {
        var patch = "PATCH".equals(request.getMethod());
        var types = new ArrayList<@Nullable String>();
        request.getHeaders("Content-Type").asIterator().forEachRemaining(types::add);
        var type = types.size() == 1 ? MediaType.of(types.get(0)) : null;
        var fits = type != null
                && (type == MediaType.JSON_PATCH) == patch
                && (type == MediaType.FORM ? formAllowed : !lastSegment(request).equals("_search"));
        if (type == null || !fits) {
            throw unsupportedType(patch);
        }
        return type;
    }

    private static Refused unsupportedType(boolean patch) {
        return new Refused(
                415,
                List.of(Issue.notSupported(
                        "content-type",
                        patch
                                ? "A PATCH comes as JSON Patch, application/json-patch+json in UTF-8; XML Patch and"
                                        + " FHIRPath Patch are not offered."
                                : "Content-Type is application/fhir+json or application/fhir+xml in UTF-8, and for"
                                        + " POST to _search application/x-www-form-urlencoded.")));
    }

    /** Reads at most the given number of bytes; what Content-Length says can only make the refusal come sooner. */
    private byte[] read(HttpServletRequest request, long longest) throws IOException {
        var said = request.getContentLengthLong();
        if (said > longest) {
            throw tooLong(longest);
        }
        var in = request.getInputStream();
        var body = new ByteArrayOutputStream(said > 0 ? (int) said : 1024);
        var buffer = new byte[8192];
        var begun = System.nanoTime();
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (body.size() + n > longest) {
                throw tooLong(longest);
            }
            if (System.nanoTime() - begun > limits.bodyTime().toNanos()) {
                throw tooSlow();
            }
            body.write(buffer, 0, n);
        }
        return body.toByteArray();
    }

    private static Refused tooLong(long longest) {
        return new Refused(
                413,
                List.of(new Issue(
                        IssueType.TOOLONG, "body-too-long", null, "The body has at most " + longest + " bytes.")));
    }

    private Refused tooSlow() {
        return new Refused(
                408,
                List.of(new Issue(
                        IssueType.TIMEOUT,
                        "body-too-slow",
                        null,
                        "The body arrives within " + limits.bodyTime().toSeconds() + " seconds.")));
    }

    /** @return query and form parameters, if the body is a form */
    private @Nullable Map<String, List<String>> check(
            HttpServletRequest request, MediaType type, boolean binary, byte[] body) {
        switch (type) {
            case JSON -> {
                (binary ? binaryJson : json).check(body);
                // The validator lists such faults itself, and more of them.
                if (!lastSegment(request).equals("$validate")) {
                    elements.check(body);
                }
            }
            case XML -> {
                (binary ? binaryXml : xml).check(body);
                elements.check(asJson(body));
            }
            case JSON_PATCH -> json.check(body, JsonGuard.Root.ARRAY);
            case FORM -> {
                return parameters(request, body);
            }
        }
        return null;
    }

    /** XML is read strictly and then walked as JSON: the same rules for both, with the same expressions. */
    private byte[] asJson(byte[] body) {
        try {
            var resource = fhir.newXmlParser().parseResource(new String(body, StandardCharsets.UTF_8));
            return fhir.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
        } catch (DataFormatException unreadable) {
            throw problems.toRefused(unreadable, body);
        }
    }

    private static Map<String, List<String>> parameters(HttpServletRequest request, byte[] body) {
        var all = new LinkedHashMap<String, List<String>>();
        var query = request.getQueryString();
        if (query != null) {
            all.putAll(PercentText.parameters(query, "query"));
        }
        PercentText.parameters(new String(body, StandardCharsets.ISO_8859_1), "form")
                .forEach((name, values) ->
                        all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
        return all;
    }

    private static boolean formAllowed(HttpServletRequest request) {
        return "POST".equals(request.getMethod()) && lastSegment(request).equals("_search");
    }

    private static boolean isBinary(HttpServletRequest request) {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        return path.equals("/fhir/Binary") || path.startsWith("/fhir/Binary/");
    }

    private static String lastSegment(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
