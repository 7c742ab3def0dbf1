package org.tenderpoint.page;

import java.util.List;

/**
 * A document as a person reads it.
 *
 * @param title what it is
 * @param mark what stands above everything else, such as that nobody has signed it; empty where nothing does
 * @param sections in the order in which they are read
 * @param foot where it comes from, at the foot of every page
 */
public record Page(String title, String mark, List<Section> sections, String foot) {

    public Page {
        sections = List.copyOf(sections);
    }

    /** A heading and what stands below it. */
    public record Section(String title, List<Block> blocks) {
        public Section {
            blocks = List.copyOf(blocks);
        }
    }
}
