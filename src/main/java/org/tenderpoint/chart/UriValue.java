package org.tenderpoint.chart;

import java.util.ArrayList;
import org.jooq.Condition;
import org.tenderpoint.chart.Tables.IndexTable;

/**
 * A URI, compared to the letter; {@code :below} for what it begins, {@code :above} for what begins it.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#uri">uri</a>
 */
final class UriValue {

    private UriValue() {}

    static Condition matches(IndexTable index, String modifier, String value) {
        var uri = IndexRows.cut(Escapes.undo(value), IndexRows.LONGEST_URI);
        return switch (modifier) {
            case "below" -> index.uri.eq(uri).or(index.uri.startsWith(uri.endsWith("/") ? uri : uri + "/"));
            case "above" -> index.uri.in(beginnings(uri));
            default -> index.uri.eq(uri);
        };
    }

    /** A canonical URL: without a version it finds every version. */
    static Condition canonical(IndexTable index, String value) {
        // The bar parts URL and version here; whether the client escaped it makes no difference.
        var url = IndexRows.cut(Escapes.undo(value), IndexRows.LONGEST_URI);
        return url.indexOf('|') >= 0 ? index.uri.eq(url) : index.uri.eq(url).or(index.uri.startsWith(url + "|"));
    }

    /** The URI itself and every shorter one that ends before or behind one of its slashes. */
    private static ArrayList<String> beginnings(String uri) {
        var found = new ArrayList<String>();
        found.add(uri);
        for (int slash = uri.indexOf('/'); slash >= 0; slash = uri.indexOf('/', slash + 1)) {
            found.add(uri.substring(0, slash));
            found.add(uri.substring(0, slash + 1));
        }
        return found;
    }
}
