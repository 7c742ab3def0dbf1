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

    private static final String SAME = "";
    private static final String ONE_OF = "above";
    private static final String SAME_OR_LONGER = "below";

    static Form read(String modifier, String value, Binds binds) {
        var uri = IndexRows.cut(Escapes.undo(value), IndexRows.LONGEST_URI);
        return switch (modifier) {
            case "below" -> sameOrLonger(uri, uri.endsWith("/") ? uri : uri + "/", binds);
            case "above" ->
                Form.of(ONE_OF, beginnings(uri).stream().map(binds::add).toArray(String[]::new));
            default -> Form.of(SAME, binds.add(uri));
        };
    }

    /** A canonical URL: without a version it finds every version. */
    static Form readCanonical(String value, Binds binds) {
        // The bar parts URL and version here; whether the client escaped it makes no difference.
        var url = IndexRows.cut(Escapes.undo(value), IndexRows.LONGEST_URI);
        return url.indexOf('|') >= 0 ? Form.of(SAME, binds.add(url)) : sameOrLonger(url, url + "|", binds);
    }

    private static Form sameOrLonger(String uri, String beginning, Binds binds) {
        return Form.of(SAME_OR_LONGER, binds.add(uri), binds.add(StringValue.literally(beginning) + "%"));
    }

    static Condition matches(IndexTable index, Form form) {
        return switch (form.kind()) {
            case ONE_OF -> index.uri.in(form.all(index.uri));
            case SAME_OR_LONGER -> index.uri.eq(form.text(0)).or(StringValue.isLike(index.uri, form.text(1)));
            default -> index.uri.eq(form.text(0));
        };
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
