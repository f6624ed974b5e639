package org.auscult.server.monitoring;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * In which hours each source was heard. A source is a site and a type of resource; what was loaded
 * as history was not heard.
 *
 * <p>Each look takes the timeline's new rows only, and some before them again, since rows get their
 * numbers before they are committed: what was noted twice is noted once.
 */
final class HeardSources {
  private static final Logger LOG = LoggerFactory.getLogger(HeardSources.class);
  private static final int ROWS_AT_ONCE = 200_000;
  private static final int AGAIN = 20_000;

  private final JdbcTemplate jdbc;

  HeardSources(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Who speaks.
   *
   * @param site id of the Organization; empty if the record names none
   * @param kind type of the resources, such as {@code OBSERVATION}
   */
  record Source(String site, String kind) implements Comparable<Source> {
    @Override
    public int compareTo(Source other) {
      int bySite = site.compareTo(other.site);
      return bySite != 0 ? bySite : kind.compareTo(other.kind);
    }
  }

  /**
   * Notes what was heard since the last time. Who does so at once with another may note nothing.
   */
  void listen() {
    try {
      note();
    } catch (DuplicateKeyException e) {
      LOG.debug("Another one has listened at once", e);
    }
  }

  private void note() {
    List<Long> positions = jdbc.queryForList("select fact_id from source_position", Long.class);
    if (positions.isEmpty()) {
      jdbc.update("insert into source_position (name, fact_id) values ('heard', 0)");
    }
    long position = positions.isEmpty() ? 0 : positions.get(0);
    Long top = jdbc.queryForObject("select max(fact_id) from clinical_fact", Long.class);
    if (top == null) {
      return;
    }
    for (long from = Math.max(0, position - AGAIN); from < top; from += ROWS_AT_ONCE) {
      long to = Math.min(top, from + ROWS_AT_ONCE);
      jdbc.update(
          "insert into source_heard (site, kind, heard_hour)"
              + " select distinct coalesce(f.site, ''), f.source_kind, f.known_from / 3600000"
              + " from clinical_fact f where f.fact_id > ? and f.fact_id <= ?"
              + " and f.known_basis = 'RECORDED' and not exists (select 1 from source_heard h"
              + " where h.site = coalesce(f.site, '') and h.kind = f.source_kind"
              + " and h.heard_hour = f.known_from / 3600000)",
          from,
          to);
      jdbc.update("update source_position set fact_id = ?", to);
    }
  }

  /** The hours since 1970 in which each source was heard, from a time on. */
  Map<Source, NavigableSet<Long>> since(Instant since) {
    Map<Source, NavigableSet<Long>> heard = new TreeMap<>();
    jdbc.query(
        "select site, kind, heard_hour from source_heard where heard_hour >= ?",
        row -> {
          heard
              .computeIfAbsent(new Source(row.getString(1), row.getString(2)), k -> new TreeSet<>())
              .add(row.getLong(3));
        },
        since.getEpochSecond() / 3600);
    return heard;
  }

  /** The last hour before another one in which a source was heard; null if it never was. */
  @Nullable Long lastBefore(Source source, long hour) {
    return jdbc.queryForObject(
        "select max(heard_hour) from source_heard where site = ? and kind = ? and heard_hour < ?",
        Long.class,
        source.site(),
        source.kind(),
        hour);
  }

  /** The hours from the first to the last in which a source was heard. */
  NavigableSet<Long> between(Source source, long first, long last) {
    return new TreeSet<>(
        jdbc.queryForList(
            "select heard_hour from source_heard where site = ? and kind = ? and heard_hour >= ?"
                + " and heard_hour <= ?",
            Long.class,
            source.site(),
            source.kind(),
            first,
            last));
  }

  /** The sources that were ever heard. */
  List<Source> all() {
    return new ArrayList<>(
        jdbc.query(
            "select distinct site, kind from source_heard order by site, kind",
            (row, number) -> new Source(row.getString(1), row.getString(2))));
  }
}
