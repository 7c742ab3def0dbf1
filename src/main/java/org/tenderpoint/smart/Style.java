package org.tenderpoint.smart;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/** How our pages look, for apps that would like to look alike. */
final class Style extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.getOutputStream()
                .print(
                        """
                {"color_background":"#f5f5f2","color_error":"#8f2d14","color_highlight":"#1f5f5b",\
                "color_modal_backdrop":"","color_success":"#2d6a3e","color_text":"#22302f",\
                "dim_border_radius":"6px","dim_font_size":"16px","dim_spacing_size":"16px",\
                "font_family_body":"system-ui, sans-serif","font_family_heading":"system-ui, sans-serif"}""");
    }
}
