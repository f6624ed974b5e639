package org.auscult.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.auscult.access.Limits;
import org.auscult.access.PatientTies;
import org.auscult.access.fhir.TieRecorder;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Ties in the table {@code patient_tie}; reads and writes join the caller's transaction.
 *
 * <p>Limits alone are cached, so that reading the launch's patient asks the database nothing. What
 * this node writes is there at the next request; what another node has written, after at most
 * {@link #STALE}. Limits that come with ties are never older than the request. Threads: safe.
 */
final class JdbcPatientTies implements PatientTies, TieRecorder {
  /** For so long at most, a cached limit may differ from what another node has written. */
  static final Duration STALE = Duration.ofSeconds(5);

  private static final int IN_ONE_QUERY = 500;
  private static final int MOST_CACHED = 50_000;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final Cache<String, Limits> cache;

  /** Counts writes of limits, so that nothing is cached that was read before one. */
  private final AtomicLong writes = new AtomicLong();

  JdbcPatientTies(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.cache = Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(STALE).build();
  }

  @Override
  public Map<String, Ties> of(Collection<String> patients) {
    List<String> all = List.copyOf(patients);
    Map<String, Gathered> gathered = new HashMap<>();
    for (int from = 0; from < all.size(); from += IN_ONE_QUERY) {
      read(all.subList(from, Math.min(all.size(), from + IN_ONE_QUERY)), gathered);
    }
    Map<String, Ties> ties = new HashMap<>();
    gathered.forEach((patient, found) -> ties.put(patient, found.ties()));
    return ties;
  }

  @Override
  public Map<String, Limits> limits(Collection<String> patients) {
    Map<String, Limits> limits = new HashMap<>(cache.getAllPresent(patients));
    Set<String> unknown = new HashSet<>(patients);
    unknown.removeAll(limits.keySet());
    if (!unknown.isEmpty()) {
      long before = writes.get();
      Map<String, Ties> found = of(unknown);
      for (String patient : unknown) {
        Limits now = found.getOrDefault(patient, Ties.NONE).limits();
        limits.put(patient, now);
        cache.put(patient, now);
      }
      if (writes.get() != before) {
        cache.invalidateAll(unknown);
      }
    }
    return limits;
  }

  private static final class Gathered {
    final Set<String> sites = new HashSet<>();
    final Set<String> members = new HashSet<>();
    final Set<String> consents = new HashSet<>();
    final Map<String, Set<String>> labelled = new HashMap<>();
    final Map<String, Set<String>> said = new HashMap<>();
    final Set<String> opened = new HashSet<>();

    void add(Kind kind, String source, String value) {
      switch (kind) {
        case SITE -> sites.add(value);
        case MEMBER -> members.add(value);
        case CONSENT -> consents.add(value);
        case LABEL -> labelled.computeIfAbsent(source, s -> new HashSet<>()).add(value);
        case SAID -> said.computeIfAbsent(source, s -> new HashSet<>()).add(value);
        case OPENED -> opened.add(value);
      }
    }

    Ties ties() {
      boolean isFree =
          consents.isEmpty() && labelled.isEmpty() && said.isEmpty() && opened.isEmpty();
      return new Ties(
          sites, members, isFree ? Limits.NONE : new Limits(consents, labelled, said, opened));
    }
  }

  private void read(List<String> patients, Map<String, Gathered> into) {
    List<Object> arguments = new ArrayList<>(patients);
    arguments.add(time(clock.instant()));
    jdbc.query(
        "select source, patient, kind, tied_to from patient_tie where patient in ("
            + "?,".repeat(patients.size() - 1)
            + "?) and (valid_until is null or valid_until > ?)",
        row -> {
          into.computeIfAbsent(row.getString("patient"), p -> new Gathered())
              .add(
                  Kind.valueOf(row.getString("kind")),
                  row.getString("source"),
                  row.getString("tied_to"));
        },
        arguments.toArray());
  }

  @Override
  public void record(String source, List<Tie> ties, Set<String> limited) {
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
    if (!limited.isEmpty()) {
      afterCommit(() -> cache.invalidateAll(limited));
    }
  }

  @Override
  public void forgetAll() {
    jdbc.update("delete from patient_tie");
    afterCommit(cache::invalidateAll);
  }

  private void afterCommit(Runnable invalidate) {
    Runnable written =
        () -> {
          writes.incrementAndGet();
          invalidate.run();
        };
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              written.run();
            }
          });
    } else {
      written.run();
    }
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
