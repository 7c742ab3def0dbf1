package org.tenderpoint.document;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.tenderpoint.page.Block;
import org.tenderpoint.page.Block.Bullets;
import org.tenderpoint.page.Block.Charts;
import org.tenderpoint.page.Block.Paragraph;
import org.tenderpoint.page.Block.Remark;
import org.tenderpoint.page.Block.Statement;
import org.tenderpoint.page.Block.Table;
import org.tenderpoint.page.Chart;

/** What a section says, gathered block by block: the same blocks become its narrative, plain text and PDF. */
public final class SectionText {

    private static final String NOTHING = "Nothing recorded.";

    private final List<Block> blocks = new ArrayList<>();

    /** Adds a paragraph. */
    public SectionText say(String text) {
        blocks.add(new Paragraph(printable(text)));
        return this;
    }

    /** Adds a paragraph; nothing where the text is empty. */
    public SectionText sayIfAny(String text) {
        return text.isEmpty() ? this : say(text);
    }

    /** Adds what the section comes down to. */
    public SectionText state(String text) {
        blocks.add(new Statement(printable(text)));
        return this;
    }

    /** Adds a remark in small letters; nothing where it is empty. */
    public SectionText remark(String text) {
        if (!text.isEmpty()) {
            blocks.add(new Remark(printable(text)));
        }
        return this;
    }

    /** Adds a list; nothing where it is empty. */
    public SectionText list(List<String> items) {
        if (!items.isEmpty()) {
            blocks.add(new Bullets(items.stream().map(SectionText::printable).toList()));
        }
        return this;
    }

    /** Adds a table; nothing where it has no rows. */
    public SectionText table(List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            blocks.add(new Table(
                    head.stream().map(SectionText::printable).toList(),
                    rows.stream()
                            .map(row -> row.stream().map(SectionText::printable).toList())
                            .toList()));
        }
        return this;
    }

    /** Adds charts, which a narrative leaves out; nothing where there are none. */
    public SectionText charts(List<Chart> charts) {
        if (!charts.isEmpty()) {
            blocks.add(new Charts(charts));
        }
        return this;
    }

    /** What was said; "Nothing recorded." where nothing was. */
    List<Block> blocks() {
        return blocks.isEmpty() ? List.of(new Paragraph(NOTHING)) : List.copyOf(blocks);
    }

    Narrative toNarrative() {
        var div = new XhtmlNode(NodeType.Element, "div");
        div.setAttribute("xmlns", "http://www.w3.org/1999/xhtml");
        blocks().forEach(block -> write(block, div));
        var narrative = new Narrative();
        narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
        narrative.setDiv(div);
        return narrative;
    }

    private static void write(Block block, XhtmlNode div) {
        if (block instanceof Paragraph paragraph) {
            div.addTag("p").addText(paragraph.text());
        } else if (block instanceof Statement statement) {
            div.addTag("p").addText(statement.text());
        } else if (block instanceof Remark remark) {
            div.addTag("p").addTag("small").addText(remark.text());
        } else if (block instanceof Bullets bullets) {
            var list = div.addTag("ul");
            bullets.items().forEach(item -> list.addTag("li").addText(item));
        } else if (block instanceof Table table) {
            write(table, div.addTag("table"));
        }
    }

    private static void write(Table table, XhtmlNode element) {
        var top = element.addTag("thead").addTag("tr");
        table.head().forEach(cell -> top.addTag("th").addText(cell));
        var body = element.addTag("tbody");
        for (var row : table.rows()) {
            var line = body.addTag("tr");
            row.forEach(cell -> line.addTag("td").addText(cell));
        }
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
