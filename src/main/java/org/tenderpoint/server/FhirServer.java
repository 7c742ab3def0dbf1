package org.tenderpoint.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tenderpoint.guard.RefusalWatch;
import org.tenderpoint.guard.Refusals;
import org.tenderpoint.issue.Refused;

/** The HAPI server at {@code /fhir}: the chart's types, the rooms' operations, JSON and XML. */
public final class FhirServer extends RestfulServer {

    private static final long serialVersionUID = 1L;

    /** The path under which FHIR is served. */
    public static final String PATH = "/fhir";

    private final transient PlainRequests reads;
    private final transient Refusals refusals;
    private final transient RefusalWatch watch;
    private final Set<String> pages;

    FhirServer(
            FhirContext fhir,
            String baseUrl,
            List<?> providers,
            List<?> interceptors,
            List<CapabilityPart> parts,
            PlainRequests reads,
            Refusals refusals,
            RefusalWatch watch) {
        super(fhir);
        this.reads = reads;
        this.refusals = refusals;
        this.watch = watch;
        this.pages = providers.stream()
                .filter(FhirProvider.class::isInstance)
                .flatMap(provider -> ((FhirProvider) provider).pages().stream())
                .collect(Collectors.toUnmodifiableSet());
        setServerName("Tenderpoint");
        // HAPI would tell its own version. Ours is nobody's business before signing in.
        setServerVersion(null);
        setImplementationDescription("Tenderpoint");
        setDefaultResponseEncoding(EncodingEnum.JSON);
        setDefaultPrettyPrint(false);
        // HAPI inflates compressed bodies without a limit before anything else runs (CVE-2026-113873).
        setUncompressIncomingContents(false);
        setServerAddressStrategy(
                baseUrl.isEmpty()
                        // Never from the Host header, which is the sender's.
                        ? (context, request) -> "http://localhost:" + request.getLocalPort() + PATH
                        : new HardcodedServerAddressStrategy(baseUrl + PATH));
        registerProviders(providers.toArray());
        interceptors.forEach(this::registerInterceptor);
        setServerConformanceProvider(new Capability(this, parts));
    }

    @Override
    protected void service(HttpServletRequest asked, HttpServletResponse response)
            throws ServletException, IOException {
        var request = isHead(asked) ? new AsGet(asked) : asked;
        var base = getServerAddressStrategy().determineServerBase(getServletContext(), request);
        try {
            MethodsInterceptor.checkHead(asked);
            Presentation.check(request, pages);
        } catch (Refused refused) {
            watch.refused(refused);
            refusals.write(refused, asked, response);
            return;
        }
        if (!reads.answer(request, response, base)) {
            super.service(request, new FlushedAtEnd(response));
        }
    }

    private static boolean isHead(HttpServletRequest request) {
        return "HEAD".equals(request.getMethod());
    }

    /** A HEAD is answered as the same GET; the container sends the headers of that and leaves the body out. */
    private static final class AsGet extends HttpServletRequestWrapper {

        private AsGet(HttpServletRequest head) {
            super(head);
        }

        @Override
        public String getMethod() {
            return "GET";
        }
    }

    /** Name and version of the software are nobody's business. */
    @Override
    public void addHeadersToResponse(HttpServletResponse response) {
        // HAPI would write X-Powered-By.
    }
}
