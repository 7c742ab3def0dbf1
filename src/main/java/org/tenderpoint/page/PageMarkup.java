package org.tenderpoint.page;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.tenderpoint.page.Block.Bullets;
import org.tenderpoint.page.Block.Charts;
import org.tenderpoint.page.Block.Paragraph;
import org.tenderpoint.page.Block.Remark;
import org.tenderpoint.page.Block.Statement;
import org.tenderpoint.page.Block.Table;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A page as a tree of XHTML elements, for the layout of the PDF. Texts are text nodes, never markup. */
final class PageMarkup {

    /** The type of the object elements that stand for a chart; their number follows in {@code data}. */
    static final String CHART = "application/x-tenderpoint-chart";

    private static final int NARROW = 18;

    private final Document document;
    private int charts;

    private PageMarkup(Document document) {
        this.document = document;
    }

    /** The page with a style sheet. */
    static Document of(Page page, String style) {
        try {
            var markup = new PageMarkup(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument());
            markup.page(page, style);
            return markup.document;
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void page(Page page, String style) {
        var html = document.createElement("html");
        html.setAttribute("lang", "en-US");
        document.appendChild(html);
        var head = add(html, "head", "");
        add(head, "title", page.title());
        meta(head, "subject", page.title());
        meta(head, "description", page.title());
        meta(head, "author", "Tenderpoint");
        add(head, "style", style);
        var body = add(html, "body", "");
        var foot = add(body, "div", page.foot());
        foot.setAttribute("class", "foot");
        add(body, "h1", page.title());
        if (!page.mark().isEmpty()) {
            add(body, "p", page.mark()).setAttribute("class", "mark");
        }
        page.sections().forEach(section -> section(body, section));
    }

    private void meta(Element head, String name, String content) {
        var meta = add(head, "meta", "");
        meta.setAttribute("name", name);
        meta.setAttribute("content", content);
    }

    private void section(Element body, Page.Section section) {
        var part = add(body, "div", "");
        part.setAttribute("class", "section");
        add(part, "h2", section.title());
        var content = add(part, "div", "");
        content.setAttribute("class", "content");
        section.blocks().forEach(block -> block(content, block));
    }

    private void block(Element part, Block block) {
        if (block instanceof Paragraph paragraph) {
            add(part, "p", paragraph.text());
        } else if (block instanceof Statement statement) {
            add(part, "p", statement.text()).setAttribute("class", "statement");
        } else if (block instanceof Remark remark) {
            add(part, "p", remark.text()).setAttribute("class", "remark");
        } else if (block instanceof Bullets bullets) {
            var list = add(part, "ul", "");
            bullets.items().forEach(item -> add(list, "li", item));
        } else if (block instanceof Table table) {
            table(part, table);
        } else if (block instanceof Charts drawings) {
            charts(part, drawings);
        }
    }

    private void table(Element part, Table table) {
        var element = add(part, "table", "");
        var top = add(add(element, "thead", ""), "tr", "");
        table.head().forEach(cell -> add(top, "th", cell));
        var body = add(element, "tbody", "");
        for (var cells : table.rows()) {
            var row = add(body, "tr", "");
            for (var column = 0; column < cells.size(); column++) {
                var cell = add(row, "td", cells.get(column));
                if (isNarrow(table, column)) {
                    cell.setAttribute("class", "narrow");
                }
            }
        }
    }

    // A number with its day reads badly on two lines; longer texts have to break somewhere.
    private static boolean isNarrow(Table table, int column) {
        return table.rows().stream().allMatch(cells -> cells.get(column).length() <= NARROW);
    }

    private void charts(Element part, Charts drawings) {
        var row = add(part, "div", "");
        row.setAttribute("class", "charts");
        for (var chart : drawings.charts()) {
            var box = add(row, "div", "");
            box.setAttribute("class", "chart");
            add(box, "p", chart.title()).setAttribute("class", "caption");
            var object = add(box, "object", "");
            object.setAttribute("type", CHART);
            object.setAttribute("data", Integer.toString(charts++));
            object.setAttribute("alt", chart.title());
            object.setAttribute("title", chart.title());
            add(box, "p", chart.scale()).setAttribute("class", "scale");
        }
    }

    private Element add(Element parent, String name, String text) {
        var element = document.createElement(name);
        if (!text.isEmpty()) {
            element.appendChild(document.createTextNode(text));
        }
        parent.appendChild(element);
        return element;
    }
}
