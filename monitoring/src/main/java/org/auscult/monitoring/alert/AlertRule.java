package org.auscult.monitoring.alert;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;

/**
 * When the figures of a model, window after window, are a finding.
 *
 * <p>A window counts if its figure is known and of at least {@code minimum} rows, whether it is
 * over or not; others are passed over. The last {@code consecutive} windows that count must be
 * breaches. One window in order ends the finding.
 *
 * @param canonical {@code url|version}
 * @param title for people
 * @param model {@code url|version}, or {@code url} for every version; null for every model
 * @param output null for every one
 * @param group null for everybody together
 * @param minimum rows, at least 1
 * @param consecutive windows, at least 1
 * @param escalation after how long without acknowledgement a Task becomes more urgent; null as
 *     configured
 */
public record AlertRule(
    String canonical,
    String title,
    @Nullable String model,
    @Nullable String output,
    AlertFigure figure,
    ReportWindow.Kind window,
    @Nullable AlertGroup group,
    AlertTest test,
    int minimum,
    int consecutive,
    FindingSeverity severity,
    @Nullable Duration escalation) {
  public AlertRule {
    Objects.requireNonNull(figure);
    Objects.requireNonNull(window);
    Objects.requireNonNull(test);
    Objects.requireNonNull(severity);
    if (canonical.isBlank() || title.isBlank()) {
      throw new IllegalArgumentException("A rule has a canonical and a title");
    }
    if (minimum < 1 || consecutive < 1) {
      throw new IllegalArgumentException(
          canonical
              + ": minimum and consecutive are 1 or more, not "
              + minimum
              + ", "
              + consecutive);
    }
    if (escalation != null && (escalation.isNegative() || escalation.isZero())) {
      throw new IllegalArgumentException(canonical + ": escalation takes some time");
    }
  }

  /**
   * Whether it watches an output of a model.
   *
   * @param canonical of the model, {@code url|version}
   */
  public boolean watches(String canonical, String name) {
    boolean isOurModel =
        model == null || canonical.equals(model) || canonical.startsWith(model + "|");
    return isOurModel && (output == null || output.equals(name));
  }

  /** All series that it watches in the reports of one output. */
  public List<FigureSeries> series(List<WindowReport> reports) {
    return FigureSeries.of(
        reports.stream().filter(report -> report.window().kind() == window).toList(),
        figure,
        group);
  }

  /** How a series stands. The same series gives the same verdict. */
  public Verdict judge(FigureSeries series) {
    List<FigurePoint> counting = series.counting(minimum, test.compared());
    if (counting.isEmpty()) {
      return new Verdict.NotJudged("no window has a figure of " + minimum + " rows or more");
    }
    Optional<List<JudgedWindow>> judged = test.judge(counting);
    if (judged.isEmpty()) {
      return new Verdict.NotJudged("there is no reference by which it could be judged yet");
    }
    List<JudgedWindow> windows = judged.get();
    if (windows.isEmpty()) {
      return new Verdict.NotJudged("no window comes after the reference yet");
    }
    int first = windows.size();
    while (first > 0 && windows.get(first - 1).isBreach()) {
      first--;
    }
    int run = windows.size() - first;
    return run >= consecutive
        ? new Verdict.Breached(windows.subList(first, windows.size()))
        : new Verdict.InOrder(windows.get(windows.size() - 1));
  }
}
