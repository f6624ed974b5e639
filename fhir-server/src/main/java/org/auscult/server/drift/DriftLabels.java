package org.auscult.server.drift;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.model.PredictionModel;
import org.auscult.monitoring.drift.LabelDrift;
import org.auscult.monitoring.performance.Standing;
import org.auscult.server.model.Sha256;
import org.auscult.server.performance.PredictionRows;
import org.auscult.server.performance.PredictionRows.Asked;
import org.auscult.server.performance.PredictionRows.Read;
import org.auscult.server.report.Series;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.uncertainty.Proportion;

/** What became of the patients of two stretches of time, as labels stand now. */
final class DriftLabels implements Drift.Labels {
  private final PredictionRows rows;

  DriftLabels(PredictionRows rows) {
    this.rows = rows;
  }

  @Override
  public SortedMap<String, List<Estimate>> of(
      PredictionModel model, DriftReference reference, Instant start, Instant end) {
    SortedMap<String, List<Estimate>> labels = new TreeMap<>();
    for (Series series : series(model)) {
      Read now = rows.read(new Asked(series, start, end));
      Read before = rows.read(new Asked(series, reference.start(), reference.end()));
      if (now.outcome() != null && before.outcome() != null) {
        labels.put(series.output(), LabelDrift.of(events(before), events(now)));
      }
    }
    return labels;
  }

  /** Changes whenever labels of either stretch do. */
  String fingerprint(PredictionModel model, DriftReference reference, Instant start, Instant end) {
    StringBuilder all = new StringBuilder();
    for (Series series : series(model)) {
      all.append(rows.fingerprint(new Asked(series, start, end)))
          .append(' ')
          .append(rows.fingerprint(new Asked(series, reference.start(), reference.end())))
          .append('\n');
    }
    return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private static List<Series> series(PredictionModel model) {
    return model.outputs().stream()
        .map(output -> new Series(model.canonical(), output.name()))
        .toList();
  }

  private static Proportion events(Read read) {
    long events = read.observed().count(Standing.EVENT);
    return new Proportion(events, events + read.observed().count(Standing.NO_EVENT));
  }
}
