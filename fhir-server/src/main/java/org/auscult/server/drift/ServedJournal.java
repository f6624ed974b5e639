package org.auscult.server.drift;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.monitoring.drift.ServedRows;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.prediction.ModelRun;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads what models were served over a stretch of time, page by page, by when it was recorded. */
final class ServedJournal {
  private static final int PAGE = 500;
  private static final String WITHIN =
      " from prediction_journal where recorded_at >= ? and recorded_at < ?";

  private final JdbcTemplate jdbc;
  private final ZoneId zone;

  /**
   * @param zone the site's, by whose days volume is counted
   */
  ServedJournal(JdbcTemplate jdbc, ZoneId zone) {
    this.jdbc = jdbc;
    this.zone = zone;
  }

  private record Place(long recordedAt, long seq, String entry) {}

  /**
   * The rows of some models, read at once.
   *
   * @param start inclusive
   * @param end exclusive
   * @param models {@code url|version}
   */
  Map<String, ServedRows> read(Instant start, Instant end, Set<String> models) {
    Map<String, ServedRows> rows = new HashMap<>();
    models.forEach(model -> rows.put(model, new ServedRows(zone)));
    List<Place> page = page(start.toEpochMilli(), -1, end.toEpochMilli());
    while (!page.isEmpty()) {
      for (Place place : page) {
        add(JournalJson.read(place.entry()), rows);
      }
      Place last = page.get(page.size() - 1);
      page =
          page.size() < PAGE ? List.of() : page(last.recordedAt(), last.seq(), end.toEpochMilli());
    }
    return rows;
  }

  private static void add(JournalEntry entry, Map<String, ServedRows> rows) {
    for (ModelRun run : entry.runs()) {
      ServedRows of = rows.get(run.model());
      if (of != null) {
        of.add(entry, run);
      }
    }
  }

  /** Those behind a place. */
  private List<Place> page(long recordedAt, long seq, long end) {
    return new ArrayList<>(
        jdbc.query(
            "select recorded_at, seq, entry"
                + WITHIN
                + " and (recorded_at > ? or seq > ?) order by recorded_at, seq limit "
                + PAGE,
            (row, number) -> new Place(row.getLong(1), row.getLong(2), row.getString(3)),
            recordedAt,
            end,
            recordedAt,
            seq));
  }

  /** Changes whenever something of the stretch does: rows are added, and never changed. */
  String fingerprint(Instant start, Instant end) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) || '/' || coalesce(max(seq), 0)" + WITHIN,
            String.class,
            start.toEpochMilli(),
            end.toEpochMilli()));
  }
}
