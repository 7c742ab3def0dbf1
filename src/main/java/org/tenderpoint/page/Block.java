package org.tenderpoint.page;

import java.util.List;

/** A part of a section's text. Whatever it holds is text: markup in it is the characters that were typed. */
public sealed interface Block {

    /** A paragraph. */
    record Paragraph(String text) implements Block {}

    /** What the section comes down to, set off from the rest. */
    record Statement(String text) implements Block {}

    /** A remark in small letters, such as a list of sources. */
    record Remark(String text) implements Block {}

    /** A list with one item or more. */
    record Bullets(List<String> items) implements Block {
        public Bullets {
            items = List.copyOf(items);
        }
    }

    /**
     * A table with one row or more.
     *
     * @param head one cell for each column
     * @param rows as many cells each as the head has
     */
    record Table(List<String> head, List<List<String>> rows) implements Block {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Charts side by side; where nothing can be drawn, the table beside them says the same. */
    record Charts(List<Chart> charts) implements Block {
        public Charts {
            charts = List.copyOf(charts);
        }
    }
}
