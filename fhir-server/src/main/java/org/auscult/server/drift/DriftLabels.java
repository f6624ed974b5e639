package org.auscult.server.drift;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
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
  private final InstantSource clock;

  DriftLabels(PredictionRows rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  @Override
  public SortedMap<String, List<Estimate>> of(
      PredictionModel model, DriftReference reference, Instant start, Instant end) {
    SortedMap<String, List<Estimate>> labels = new TreeMap<>();
    for (Series series : series(model)) {
      Instant looked = clock.instant();
      Read now = rows.read(new Asked(series, start, end, looked));
      Read before = rows.read(new Asked(series, reference.start(), reference.end(), looked));
      if (now.outcome() != null && before.outcome() != null) {
        labels.put(series.output(), LabelDrift.of(events(before), events(now)));
      }
    }
    return labels;
  }

  /** Changes whenever labels of either stretch do. */
  String fingerprint(PredictionModel model, DriftReference reference, Instant start, Instant end) {
    Instant looked = clock.instant();
    StringBuilder all = new StringBuilder();
    for (Series series : series(model)) {
      all.append(rows.fingerprint(new Asked(series, start, end, looked)))
          .append(' ')
          .append(rows.fingerprint(new Asked(series, reference.start(), reference.end(), looked)))
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
