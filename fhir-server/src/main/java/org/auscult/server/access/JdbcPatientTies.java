package org.auscult.server.access;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.access.PatientTies;
import org.auscult.access.fhir.TieRecorder;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Ties in the table {@code patient_tie}; reads and writes join the caller's transaction. */
final class JdbcPatientTies implements PatientTies, TieRecorder {
  private static final int IN_ONE_QUERY = 500;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  JdbcPatientTies(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public Map<String, Ties> of(Collection<String> patients) {
    List<String> all = List.copyOf(patients);
    Map<String, Set<String>> sites = new HashMap<>();
    Map<String, Set<String>> members = new HashMap<>();
    for (int from = 0; from < all.size(); from += IN_ONE_QUERY) {
      read(all.subList(from, Math.min(all.size(), from + IN_ONE_QUERY)), sites, members);
    }
    Map<String, Ties> ties = new HashMap<>();
    for (String patient : all) {
      ties.put(
          patient,
          new Ties(sites.getOrDefault(patient, Set.of()), members.getOrDefault(patient, Set.of())));
    }
    return ties;
  }

  private void read(
      List<String> patients, Map<String, Set<String>> sites, Map<String, Set<String>> members) {
    List<Object> arguments = new ArrayList<>(patients);
    arguments.add(time(clock.instant()));
    jdbc.query(
        "select patient, kind, tied_to from patient_tie where patient in ("
            + "?,".repeat(patients.size() - 1)
            + "?) and (valid_until is null or valid_until > ?)",
        row -> {
          Map<String, Set<String>> to =
              Kind.valueOf(row.getString("kind")) == Kind.SITE ? sites : members;
          to.computeIfAbsent(row.getString("patient"), p -> new HashSet<>())
              .add(row.getString("tied_to"));
        },
        arguments.toArray());
  }

  @Override
  public void record(String source, List<Tie> ties) {
    jdbc.update("delete from patient_tie where source = ?", source);
    Map<String, Tie> distinct = new HashMap<>();
    for (Tie tie : ties) {
      distinct.merge(
          tie.patient() + " " + tie.kind() + " " + tie.value(), tie, JdbcPatientTies::longer);
    }
    jdbc.batchUpdate(
        "insert into patient_tie (source, patient, kind, tied_to, valid_until)"
            + " values (?, ?, ?, ?, ?)",
        distinct.values().stream()
            .map(
                tie ->
                    new @Nullable Object[] {
                      source, tie.patient(), tie.kind().name(), tie.value(), end(tie)
                    })
            .toList());
  }

  @Override
  public void forgetAll() {
    jdbc.update("delete from patient_tie");
  }

  private static Tie longer(Tie one, Tie other) {
    Instant first = one.until();
    Instant second = other.until();
    return first == null || (second != null && first.isAfter(second)) ? one : other;
  }

  private static @Nullable Object end(Tie tie) {
    Instant until = tie.until();
    return until == null ? null : time(until);
  }

  private static Object time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
