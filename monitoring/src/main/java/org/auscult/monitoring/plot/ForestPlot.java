package org.auscult.monitoring.plot;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.auscult.statistics.estimate.Interval;
import org.jspecify.annotations.Nullable;

/** One figure of many groups, one below the other. */
public final class ForestPlot {
  private static final double WIDTH = 720;
  private static final double ROW = 20;
  private static final double TOP = 8;
  private static final double BOTTOM = 40;
  private static final double LEFT = 180;
  private static final double RIGHT = 500;
  private static final int LONGEST = 30;

  private ForestPlot() {}

  /**
   * A group.
   *
   * @param name null for the name of a way of grouping, of which the next rows are
   * @param value null if it is not told
   * @param instead what is said where there is no value
   */
  public record Row(
      String name,
      boolean isHeading,
      @Nullable Double value,
      @Nullable Interval interval,
      long n,
      String instead) {
    /** The name of a way of grouping, of which the next rows are. */
    public static Row heading(String name) {
      return new Row(name, true, null, null, 0, "");
    }
  }

  /**
   * Draws it.
   *
   * @param overall upright line
   */
  public static Markup of(Plot.Words words, String label, double overall, List<Row> rows) {
    Axis axis =
        Axis.covering(
            DoubleStream.concat(
                DoubleStream.of(overall), rows.stream().flatMapToDouble(ForestPlot::values)));
    double height = TOP + rows.size() * ROW + BOTTOM;
    Markup svg = new Markup();
    Plot.begin(svg, words, new Plot.Size(WIDTH, height));
    double foot = height - BOTTOM;
    for (Axis.Tick tick : axis.ticks()) {
      line(svg, "grid", at(axis, tick.value()), TOP, at(axis, tick.value()), foot);
      text(svg, "tick middle", at(axis, tick.value()), foot + 14, tick.label());
    }
    text(svg, "label middle", (LEFT + RIGHT) / 2, height - 8, label);
    line(svg, "reference", at(axis, overall), TOP, at(axis, overall), foot);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, axis, rows.get(i), TOP + (i + 0.5) * ROW);
    }
    return svg.close();
  }

  private static DoubleStream values(Row row) {
    if (row.value() == null) {
      return DoubleStream.empty();
    }
    Interval interval = row.interval();
    return interval == null
        ? DoubleStream.of(row.value())
        : DoubleStream.of(row.value(), interval.lower(), interval.upper());
  }

  private static void row(Markup svg, Axis axis, Row row, double y) {
    if (row.isHeading()) {
      text(svg, "heading", 4, y + 4, shortened(row.name()));
      return;
    }
    text(svg, "tick", 16, y + 4, shortened(row.name()));
    if (row.value() == null) {
      text(svg, "tick", RIGHT + 10, y + 4, row.instead());
      return;
    }
    double value = Objects.requireNonNull(row.value());
    Interval interval = row.interval();
    if (interval != null) {
      line(svg, "model-interval", at(axis, interval.lower()), y, at(axis, interval.upper()), y);
    }
    svg.empty(
        "rect",
        "class",
        "model-dot",
        "x",
        Digits.place(at(axis, value) - 4),
        "y",
        Digits.place(y - 4),
        "width",
        "8",
        "height",
        "8");
    text(svg, "tick", RIGHT + 10, y + 4, told(value, interval) + ", n " + row.n());
  }

  private static String told(double value, @Nullable Interval interval) {
    return Digits.shown(value)
        + Stream.ofNullable(interval)
            .map(i -> " (" + Digits.shown(i.lower()) + " to " + Digits.shown(i.upper()) + ")")
            .findFirst()
            .orElse("");
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  private static double at(Axis axis, double value) {
    return axis.place(value, LEFT, RIGHT);
  }

  private static void line(Markup svg, String mark, double x1, double y1, double x2, double y2) {
    svg.empty(
        "line",
        "class",
        mark,
        "x1",
        Digits.place(x1),
        "y1",
        Digits.place(y1),
        "x2",
        Digits.place(x2),
        "y2",
        Digits.place(y2));
  }

  private static void text(Markup svg, String mark, double x, double y, String text) {
    svg.element("text", text, "class", mark, "x", Digits.place(x), "y", Digits.place(y));
  }
}
