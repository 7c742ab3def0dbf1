package org.tenderpoint.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;

/** Links from one page to itself and to the next. */
public final class PageLinks {

    private PageLinks() {}

    /**
     * @param path URL without parameters
     * @param parameters of the request, which the link repeats
     * @param cursor {@code _cursor=…} of the page that it leads to; empty for the first
     */
    public static String of(String path, Map<String, String[]> parameters, String cursor) {
        var pairs = new ArrayList<String>();
        parameters.forEach((name, values) -> {
            for (var value : values) {
                if (!name.equals("_cursor")) {
                    pairs.add(encoded(name) + "=" + encoded(value));
                }
            }
        });
        if (!cursor.isEmpty()) {
            pairs.add(cursor);
        }
        return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
