package org.auscult.monitoring.drift;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result;
import org.auscult.prediction.Subject;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of one version of a model, in the order in which it was asked. Not for several
 * threads.
 *
 * <p>Of more than {@value #MOST_ROWS} rows so many are drawn by the ids of their predictions: the
 * same journal gives the same rows, whoever reads it. Memory: the vectors that are kept, and a
 * number for each patient.
 */
public final class ServedRows {
  /** More rows are not kept. */
  public static final int MOST_ROWS = 5_000;

  private final ZoneId zone;
  private final Set<Subject> seen = new HashSet<>();
  private final TreeMap<Long, Row> drawn = new TreeMap<>();
  private final SortedMap<LocalDate, Long> volume = new TreeMap<>();
  private long predictions;
  private long repeated;
  private long notEligible;

  /**
   * @param zone whose days are counted
   */
  public ServedRows(ZoneId zone) {
    this.zone = zone;
  }

  private record Row(Subject subject, Instant at, FeatureVector vector, Map<String, Double> said) {}

  /**
   * Whose record can be looked at.
   *
   * @param patient logical id here
   * @param at index time of the prediction
   * @param vector what was served
   */
  public record Looked(String patient, Instant at, FeatureVector vector) {}

  /** Adds a run of an entry; runs come by time. */
  public void add(JournalEntry entry, ModelRun run) {
    predictions++;
    volume.merge(entry.recordedAt().atZone(zone).toLocalDate(), 1L, Long::sum);
    if (run.result() instanceof Result.NotEligible) {
      notEligible++;
    } else if (!seen.add(entry.subject())) {
      repeated++;
    } else {
      Map<String, Double> said =
          run.result() instanceof Result.Predicted predicted ? predicted.values() : Map.of();
      drawn.put(draw(entry, run), new Row(entry.subject(), entry.indexTime(), run.vector(), said));
      if (drawn.size() > MOST_ROWS) {
        drawn.pollLastEntry();
      }
    }
  }

  private static long draw(JournalEntry entry, ModelRun run) {
    SplitMix64 chance =
        new SplitMix64(
            entry.id().getMostSignificantBits()
                ^ Long.rotateLeft(entry.id().getLeastSignificantBits(), 17)
                ^ run.index());
    return chance.next();
  }

  /** How often the model was asked. */
  public long predictions() {
    return predictions;
  }

  /** Of the first rows those whose patients are of our record. */
  public List<Looked> looked(int most) {
    return drawn.values().stream()
        .filter(row -> row.subject().isOurs())
        .limit(most)
        .map(row -> new Looked(row.subject().id(), row.at(), row.vector()))
        .toList();
  }

  /** All so far. */
  public ServedSample sample() {
    Map<String, Column> features = new LinkedHashMap<>();
    Map<String, Column> outputs = new LinkedHashMap<>();
    Collection<Row> rows = drawn.values();
    for (Row row : rows) {
      row.vector()
          .entries()
          .forEach(
              entry ->
                  features.putIfAbsent(
                      entry.name(), new Column(entry.definition(), entry.title())));
      row.said().keySet().forEach(name -> outputs.putIfAbsent(name, new Column("", name)));
    }
    for (Row row : rows) {
      features.forEach((name, column) -> column.add(row.vector().entry(name)));
      outputs.forEach((name, column) -> column.addScore(row.said().get(name)));
    }
    List<ServedColumn> said =
        outputs.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(of -> of.getValue().build(of.getKey()))
            .toList();
    return new ServedSample(
        predictions,
        repeated,
        notEligible,
        seen.size(),
        volume,
        features.entrySet().stream().map(of -> of.getValue().build(of.getKey())).toList(),
        said);
  }

  private static final class Column {
    /** Of an output: why there is none stands in what the features say. */
    private static final String NOT_ASSESSED = "not-assessed";

    /** Of a feature: the set of another row had it. */
    private static final String NOT_IN_SET = "not-in-set";

    private final String definition;
    private final String title;
    private final List<Double> values = new ArrayList<>();
    private final SortedMap<String, Long> missing = new TreeMap<>();

    Column(String definition, String title) {
      this.definition = definition;
      this.title = title;
    }

    void add(Optional<FeatureVector.Entry> entry) {
      if (entry.isPresent() && entry.get().value() instanceof Present present) {
        values.add(present.value());
      } else if (entry.isPresent() && entry.get().value() instanceof Missing none) {
        addMissing(none.reason().code());
      } else {
        addMissing(NOT_IN_SET);
      }
    }

    void addScore(@Nullable Double score) {
      if (score == null) {
        addMissing(NOT_ASSESSED);
      } else {
        values.add(score);
      }
    }

    private void addMissing(String reason) {
      values.add(Double.NaN);
      missing.merge(reason, 1L, Long::sum);
    }

    ServedColumn build(String name) {
      return new ServedColumn(name, definition, title, values, missing);
    }
  }
}
