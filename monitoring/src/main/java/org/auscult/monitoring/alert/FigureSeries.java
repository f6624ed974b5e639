package org.auscult.monitoring.alert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One figure, of one group or of everybody, window after window.
 *
 * @param parameters of the figure's definition, as {@code name = value}, sorted
 * @param way of grouping; null for everybody together
 * @param group of that way; null for everybody together
 * @param points in the order of their windows' ends, one for each window
 */
public record FigureSeries(
    AlertFigure figure,
    List<String> parameters,
    @Nullable String way,
    @Nullable String group,
    List<FigurePoint> points) {
  private static final Comparator<FigurePoint> BY_TIME =
      Comparator.comparing((FigurePoint point) -> point.window().end())
          .thenComparing(point -> point.window().start());

  public FigureSeries {
    parameters = List.copyOf(parameters);
    points = points.stream().sorted(BY_TIME).toList();
  }

  /**
   * All series of a figure that reports tell, in whatever order they come: one for each set of
   * parameters and each group.
   *
   * @param reports of windows of one kind, of one output of a model
   * @param group null for everybody together
   */
  public static List<FigureSeries> of(
      List<WindowReport> reports, AlertFigure figure, @Nullable AlertGroup group) {
    Map<String, FigureSeries> found = new TreeMap<>();
    for (WindowReport report : reports) {
      for (ReportedFigure told : report.figures()) {
        if (isMeant(told, figure) && isOf(told, group)) {
          String key = told.parameters() + "\n" + told.group();
          FigurePoint point =
              new FigurePoint(
                  report.window(),
                  report.reference(),
                  told.value(),
                  told.interval(),
                  told.n(),
                  told.causes());
          found.merge(
              key,
              new FigureSeries(figure, told.parameters(), told.way(), told.group(), List.of(point)),
              FigureSeries::and);
        }
      }
    }
    return List.copyOf(found.values());
  }

  private FigureSeries and(FigureSeries more) {
    List<FigurePoint> all = new ArrayList<>(points);
    all.addAll(more.points);
    return new FigureSeries(figure, parameters, way, group, all);
  }

  private static boolean isMeant(ReportedFigure told, AlertFigure figure) {
    boolean isSameGap = figure.by() == null ? told.by() == null : figure.by().equals(told.by());
    return isSameGap
        && told.name().equals(figure.code())
        && told.parameters().containsAll(figure.parameters());
  }

  private static boolean isOf(ReportedFigure told, @Nullable AlertGroup group) {
    if (group == null) {
      return told.way() == null;
    }
    return group.way().equals(told.way())
        && (group.group() == null || group.group().equals(told.group()));
  }

  /** Those that can be judged. */
  List<FigurePoint> counting(long minimum, Compared compared) {
    return points.stream().filter(point -> point.counts(minimum, compared)).toList();
  }
}
