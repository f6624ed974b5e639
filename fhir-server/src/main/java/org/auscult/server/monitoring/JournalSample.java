package org.auscult.server.monitoring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A random sample of the predictions that were served since a time: of those whose resources are
 * written, which those of a moment ago may not be.
 *
 * <p>Rows are numbered in the order of their inserts, but for those that run beside each other; so
 * the first one of a time is found by halving, and a sample is drawn by number, without reading the
 * rest. After a number that was never used the next row is taken.
 */
final class JournalSample {
  private static final String WRITTEN = " from prediction_journal where state = 'DONE'";

  /** Drawing ends after so many draws for each row that is wanted. */
  private static final int PATIENCE = 4;

  private final JdbcTemplate jdbc;

  JournalSample(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(long seq, long recordedAt) {}

  /**
   * Draws a sample.
   *
   * @param since of predictions recorded then or later
   * @param size at most so many; all, if there are no more
   * @param seed the same one draws the same of the same journal
   * @param taker gets each entry
   */
  void draw(Instant since, int size, long seed, Consumer<JournalEntry> taker) {
    Long first = first(since.toEpochMilli());
    if (first == null) {
      return;
    }
    long last = number("select max(seq)" + WRITTEN);
    Random random = new Random(seed);
    List<Long> drawn =
        last - first < (long) size * PATIENCE
            ? ofAll(first, last, size, random)
            : byNumber(first, last, size, random);
    for (long seq : drawn) {
      jdbc.query(
          "select entry" + WRITTEN + " and seq = ?",
          row -> {
            taker.accept(JournalJson.read(row.getString(1)));
          },
          seq);
    }
  }

  private List<Long> ofAll(long first, long last, int size, Random random) {
    List<Long> all =
        new ArrayList<>(
            jdbc.queryForList(
                "select seq" + WRITTEN + " and seq between ? and ? order by seq",
                Long.class,
                first,
                last));
    Collections.shuffle(all, random);
    return all.subList(0, Math.min(size, all.size()));
  }

  private List<Long> byNumber(long first, long last, int size, Random random) {
    Set<Long> drawn = new HashSet<>();
    List<Long> inOrder = new ArrayList<>();
    for (int i = 0; i < size * PATIENCE && inOrder.size() < size; i++) {
      Row row = from(random.nextLong(first, last + 1));
      if (row != null && drawn.add(row.seq())) {
        inOrder.add(row.seq());
      }
    }
    return inOrder;
  }

  /** The number of the first row since a time; null if there is none. */
  private @Nullable Long first(long since) {
    Row lowest = from(0);
    if (lowest == null) {
      return null;
    }
    long before = lowest.seq() - 1;
    long after = number("select max(seq)" + WRITTEN) + 1;
    while (after - before > 1) {
      long middle = before + (after - before) / 2;
      Row row = from(middle);
      if (row != null && row.recordedAt() < since) {
        before = row.seq();
      } else {
        after = middle;
      }
    }
    Row found = from(after);
    return found == null ? null : found.seq();
  }

  private @Nullable Row from(long seq) {
    List<Row> rows =
        jdbc.query(
            "select seq, recorded_at" + WRITTEN + " and seq >= ? order by seq limit 1",
            (row, number) -> new Row(row.getLong(1), row.getLong(2)),
            seq);
    return rows.isEmpty() ? null : rows.get(0);
  }

  private long number(String sql) {
    Long number = jdbc.queryForObject(sql, Long.class);
    return number == null ? 0 : number;
  }
}
