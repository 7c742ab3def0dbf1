package org.tenderpoint.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tenderpoint.page.Block.Bullets;
import org.tenderpoint.page.Block.Charts;
import org.tenderpoint.page.Block.Paragraph;
import org.tenderpoint.page.Block.Remark;
import org.tenderpoint.page.Block.Statement;
import org.tenderpoint.page.Block.Table;

/** A page as plain text: lines of at most 78 characters, except where a word is longer. */
public final class TextPage {

    private static final int WIDTH = 78;
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private TextPage() {}

    /** The whole page; it ends with a line break. */
    public static String write(Page page) {
        var text = new TextPage();
        text.wrap("", "", page.title().toUpperCase(Locale.ROOT));
        if (!page.mark().isEmpty()) {
            text.wrap("", "", page.mark());
        }
        page.sections().forEach(text::section);
        text.lines.add("");
        text.lines.add("-".repeat(WIDTH));
        text.wrap("", "", page.foot());
        return String.join("\n", text.lines) + "\n";
    }

    private void section(Page.Section section) {
        lines.add("");
        wrap("", "", section.title().toUpperCase(Locale.ROOT));
        section.blocks().forEach(this::block);
    }

    private void block(Block block) {
        if (block instanceof Paragraph paragraph) {
            wrap("", "", paragraph.text());
        } else if (block instanceof Statement statement) {
            wrap("", "", statement.text());
        } else if (block instanceof Remark remark) {
            wrap("", INDENT, remark.text());
        } else if (block instanceof Bullets bullets) {
            bullets.items().forEach(item -> wrap("- ", INDENT, item));
        } else if (block instanceof Table table) {
            table(table);
        } else if (block instanceof Charts) {
            // The table beside a chart has its numbers.
            return;
        }
    }

    private void table(Table table) {
        var widths = new ArrayList<Integer>();
        for (var column = 0; column < table.head().size(); column++) {
            widths.add(width(table, column));
        }
        var sum = widths.stream().mapToInt(Integer::intValue).sum() + INDENT.length() * (widths.size() - 1);
        if (sum <= WIDTH) {
            lines.add(row(table.head(), widths));
            table.rows().forEach(cells -> lines.add(row(cells, widths)));
        } else {
            table.rows().forEach(cells -> record(table.head(), cells));
        }
    }

    private static int width(Table table, int column) {
        return Math.max(
                table.head().get(column).length(),
                table.rows().stream()
                        .mapToInt(cells -> cells.get(column).length())
                        .max()
                        .orElse(0));
    }

    private static String row(List<String> cells, List<Integer> widths) {
        var line = new StringBuilder();
        for (var column = 0; column < cells.size(); column++) {
            line.append(cells.get(column));
            line.append(" ".repeat(widths.get(column) - cells.get(column).length()))
                    .append(INDENT);
        }
        return line.toString().stripTrailing();
    }

    // A table too wide for the page becomes a list: the first cell, and below it the others by name.
    private void record(List<String> head, List<String> cells) {
        wrap("- ", INDENT, cells.get(0));
        var rest = new ArrayList<String>();
        for (var column = 1; column < cells.size(); column++) {
            if (!cells.get(column).isBlank()) {
                rest.add(head.get(column).toLowerCase(Locale.ROOT) + " " + cells.get(column));
            }
        }
        wrap(INDENT, INDENT, String.join("; ", rest));
    }

    private void wrap(String first, String others, String text) {
        var line = new StringBuilder(first);
        var empty = true;
        for (var word : text.split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(others);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString().stripTrailing());
    }
}
