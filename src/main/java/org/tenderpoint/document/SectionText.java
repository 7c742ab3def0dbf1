package org.tenderpoint.document;

import java.util.List;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;

/** The narrative of a section. Text goes in as text: markup in it comes out as the characters that were typed. */
public final class SectionText {

    private final XhtmlNode div = new XhtmlNode(NodeType.Element, "div");

    public SectionText() {
        div.setAttribute("xmlns", "http://www.w3.org/1999/xhtml");
    }

    /** Adds a paragraph. */
    public SectionText say(String text) {
        div.addTag("p").addText(printable(text));
        return this;
    }

    /** Adds a list; nothing where it is empty. */
    public SectionText list(List<String> items) {
        if (!items.isEmpty()) {
            var list = div.addTag("ul");
            items.forEach(item -> list.addTag("li").addText(printable(item)));
        }
        return this;
    }

    /** Adds a table; nothing where it has no rows. */
    public SectionText table(List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            var table = div.addTag("table");
            var top = table.addTag("thead").addTag("tr");
            head.forEach(cell -> top.addTag("th").addText(printable(cell)));
            var body = table.addTag("tbody");
            for (var row : rows) {
                var line = body.addTag("tr");
                row.forEach(cell -> line.addTag("td").addText(printable(cell)));
            }
        }
        return this;
    }

    Narrative toNarrative() {
        if (div.getChildNodes().isEmpty()) {
            say("Nothing recorded.");
        }
        var narrative = new Narrative();
        narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDiv(div);
        return narrative;
    }

    // XML has no way to write most control characters; FHIR narratives must not be empty.
    private static String printable(String text) {
        var clean = text.codePoints()
                .filter(c -> c == '\t' || c == '\n' || (!Character.isISOControl(c) && Character.isValidCodePoint(c)))
                .filter(c -> Character.getType(c) != Character.SURROGATE && (c & 0xFFFE) != 0xFFFE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.isBlank() ? "–" : clean;
    }
}
