package org.auscult.monitoring.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.monitoring.alert.FigurePoint;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.monitoring.plot.ControlChart;
import org.auscult.monitoring.plot.Digits;
import org.auscult.monitoring.plot.Markup;
import org.auscult.monitoring.plot.Plot.Words;
import org.auscult.statistics.series.ControlLimits;
import org.jspecify.annotations.Nullable;

/** The main figures window after window, as control charts. */
final class SeriesSection {
  /** Windows that are drawn, the latest ones. */
  static final int MOST_WINDOWS = 24;

  /** Months whose mean and spread make the limits. */
  static final int REFERENCE = 6;

  private static final List<String> FIGURES =
      List.of(
          "auroc",
          "observed-to-expected",
          "calibration-slope",
          "brier",
          "ece-equal-count",
          "prevalence");

  private SeriesSection() {}

  static void write(Markup page, ModelPage model) {
    page.element("h2", "Over time").line();
    page.element(
            "p",
            (model.subject().window().kind() == Kind.MONTH
                    ? "By month. "
                    : "By three months that end with each month; they overlap, so there are no"
                        + " limits. ")
                + "Bars are intervals of 95 %. Where there are more than "
                + REFERENCE
                + " months, the first "
                + REFERENCE
                + " are the reference: their mean, and three standard deviations to both sides. A"
                + " diamond lies beyond. Dotted lines are what happened, by its number above.",
            "class",
            "soft")
        .line();
    page.open("div", "class", "plots").line();
    for (String name : FIGURES) {
      model.figure(name).ifPresent(figure -> chart(page, model, figure));
    }
    page.close().line();
  }

  private static void chart(Markup page, ModelPage model, ReportedFigure figure) {
    List<FigurePoint> all = model.series(figure);
    List<FigurePoint> shown = all.subList(Math.max(0, all.size() - MOST_WINDOWS), all.size());
    List<ControlChart.Value> values =
        shown.stream()
            .map(
                point ->
                    new ControlChart.Value(
                        model.subject().ending(point.window()), point.value(), point.interval()))
            .toList();
    ControlChart chart =
        new ControlChart(values, limits(model, all).orElse(null), marks(model.events(), shown));
    String name = Wording.name(figure.name());
    String told = told(chart);
    page.open("figure");
    page.add(chart.drawn(new Words("series-" + figure.name(), name + " over time", told)));
    page.element("figcaption", name + ". " + told).close().line();
  }

  /** Of months with a value, if there are more than the reference needs. */
  private static Optional<ControlLimits> limits(ModelPage model, List<FigurePoint> all) {
    List<Double> values = all.stream().map(FigurePoint::value).filter(Objects::nonNull).toList();
    return model.subject().window().kind() == Kind.MONTH && values.size() > REFERENCE
        ? ControlLimits.of(values.subList(0, REFERENCE))
        : Optional.empty();
  }

  /** The chart in words. */
  private static String told(ControlChart chart) {
    List<ControlChart.Value> known =
        chart.points().stream().filter(point -> point.value() != null).toList();
    if (known.isEmpty()) {
      return "It is not told in any window.";
    }
    ControlChart.Value last = known.get(known.size() - 1);
    StringBuilder told = new StringBuilder(last.window() + ": " + shown(last.value()) + ".");
    ControlLimits limits = chart.limits();
    if (limits != null) {
      List<String> beyond =
          known.stream().filter(chart::isBeyond).map(ControlChart.Value::window).toList();
      told.append(" Limits ")
          .append(Digits.shown(limits.lower()))
          .append(" to ")
          .append(Digits.shown(limits.upper()))
          .append(
              beyond.isEmpty() ? ", none beyond." : "; beyond: " + String.join(", ", beyond) + ".");
    }
    return told.toString();
  }

  private static String shown(@Nullable Double value) {
    return value == null ? "not told" : Digits.shown(value);
  }

  private static List<ControlChart.Mark> marks(List<PageEvent> events, List<FigurePoint> points) {
    List<ControlChart.Mark> marks = new ArrayList<>();
    for (int e = 0; e < events.size(); e++) {
      PageEvent event = events.get(e);
      for (int i = 0; i < points.size(); i++) {
        ReportWindow step = step(points, i);
        boolean isIn = !event.from().isBefore(step.start()) && event.from().isBefore(step.end());
        if (isIn) {
          double length = step.end().toEpochMilli() - step.start().toEpochMilli();
          double share = (event.from().toEpochMilli() - step.start().toEpochMilli()) / length;
          marks.add(new ControlChart.Mark(i + share, String.valueOf(e + 1)));
        }
      }
    }
    return marks;
  }

  /** What a window adds to the one before; windows of three months overlap. */
  private static ReportWindow step(List<FigurePoint> points, int i) {
    ReportWindow window = points.get(i).window();
    boolean overlaps = i > 0 && points.get(i - 1).window().end().isAfter(window.start());
    return overlaps
        ? new ReportWindow(window.kind(), points.get(i - 1).window().end(), window.end())
        : window;
  }
}
