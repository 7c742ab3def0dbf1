package org.tenderpoint.smart;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses URLs that reach a servlet by another spelling of its path, such as {@code //fhir}, {@code /fhir;x=1/Patient}
 * or {@code /%66hir}. The container, the filter chains and the FHIR server each read a path in their own way; one that
 * all of them read alike cannot slip between them.
 */
final class PlainPathFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient RequestRefusals refusals;

    PlainPathFilter(RequestRefusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isPlain(request.getRequestURI(), request.getContextPath() + request.getServletPath())) {
            chain.doFilter(request, response);
        } else {
            refusals.refuseUrl(response);
        }
    }

    /**
     * @param uri the path as it was sent
     * @param mapped the path of the servlet, decoded
     */
    static boolean isPlain(String uri, String mapped) {
        return uri.startsWith(mapped) && (uri.length() == mapped.length() || uri.charAt(mapped.length()) == '/');
    }
}
