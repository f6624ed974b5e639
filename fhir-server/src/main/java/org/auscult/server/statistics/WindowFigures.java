package org.auscult.server.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.fairness.GroupEvaluation;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.window.CalibrationChange;
import org.auscult.statistics.window.ErrorStream;
import org.auscult.statistics.window.Every;
import org.auscult.statistics.window.Rolling;
import org.auscult.statistics.window.TimedScores;
import org.auscult.statistics.window.Window;
import org.jspecify.annotations.Nullable;

/** The figures of each window of time, and how calibration and errors changed over it. */
final class WindowFigures {
  private final Length length;
  private final TimedScores rows;
  private final List<Double> thresholds;
  private final BiFunction<List<Estimate>, LabelledScores, List<Estimate>> intervals;
  private final @Nullable Integer rolling;

  /**
   * How long windows are.
   *
   * @param spans in each, of which one begins a window; 1 if no two windows share a row
   */
  record Length(Every every, int spans) {
    String text() {
      return "%s windows of %d × %d %s"
          .formatted(
              spans == 1 ? "tumbling" : "sliding",
              spans,
              every.count(),
              EstimateTable.lower(every.unit()));
    }
  }

  /**
   * Of these rows.
   *
   * @param intervals what gives figures of scores the intervals that they lack
   * @param rolling of how many rows figures are told row after row; null for none
   */
  WindowFigures(
      Length length,
      TimedScores rows,
      List<Double> thresholds,
      BiFunction<List<Estimate>, LabelledScores, List<Estimate>> intervals,
      @Nullable Integer rolling) {
    this.length = length;
    this.rows = rows;
    this.thresholds = List.copyOf(thresholds);
    this.intervals = intervals;
    this.rolling = rolling;
  }

  /** The windows by their place, as groups are told: small ones are hidden. */
  private SortedMap<String, List<Estimate>> figures(List<Window> windows) {
    Map<String, LabelledScores> groups = new TreeMap<>();
    windows.forEach(window -> groups.put(name(window), window.scores()));
    SortedMap<String, List<Estimate>> all = GroupEvaluation.of(groups).all(thresholds);
    groups.forEach(
        (name, scores) ->
            all.computeIfPresent(name, (window, figures) -> intervals.apply(figures, scores)));
    return all;
  }

  private static String name(Window window) {
    return window.from() + " to " + window.until();
  }

  private List<Window> windows() {
    return Window.sliding(rows, length.every(), length.spans());
  }

  private List<Estimate> changes() {
    return CalibrationChange.of(Window.tumbling(rows, length.every()));
  }

  void tell(EstimateTable table) {
    List<Window> windows = windows();
    SortedMap<String, List<Estimate>> figures = figures(windows);
    table.line("");
    table.line(length.text() + ", in UTC:");
    List<String> hidden = new ArrayList<>();
    for (Window window : windows) {
      List<Estimate> some = figures.get(name(window));
      if (some == null) {
        hidden.add(name(window));
      } else {
        table.title(name(window));
        table.rows(some);
      }
    }
    if (!hidden.isEmpty()) {
      table.line("  not shown, being small or near to it: " + String.join(", ", hidden));
    }
    table.title("Calibration slope over time");
    figures.forEach(
        (name, some) -> {
          table.line("  " + name + ":");
          some.stream().filter(WindowFigures::isSlope).forEach(table::row);
        });
    table.title("Change over time, between tumbling windows");
    table.rows(changes());
    for (double threshold : thresholds) {
      ErrorStream errors = ErrorStream.of(rows, threshold);
      table.line("  errors of decisions @" + threshold + ", row after row:");
      table.line("    warning (DDM, 2 s) first at " + told(errors.warning()));
      table.line("    drift (DDM, 3 s) first at " + told(errors.drift()));
    }
    table.line("  squared errors of probabilities, row after row:");
    table.line("    rise (Page-Hinkley) first at " + told(rise()));
    if (rolling != null) {
      table.title("The last %,d rows, row after row".formatted(rolling));
      for (Rolling one : Rolling.of(rows, rolling)) {
        tell(table, "worst", one.worst());
        tell(table, "last", one.last());
      }
    }
  }

  private static void tell(EstimateTable table, String what, Optional<Rolling.Point> point) {
    if (point.isEmpty()) {
      table.line("  " + what + ": never more than ten rows of each class");
    } else {
      table.line("  " + what + " at " + point.get().at() + ":");
      table.row(point.get().figure());
    }
  }

  private Optional<Instant> rise() {
    return ErrorStream.of(rows, thresholds.get(0)).rise();
  }

  private static boolean isSlope(Estimate figure) {
    return figure.definition().name().equals("calibration-slope");
  }

  private static String told(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("no time");
  }

  ObjectNode object() {
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    object.put("every", length.every().count() + " " + EstimateTable.lower(length.every().unit()));
    object.put("spans", length.spans());
    List<Window> windows = windows();
    SortedMap<String, List<Estimate>> figures = figures(windows);
    ArrayNode all = object.putArray("windows");
    for (Window window : windows) {
      List<Estimate> some = figures.get(name(window));
      ObjectNode one =
          all.addObject()
              .put("from", window.from().toString())
              .put("until", window.until().toString())
              .put("hidden", some == null);
      if (some != null) {
        one.set("figures", EstimateJson.of(some));
      }
    }
    object.set("changes", EstimateJson.of(changes()));
    ObjectNode errors = object.putObject("errors");
    for (double threshold : thresholds) {
      ErrorStream stream = ErrorStream.of(rows, threshold);
      ObjectNode one = errors.putObject(Double.toString(threshold));
      stream.warning().ifPresent(at -> one.put("warning", at.toString()));
      stream.drift().ifPresent(at -> one.put("drift", at.toString()));
    }
    rise().ifPresent(at -> object.put("squaredErrorsRose", at.toString()));
    if (rolling != null) {
      ObjectNode told = object.putObject("rolling");
      told.put("rows", rolling);
      List<Rolling> both = Rolling.of(rows, rolling);
      told.set("auroc", object(both.get(0)));
      told.set("brier", object(both.get(1)));
    }
    return object;
  }

  private static ObjectNode object(Rolling rolling) {
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    rolling.worst().ifPresent(point -> object.set("worst", object(point)));
    rolling.last().ifPresent(point -> object.set("last", object(point)));
    return object;
  }

  private static ObjectNode object(Rolling.Point point) {
    ObjectNode object = EstimateJson.JSON.createObjectNode();
    object.put("at", point.at().toString());
    object.set("figure", EstimateJson.of(List.of(point.figure())).get(0));
    return object;
  }
}
