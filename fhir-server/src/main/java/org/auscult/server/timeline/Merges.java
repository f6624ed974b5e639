package org.auscult.server.timeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who was merged into whom, looked up once for each patient until something may change it. */
public final class Merges {
  private final JdbcTemplate jdbc;
  private final Map<String, @Nullable String> next = new HashMap<>();

  public Merges(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Into whom a patient was merged itself, as the table stands; null if into nobody. */
  static @Nullable String from(String patient, JdbcTemplate jdbc) {
    List<@Nullable String> found =
        jdbc.queryForList(
            "select merged_into from patient_epoch where patient = ?", String.class, patient);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Where the rows of a patient belong: itself, or the end of its chain of merges. */
  public String resolve(String patient) {
    Set<String> seen = new HashSet<>();
    String at = patient;
    for (String to = next(at); to != null && seen.add(to); to = next(at)) {
      at = to;
    }
    return at;
  }

  private @Nullable String next(String patient) {
    if (!next.containsKey(patient)) {
      next.put(patient, from(patient, jdbc));
    }
    return next.get(patient);
  }

  /** A patient, and all who were merged into it. */
  public static Set<String> mergedInto(String patient, JdbcTemplate jdbc) {
    Set<String> all = new LinkedHashSet<>(Set.of(patient));
    Deque<String> next = new ArrayDeque<>(all);
    while (!next.isEmpty()) {
      jdbc
          .queryForList(
              "select patient from patient_epoch where merged_into = ?",
              String.class,
              next.remove())
          .stream()
          .filter(all::add)
          .forEach(next::add);
    }
    return all;
  }

  void forget() {
    next.clear();
  }
}
