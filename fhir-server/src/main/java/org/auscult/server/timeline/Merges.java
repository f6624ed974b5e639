package org.auscult.server.timeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who was merged into whom, looked up once for each patient until something may change it. */
final class Merges {
  private final JdbcTemplate jdbc;
  private final Map<String, @Nullable String> next = new HashMap<>();

  Merges(JdbcTemplate jdbc) {
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
  String resolve(String patient) {
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

  void forget() {
    next.clear();
  }
}
