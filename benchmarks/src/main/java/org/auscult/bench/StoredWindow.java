package org.auscult.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.auscult.prove.crash.ProofDatabase;
import org.auscult.server.performance.PredictionRows;
import org.auscult.server.report.Series;

/**
 * Labelled predictions of one series, stored as the server stores them: three of each patient, in
 * three encounters, in groups of eight kinds; they fill the year 2025.
 */
final class StoredWindow {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-01-01T00:00:00Z");
  private static final Series SERIES = new Series("https://example.org/Library/bench|1", "risk");
  private static final int PER_PATIENT = 3;

  private static final String PREDICTIONS =
      """
      insert into monitored_prediction
        (id, model, output, deployment, patient, index_time, score, described, episode, traits)
      select 'bench-' || i, ?, ?, 'https://example.org/PlanDefinition/bench|1',
        md5((i / %d)::text)::uuid::text, ? + (i * (?::bigint - ?)) / ?, power(random(), 2), true,
        md5('encounter' || i)::uuid::text,
        json_build_object(
          'age', (array['18-44', '45-64', '65-74', '75-84', '85+'])[1 + floor(random() * 5)::int],
          'device', 'Analyser ' || floor(random() * 12)::int,
          'ethnicity', (array['a', 'b'])[1 + floor(random() * 2)::int],
          'language', (array['de', 'en', 'es', 'tr'])[1 + floor(random() * 4)::int],
          'race', (array['a', 'b', 'c', 'd', 'e'])[1 + floor(random() * 5)::int],
          'sex', (array['female', 'male'])[1 + floor(random() * 2)::int],
          'site', 'site-' || floor(random() * 20)::int,
          'ward', 'ward-' || floor(random() * 60)::int)::text
      from generate_series(1::bigint, ?) i
      """
          .formatted(PER_PATIENT);

  private static final String CASES =
      """
      insert into outcome_case
        (label_id, prediction, output, outcome, patient, index_time, stands, sequence, closes_at)
      select id, id, output, 'https://example.org/Library/outcome|1', patient, index_time,
        case when random() < 0.8 * score + 0.05 then 'event|1' else 'no-event|1' end, 1, index_time
      from monitored_prediction
      """;

  private StoredWindow() {}

  /** Stores so many in an empty database of ours. */
  static void fill(String url, int rows, long seed) throws SQLException {
    ProofDatabase.migrate(url);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        PreparedStatement predictions = connection.prepareStatement(PREDICTIONS)) {
      // The same rows for a seed, as far as the database goes.
      statement.execute("select setseed(" + (seed % 1_000_003) / 1_000_003.0 + ")");
      predictions.setString(1, SERIES.model());
      predictions.setString(2, SERIES.output());
      predictions.setLong(3, START.toEpochMilli());
      predictions.setLong(4, END.toEpochMilli());
      predictions.setLong(5, START.toEpochMilli());
      predictions.setLong(6, rows + 1L);
      predictions.setLong(7, rows);
      predictions.executeUpdate();
      statement.executeUpdate(CASES);
    }
    BenchDatabase.analyse(url);
  }

  /** What the server's reports ask for. */
  static PredictionRows.Asked asked() {
    return new PredictionRows.Asked(SERIES, START, END, END.plus(1, ChronoUnit.DAYS));
  }
}
