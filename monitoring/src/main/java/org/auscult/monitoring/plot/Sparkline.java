package org.auscult.monitoring.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.auscult.monitoring.plot.Plot.Point;
import org.jspecify.annotations.Nullable;

/** A few values in the height of a line of text; the last one bears a dot. */
public final class Sparkline {
  private static final double WIDTH = 110;
  private static final double HEIGHT = 26;
  private static final double EDGE = 4;

  private Sparkline() {}

  /**
   * Draws it.
   *
   * @param values of windows in the order of time; null where there is none
   */
  public static Markup of(Plot.Words words, List<@Nullable Double> values) {
    Markup svg = new Markup();
    Plot.begin(svg, words, new Plot.Size(WIDTH, HEIGHT));
    OptionalDouble least = values.stream().filter(v -> v != null).mapToDouble(v -> v).min();
    OptionalDouble most = values.stream().filter(v -> v != null).mapToDouble(v -> v).max();
    if (least.isEmpty() || most.isEmpty()) {
      return svg.close();
    }
    double room = Math.max(most.getAsDouble() - least.getAsDouble(), 1e-12);
    List<String> run = new ArrayList<>();
    Point last = null;
    for (int i = 0; i < values.size(); i++) {
      Double value = values.get(i);
      if (value == null) {
        line(svg, run);
        run.clear();
        continue;
      }
      last =
          new Point(
              EDGE + (WIDTH - 2 * EDGE) * (i + 0.5) / values.size(),
              HEIGHT - EDGE - (value - least.getAsDouble()) / room * (HEIGHT - 2 * EDGE));
      run.add(Digits.place(last.x()) + "," + Digits.place(last.y()));
    }
    line(svg, run);
    if (last != null) {
      svg.empty(
          "circle",
          "class",
          "model-dot",
          "cx",
          Digits.place(last.x()),
          "cy",
          Digits.place(last.y()),
          "r",
          "2.5");
    }
    return svg.close();
  }

  private static void line(Markup svg, List<String> points) {
    if (points.size() > 1) {
      svg.empty("polyline", "class", "model", "points", String.join(" ", points));
    }
  }
}
