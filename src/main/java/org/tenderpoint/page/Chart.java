package org.tenderpoint.page;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A measure over time.
 *
 * @param title what is measured, and what a reader should see in it
 * @param scale the range and which way is better, in words
 * @param low lowest value of the scale
 * @param high highest value of the scale
 * @param points oldest first, two or more
 */
public record Chart(String title, String scale, BigDecimal low, BigDecimal high, List<Point> points) {

    public Chart {
        points = List.copyOf(points);
    }

    /** One value. */
    public record Point(LocalDate day, BigDecimal value) {}
}
