package org.tenderpoint.people;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How the pages look. */
final class StyleSheet extends HttpServlet {

    static final String PATH = "/pages.css";

    private static final long serialVersionUID = 1L;

    private static final String CSS =
            """
            * { box-sizing: border-box; }
            body { margin: 0; background: #f5f5f2; color: #22302f; font: 16px/1.5 system-ui, sans-serif; }
            header { padding: 16px; background: #1f5f5b; color: #fff; font-weight: 600; text-align: center; }
            main { max-width: 34rem; margin: 32px auto; padding: 24px; background: #fff; border: 1px solid #d6d6cf;
                   border-radius: 6px; }
            h1 { margin-top: 0; font-size: 1.4rem; }
            h2 { font-size: 1.1rem; }
            label { display: block; margin: 12px 0 4px; font-weight: 600; }
            label.choice { display: block; margin: 0; padding: 10px 0; font-weight: 400; border-top: 1px solid #e6e6e0; }
            label.choice input { margin-right: 10px; }
            label.choice span { color: #566361; font-size: .9rem; display: block; padding-left: 28px; }
            input:not([type=checkbox]):not([type=radio]) { width: 100%; padding: 10px; font: inherit;
                   border: 1px solid #7b8a88; border-radius: 6px; }
            button { margin: 20px 12px 0 0; padding: 10px 20px; font: inherit; font-weight: 600; border-radius: 6px;
                   border: 1px solid #1f5f5b; background: #1f5f5b; color: #fff; cursor: pointer; }
            button.second { background: #fff; color: #1f5f5b; }
            :focus-visible { outline: 3px solid #e0a030; outline-offset: 2px; }
            .alert { padding: 10px 14px; border-left: 4px solid #8f2d14; background: #fbeae5; color: #6d210e; }
            .app { border-top: 1px solid #d6d6cf; padding-top: 12px; margin-top: 16px; }
            .small { color: #566361; font-size: .9rem; }
            code { overflow-wrap: anywhere; }
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/css;charset=UTF-8");
        response.setHeader("Cache-Control", "max-age=3600");
        response.getOutputStream().print(CSS);
    }
}
