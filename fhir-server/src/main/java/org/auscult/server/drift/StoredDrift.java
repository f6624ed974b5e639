package org.auscult.server.drift;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.monitoring.alert.ReportedFigure;
import org.auscult.monitoring.alert.WindowReport;
import org.auscult.monitoring.page.DriftWeek;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.ReportWindow.Kind;
import org.auscult.server.report.StoredReports;

/** What the reports of drift that stand tell of a model over a stretch of time. */
public final class StoredDrift {
  private static final String FEATURE = "feature = ";

  private final StoredReports stored;
  private final ZoneId zone;

  StoredDrift(StoredReports stored, ZoneId zone) {
    this.stored = stored;
    this.zone = zone;
  }

  /**
   * What they tell.
   *
   * @param sources references with versions
   * @param weeks that touch the stretch, in the order of time
   * @param causes sentences, each once
   */
  public record Told(List<String> sources, List<DriftWeek> weeks, List<String> causes) {
    public Told {
      sources = List.copyOf(sources);
      weeks = List.copyOf(weeks);
      causes = List.copyOf(causes);
    }
  }

  /**
   * Reads them.
   *
   * @param model {@code url|version}
   * @param end exclusive
   */
  public Told of(String model, Instant start, Instant end) {
    List<String> sources = new ArrayList<>();
    List<DriftWeek> weeks = new ArrayList<>();
    Set<String> causes = new LinkedHashSet<>();
    for (Kind kind : List.of(Kind.MONTH, Kind.WEEK)) {
      for (ReportWindow window : ReportWindow.between(kind, start, end.minusMillis(1), zone)) {
        stored
            .find(DriftResources.id(model, window), window)
            .ifPresent(
                report -> {
                  sources.add(report.reference());
                  report.figures().forEach(figure -> causes.addAll(figure.causes()));
                  if (kind == Kind.WEEK) {
                    weeks.add(week(report));
                  }
                });
      }
    }
    return new Told(sources, weeks, List.copyOf(causes));
  }

  /** What the report of a week tells on a page. */
  public static DriftWeek week(WindowReport report) {
    return new DriftWeek(report.window(), features(report));
  }

  private static SortedMap<String, DriftWeek.Cell> features(WindowReport report) {
    SortedMap<String, DriftWeek.Cell> features = new TreeMap<>();
    for (ReportedFigure figure : report.figures()) {
      if (figure.name().equals("psi")) {
        figure.parameters().stream()
            .filter(parameter -> parameter.startsWith(FEATURE))
            .map(parameter -> parameter.substring(FEATURE.length()))
            .forEach(
                feature ->
                    features.put(
                        feature,
                        new DriftWeek.Cell(
                            figure.value(), Objects.requireNonNullElse(figure.unknown(), ""))));
      }
    }
    return features;
  }
}
