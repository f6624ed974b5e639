package org.auscult.monitoring.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.auscult.monitoring.plot.Plot.Labelled;
import org.auscult.monitoring.plot.Plot.Point;
import org.auscult.monitoring.plot.Plot.Size;
import org.auscult.statistics.estimate.Interval;
import org.auscult.statistics.series.ControlLimits;
import org.jspecify.annotations.Nullable;

/**
 * A figure window after window, with limits where there are any, and what happened meanwhile.
 *
 * @param points in the order of time
 * @param limits null if there are none
 * @param events that fall into the windows
 */
public record ControlChart(List<Value> points, @Nullable ControlLimits limits, List<Mark> events) {
  private static final int MOST_LABELS = 6;

  public ControlChart {
    points = List.copyOf(points);
    events = List.copyOf(events);
  }

  /**
   * A window.
   *
   * @param value null if it is not known
   */
  public record Value(String window, @Nullable Double value, @Nullable Interval interval) {}

  /**
   * Something that happened.
   *
   * @param place among the windows: 1.5 is the middle of the second one
   * @param name such as its number
   */
  public record Mark(double place, String name) {}

  /** Whether a value lies beyond the limits. */
  public boolean isBeyond(Value point) {
    return limits != null && point.value() != null && limits.alarms(point.value());
  }

  /** Draws it. */
  public Markup drawn(Plot.Words words) {
    Plot plot =
        new Plot(words, Size.SERIES, new Labelled(windows(), ""), new Labelled(values(), ""));
    if (limits != null) {
      plot.level("limit", limits.lower(), "−3 σ");
      plot.level("reference", limits.mean(), "mean");
      plot.level("limit", limits.upper(), "+3 σ");
    }
    events.forEach(event -> plot.upright("event", event.place(), event.name()));
    List<Point> run = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Value point = points.get(i);
      if (point.value() == null) {
        plot.curve("model", run);
        run.clear();
      } else {
        run.add(new Point(i + 0.5, point.value()));
      }
    }
    plot.curve("model", run);
    for (int i = 0; i < points.size(); i++) {
      mark(plot, points.get(i), i + 0.5);
    }
    return plot.drawn();
  }

  private void mark(Plot plot, Value point, double at) {
    if (point.value() == null) {
      return;
    }
    Interval interval = point.interval();
    if (interval != null) {
      plot.interval("model-interval", at, interval.lower(), interval.upper());
    }
    if (isBeyond(point)) {
      plot.diamond("beyond", new Point(at, point.value()));
    } else {
      plot.dot("model-dot", new Point(at, point.value()));
    }
  }

  private Axis windows() {
    List<Axis.Tick> ticks = new ArrayList<>();
    int every = Math.max(1, (points.size() + MOST_LABELS - 1) / MOST_LABELS);
    for (int i = points.size() - 1; i >= 0; i -= every) {
      ticks.add(0, new Axis.Tick(i + 0.5, points.get(i).window()));
    }
    return new Axis(0, Math.max(1, points.size()), ticks);
  }

  private Axis values() {
    DoubleStream told = points.stream().flatMapToDouble(ControlChart::told);
    return Axis.covering(
        limits == null
            ? told
            : DoubleStream.concat(told, DoubleStream.of(limits.lower(), limits.upper())));
  }

  private static DoubleStream told(Value point) {
    Double value = point.value();
    Interval interval = point.interval();
    if (value == null) {
      return DoubleStream.empty();
    }
    return interval == null
        ? DoubleStream.of(value)
        : DoubleStream.of(value, interval.lower(), interval.upper());
  }
}
