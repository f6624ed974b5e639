package org.auscult.monitoring.plot;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A drawing with two axes, to which marks are added. How marks look is said by their class, in the
 * page's style sheet; what they mean is said in words by whoever draws.
 */
public final class Plot {
  private static final double LEFT = 50;
  private static final double RIGHT = 12;
  private static final double TOP = 18;
  private static final double BOTTOM = 42;
  private static final double DOT = 3.5;

  private final Markup svg = new Markup();
  private final Axis x;
  private final Axis y;
  private final double width;
  private final double height;
  private final String id;

  /**
   * What a drawing is, in words.
   *
   * @param id unlike all others of the page
   * @param description what whoever cannot see it should know
   */
  public record Words(String id, String title, String description) {}

  /** How large it is, in units of the drawing. */
  public record Size(double width, double height) {
    /** As high as is usual for a curve. */
    public static final Size CURVE = new Size(400, 300);

    /** As high as is usual for a series. */
    public static final Size SERIES = new Size(400, 200);
  }

  /** A point by its values. */
  public record Point(double x, double y) {}

  /** An axis with what it tells. */
  public record Labelled(Axis axis, String label) {}

  /** An empty one. */
  public Plot(Words words, Size size, Labelled x, Labelled y) {
    this.x = x.axis();
    this.y = y.axis();
    this.width = size.width();
    this.height = size.height();
    this.id = words.id();
    begin(svg, words, size);
    svg.open("clipPath", "id", id + "-inside");
    svg.empty(
        "rect",
        "x",
        Digits.place(LEFT),
        "y",
        Digits.place(TOP),
        "width",
        Digits.place(width - LEFT - RIGHT),
        "height",
        Digits.place(height - TOP - BOTTOM));
    svg.close();
    axes(x.label(), y.label());
  }

  /** Opens a drawing that says what it is. */
  static void begin(Markup svg, Words words, Size size) {
    svg.open(
        "svg",
        "role",
        "img",
        "viewBox",
        "0 0 " + Digits.place(size.width()) + " " + Digits.place(size.height()),
        "aria-labelledby",
        words.id() + "-title " + words.id() + "-desc");
    svg.element("title", words.title(), "id", words.id() + "-title");
    svg.element("desc", words.description(), "id", words.id() + "-desc");
  }

  private double left(double value) {
    return x.place(value, LEFT, width - RIGHT);
  }

  private double top(double value) {
    return y.place(value, height - BOTTOM, TOP);
  }

  private void axes(String xLabel, String yLabel) {
    for (Axis.Tick tick : x.ticks()) {
      line("grid", new Point(tick.value(), y.from()), new Point(tick.value(), y.to()));
      text("tick middle", left(tick.value()), height - BOTTOM + 14, tick.label());
    }
    for (Axis.Tick tick : y.ticks()) {
      line("grid", new Point(x.from(), tick.value()), new Point(x.to(), tick.value()));
      text("tick end", LEFT - 5, top(tick.value()) + 3.5, tick.label());
    }
    line("axis", new Point(x.from(), y.from()), new Point(x.to(), y.from()));
    line("axis", new Point(x.from(), y.from()), new Point(x.from(), y.to()));
    text("label middle", (LEFT + width - RIGHT) / 2, height - 8, xLabel);
    text("label", 4, 11, yLabel);
  }

  /** A straight line, also beyond the axes. */
  private void line(String mark, Point from, Point to) {
    svg.empty(
        "line",
        "class",
        mark,
        "x1",
        Digits.place(left(from.x())),
        "y1",
        Digits.place(top(from.y())),
        "x2",
        Digits.place(left(to.x())),
        "y2",
        Digits.place(top(to.y())));
  }

  private void text(String mark, double atX, double atY, String text) {
    svg.element("text", text, "class", mark, "x", Digits.place(atX), "y", Digits.place(atY));
  }

  /** A line through points, as far as it lies within the axes. */
  public Plot curve(String mark, List<Point> points) {
    if (points.size() > 1) {
      svg.empty(
          "polyline",
          "class",
          mark,
          "clip-path",
          "url(#" + id + "-inside)",
          "points",
          points.stream().map(this::pair).collect(Collectors.joining(" ")));
    }
    return this;
  }

  /** The area between two lines, which go in one direction. */
  public Plot band(String mark, List<Point> lower, List<Point> upper) {
    if (lower.size() < 2) {
      return this;
    }
    StringBuilder points = new StringBuilder();
    lower.forEach(point -> points.append(pair(point)).append(' '));
    for (int i = upper.size() - 1; i >= 0; i--) {
      points.append(pair(upper.get(i))).append(' ');
    }
    svg.empty(
        "polygon",
        "class",
        mark,
        "clip-path",
        "url(#" + id + "-inside)",
        "points",
        points.toString().strip());
    return this;
  }

  /** A dot. */
  public Plot dot(String mark, Point at) {
    svg.empty(
        "circle",
        "class",
        mark,
        "cx",
        Digits.place(left(at.x())),
        "cy",
        Digits.place(top(at.y())),
        "r",
        Digits.place(DOT));
    return this;
  }

  /** A square that stands on its corner. */
  public Plot diamond(String mark, Point at) {
    double cx = left(at.x());
    double cy = top(at.y());
    double r = DOT * 1.6;
    svg.empty(
        "polygon",
        "class",
        mark,
        "points",
        Digits.place(cx - r)
            + ","
            + Digits.place(cy)
            + " "
            + Digits.place(cx)
            + ","
            + Digits.place(cy - r)
            + " "
            + Digits.place(cx + r)
            + ","
            + Digits.place(cy)
            + " "
            + Digits.place(cx)
            + ","
            + Digits.place(cy + r));
    return this;
  }

  /** From a lower to an upper value, upright. */
  public Plot interval(String mark, double at, double lower, double upper) {
    line(mark, new Point(at, lower), new Point(at, upper));
    return this;
  }

  /** A level line across, with its name at the right. */
  public Plot level(String mark, double at, String name) {
    line(mark, new Point(x.from(), at), new Point(x.to(), at));
    text("mark-name end", width - RIGHT - 2, top(at) - 3, name);
    return this;
  }

  /** An upright line across, with its name at the top. */
  public Plot upright(String mark, double at, String name) {
    line(mark, new Point(at, y.from()), new Point(at, y.to()));
    text("mark-name middle", left(at), TOP - 5, name);
    return this;
  }

  /** The whole drawing; nothing can be added afterwards. */
  public Markup drawn() {
    return svg.close();
  }

  private String pair(Point point) {
    return Digits.place(left(point.x())) + "," + Digits.place(top(point.y()));
  }
}
