package org.auscult.server.statistics;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVRecord;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.window.TimedScores;
import org.jspecify.annotations.Nullable;

/** The scores and labels of a file: of all rows, and of each group. */
final class MetricsInput {
  /** More groups than this are none. */
  static final int MOST_GROUPS = 1_000;

  static final String WITHOUT = "(none)";

  private final CsvRows rows;
  private final Columns columns;
  private final LabelledScores.Builder all = LabelledScores.builder();
  private final Map<String, SortedMap<String, LabelledScores.Builder>> groups =
      new LinkedHashMap<>();
  private final Clusters clusters = new Clusters();
  private final TimedScores.Builder timed = TimedScores.builder();
  private long withoutScore;
  private long withoutLabel;
  private long withoutTime;

  /**
   * Which columns are which.
   *
   * @param positive what a label says if the event happened; null for 1 or true, with 0 or false
   *     for the others
   * @param cluster whose rows belong together; null if each row stands for itself
   * @param time when a row was; null if that is not asked for
   */
  record Columns(
      String score,
      String label,
      @Nullable String positive,
      List<String> by,
      @Nullable String cluster,
      @Nullable String time) {
    Columns {
      by = by.stream().distinct().toList();
    }
  }

  private MetricsInput(CsvRows rows, Columns columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Reads a file; {@code -} for the standard input. */
  static MetricsInput read(String file, Columns columns) throws IOException {
    try (CsvRows rows = CsvRows.open(file)) {
      MetricsInput input = new MetricsInput(rows, columns);
      input.read();
      return input;
    }
  }

  private void read() throws IOException {
    int score = rows.place(columns.score());
    int label = rows.place(columns.label());
    List<Integer> by = new ArrayList<>();
    for (String column : columns.by()) {
      by.add(rows.place(column));
      groups.put(column, new TreeMap<>());
    }
    String together = columns.cluster();
    int cluster = together == null ? -1 : rows.place(together);
    String when = columns.time();
    int time = when == null ? -1 : rows.place(when);
    rows.each(
        row -> {
          if (row.get(score).isBlank()) {
            withoutScore++;
          } else if (row.get(label).isBlank()) {
            withoutLabel++;
          } else {
            double value = rows.number(row, score);
            boolean event = event(row, label);
            all.add(value, event);
            if (cluster >= 0) {
              if (row.get(cluster).isBlank()) {
                throw rows.problem(cluster, row.get(cluster), "tells not whose row it is");
              }
              clusters.add(value, event, row.get(cluster).strip());
            }
            for (int i = 0; i < by.size(); i++) {
              group(row, by.get(i), columns.by().get(i)).add(value, event);
            }
            if (time >= 0) {
              addTimed(row, time, value, event);
            }
          }
        });
  }

  private void addTimed(CSVRecord row, int place, double score, boolean event) throws CsvProblem {
    String cell = row.get(place).strip();
    if (cell.isEmpty()) {
      withoutTime++;
      return;
    }
    Optional<Instant> time = CsvTime.parse(cell);
    if (time.isEmpty()) {
      throw rows.problem(
          place, cell, "is no time: write 2026-03-01, or 2026-03-01T09:30:00Z with any offset");
    }
    timed.add(time.get(), score, event);
  }

  private boolean event(CSVRecord row, int place) throws CsvProblem {
    String cell = row.get(place).strip();
    if (columns.positive() != null) {
      return cell.equals(columns.positive());
    }
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default ->
          throw rows.problem(
              place,
              cell,
              "is no label: 1 or true, 0 or false, or tell by --positive what an event is");
    };
  }

  private LabelledScores.Builder group(CSVRecord row, int place, String column) throws CsvProblem {
    SortedMap<String, LabelledScores.Builder> some = groups.getOrDefault(column, new TreeMap<>());
    String name = row.get(place).strip();
    LabelledScores.Builder group =
        some.computeIfAbsent(name.isEmpty() ? WITHOUT : name, g -> LabelledScores.builder());
    if (some.size() > MOST_GROUPS) {
      throw rows.problem(
          place,
          name,
          "makes more than " + MOST_GROUPS + " groups: choose another column for --by");
    }
    return group;
  }

  LabelledScores all() {
    return all.build();
  }

  /** The rows with their times. */
  TimedScores timed() {
    return timed.build();
  }

  /** Rows with score and label, and without a time. */
  long withoutTime() {
    return withoutTime;
  }

  /** The rows with their clusters. */
  Clusters clusters() {
    return clusters;
  }

  /** By column, then by group. */
  Map<String, SortedMap<String, LabelledScores>> groups() {
    Map<String, SortedMap<String, LabelledScores>> built = new LinkedHashMap<>();
    groups.forEach(
        (column, some) -> {
          SortedMap<String, LabelledScores> of = new TreeMap<>();
          some.forEach((name, builder) -> of.put(name, builder.build()));
          built.put(column, of);
        });
    return built;
  }

  long rows() {
    return rows.rows();
  }

  long withoutScore() {
    return withoutScore;
  }

  long withoutLabel() {
    return withoutLabel;
  }
}
