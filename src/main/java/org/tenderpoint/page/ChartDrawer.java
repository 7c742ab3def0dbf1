package org.tenderpoint.page;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * Draws a chart with lines and circles: quarters of the scale, the values, and a line through them. Text stands beside it
 * in the page, so no font of the machine is needed.
 */
final class ChartDrawer implements FSObjectDrawer {

    private static final Color GRID = new Color(0xD0D6DC);
    private static final Color LINE = new Color(0x1F5A7A);
    private static final float RADIUS = 2.4f;
    private static final float INSET = 3.4f;
    private static final float THICK = 1.4f;
    private static final float THIN = 0.5f;
    private static final int QUARTERS = 4;

    private final Chart chart;

    ChartDrawer(Chart chart) {
        this.chart = chart;
    }

    @Override
    public Map<Shape, String> drawObject(
            Element object,
            double x,
            double y,
            double width,
            double height,
            OutputDevice device,
            RenderingContext context,
            int dotsPerPixel) {
        var wide = (float) width / dotsPerPixel;
        var high = (float) height / dotsPerPixel;
        device.drawWithGraphics((float) x, (float) y, wide, high, graphics -> draw(graphics, wide, high));
        return Map.of();
    }

    private void draw(Graphics2D graphics, float wide, float high) {
        graphics.setColor(GRID);
        graphics.setStroke(new BasicStroke(THIN));
        for (var quarter = 0; quarter <= QUARTERS; quarter++) {
            var level = INSET + (high - 2 * INSET) * quarter / QUARTERS;
            graphics.draw(new Line2D.Float(0, level, wide, level));
        }
        graphics.setColor(LINE);
        graphics.setStroke(new BasicStroke(THICK, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        var path = new Path2D.Float();
        for (var point : chart.points()) {
            var across = across(point, wide);
            var down = down(point.value(), high);
            if (path.getCurrentPoint() == null) {
                path.moveTo(across, down);
            } else {
                path.lineTo(across, down);
            }
        }
        graphics.draw(path);
        for (var point : chart.points()) {
            graphics.fill(new Ellipse2D.Float(
                    across(point, wide) - RADIUS, down(point.value(), high) - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
    }

    private float across(Chart.Point point, float wide) {
        var first = chart.points().get(0).day();
        var days = ChronoUnit.DAYS.between(
                first, chart.points().get(chart.points().size() - 1).day());
        var inside = wide - 2 * INSET;
        return INSET + (days == 0 ? 0 : inside * ChronoUnit.DAYS.between(first, point.day()) / days);
    }

    private float down(BigDecimal value, float high) {
        var share = value.subtract(chart.low()).floatValue()
                / chart.high().subtract(chart.low()).floatValue();
        return INSET + (high - 2 * INSET) * (1 - Math.max(0, Math.min(1, share)));
    }
}
