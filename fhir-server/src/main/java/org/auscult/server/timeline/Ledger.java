package org.auscult.server.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads {@code timeline_change}: what happened to a patient, and to those that shared a change with
 * it through a merge or a corrected subject, in the order in which it happened.
 */
final class Ledger {
  /**
   * What a change was about.
   *
   * @param medicationState of the Medication that it named; null if none, or not known then
   */
  record Key(
      ResourceKind kind,
      String id,
      long version,
      Cause cause,
      Instant at,
      @Nullable Long medicationState) {}

  /**
   * One change, with the epochs that its transaction gave to the patients it touched.
   *
   * @param epochs shared by all changes of one transaction
   */
  record Entry(Key key, Map<String, Long> epochs) {}

  private record Line(Key key, String patient, long epoch) {}

  private record Moment(String patient, long epoch) {}

  private final JdbcTemplate jdbc;

  Ledger(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The patient and all that any change binds to it, however many steps away; sorted. */
  TreeSet<String> family(String patient) {
    TreeSet<String> family = new TreeSet<>(List.of(patient));
    TreeSet<String> unseen = new TreeSet<>(family);
    while (!unseen.isEmpty()) {
      TreeSet<String> found =
          new TreeSet<>(
              jdbc.queryForList(
                  "select distinct b.patient from timeline_change a join timeline_change b on"
                      + " a.source_kind = b.source_kind and a.source_id = b.source_id and"
                      + " a.source_version = b.source_version where a.patient in ("
                      + places(unseen)
                      + ")",
                  String.class,
                  unseen.toArray()));
      found.removeAll(family);
      family.addAll(found);
      unseen = found;
    }
    return family;
  }

  /** All changes of a family, oldest first. */
  List<Entry> entries(Collection<String> family) {
    List<Line> lines =
        jdbc.query(
            "select patient, epoch, source_kind, source_id, source_version, cause, known_at,"
                + " medication_state from timeline_change where patient in ("
                + places(family)
                + ") order by seq",
            Ledger::line,
            family.toArray());
    Map<Key, List<Line>> byChange = new LinkedHashMap<>();
    lines.forEach(l -> byChange.computeIfAbsent(l.key(), k -> new ArrayList<>()).add(l));
    Map<Moment, Map<String, Long>> transactions = new HashMap<>();
    byChange.values().forEach(change -> join(change, transactions));
    List<Entry> entries = new ArrayList<>();
    byChange.forEach(
        (key, change) ->
            entries.add(
                new Entry(
                    key,
                    Collections.unmodifiableMap(
                        Objects.requireNonNull(transactions.get(moment(change.get(0))))))));
    return entries;
  }

  /** A patient's epoch belongs to one transaction, so changes that share one share all. */
  private static void join(List<Line> change, Map<Moment, Map<String, Long>> transactions) {
    Map<String, Long> joined = new TreeMap<>();
    for (Line line : change) {
      joined.putIfAbsent(line.patient(), line.epoch());
      Map<String, Long> known = transactions.get(moment(line));
      if (known != null) {
        joined.putAll(known);
      }
    }
    joined.forEach((patient, epoch) -> transactions.put(new Moment(patient, epoch), joined));
  }

  private static Moment moment(Line line) {
    return new Moment(line.patient(), line.epoch());
  }

  private static Line line(ResultSet row, int number) throws SQLException {
    return new Line(
        new Key(
            ResourceKind.valueOf(row.getString("source_kind")),
            row.getString("source_id"),
            row.getLong("source_version"),
            Cause.valueOf(row.getString("cause")),
            Instant.ofEpochMilli(row.getLong("known_at")),
            row.getObject("medication_state", Long.class)),
        row.getString("patient"),
        row.getLong("epoch"));
  }

  static String places(Collection<String> values) {
    return String.join(",", Collections.nCopies(values.size(), "?"));
  }
}
