package org.auscult.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.timeline.FactBuilder.fact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two nodes read one patient as fast as they can while two others write. Each transaction adds one
 * fact and raises the epoch; some are rolled back after their own node has read within them, so
 * that another transaction has the same epoch later; and now and then all rows are made anew in the
 * same epoch. A reader must see exactly the facts of its epoch, and no epoch that was past before
 * it asked.
 */
final class CachedReaderChase {
  private static final int TRANSACTIONS = 100;
  private static final long GENERATION = 1_000_000;
  private static final Code CODE = Code.loinc("8480-6");
  private static final Instant NOON = Instant.parse("2024-06-01T12:00:00Z");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final List<CachedTimelineReader> nodes = new ArrayList<>();

  /** Where each set of facts stood: times a million the generation, and the epoch. */
  private final Map<Set<String>, Long> places = new ConcurrentHashMap<>();

  /** Where the last commit stands. */
  private final AtomicLong place = new AtomicLong(GENERATION);

  private Set<String> last = Set.of();

  CachedReaderChase(DataSource source) {
    this.jdbc = new JdbcTemplate(source);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    for (int i = 0; i < 2; i++) {
      nodes.add(
          new CachedTimelineReader(new JdbcTimelineReader(new JdbcTemplate(source)), 100_000));
    }
  }

  void run() throws Exception {
    jdbc.update("insert into patient_epoch (patient, epoch, generation) values ('chased', 0, 1)");
    write("first", false, false);
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (CachedTimelineReader node : nodes) {
        readers.add(threads.submit(reading(node, isOver)));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i++) {
        writers.add(threads.submit(writing(nodes.get(i), i)));
      }
      for (Future<?> writer : writers) {
        writer.get(60, TimeUnit.SECONDS);
      }
      isOver.set(true);
      for (Future<?> reader : readers) {
        reader.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    for (CachedTimelineReader node : nodes) {
      assertThat(node.cache().stats().hitCount()).isPositive();
    }
  }

  private Callable<Void> reading(CachedTimelineReader node, AtomicBoolean isOver) {
    return () -> {
      while (!isOver.get()) {
        long before = place.get();
        PatientTimeline timeline = read(node);
        Set<String> facts = ids(timeline);
        assertThat(places).as("where exactly these facts were committed").containsKey(facts);
        long seen = Objects.requireNonNull(places.get(facts));
        assertThat(seen % GENERATION).as("its epoch").isEqualTo(timeline.epoch());
        assertThat(seen).as("not past").isGreaterThanOrEqualTo(before);
      }
      return null;
    };
  }

  private Callable<Void> writing(CachedTimelineReader node, int seed) {
    return () -> {
      Random random = new Random(seed);
      for (int i = 0; i < TRANSACTIONS; i++) {
        write(seed + "." + i, random.nextInt(4) == 0, random.nextInt(10) == 0);
        read(node);
      }
      return null;
    };
  }

  /** One transaction; one that is rolled back is read within first. */
  private synchronized void write(String number, boolean isRolledBack, boolean isAnew) {
    Set<String> before = isAnew ? Set.of() : last;
    long next = isAnew ? place.get() + GENERATION : place.get() + 1;
    long epoch = next % GENERATION;
    Set<String> facts = new TreeSet<>(before);
    while (facts.size() < epoch) {
      facts.add(number + "." + facts.size());
    }
    transaction.executeWithoutResult(
        status -> {
          if (isAnew) {
            jdbc.update("delete from clinical_fact where patient = 'chased'");
          }
          for (String id : facts) {
            if (!before.contains(id)) {
              Fact fact = fact().patient("chased").id(id).epochs(epoch, null).build();
              jdbc.batchUpdate(FactRows.INSERT, FactRows.of(fact, "chased"));
            }
          }
          jdbc.update(
              "update patient_epoch set epoch = ?, generation = ? where patient = 'chased'",
              epoch,
              next / GENERATION);
          if (isRolledBack) {
            nodes.forEach(node -> assertThat(ids(read(node))).isEqualTo(facts));
            status.setRollbackOnly();
          } else {
            places.put(facts, next);
          }
        });
    if (!isRolledBack) {
      last = facts;
      place.set(next);
    }
  }

  private static Set<String> ids(PatientTimeline timeline) {
    Set<String> ids = new TreeSet<>();
    timeline.facts().forEach(fact -> ids.add(fact.source().id()));
    return ids;
  }

  private static PatientTimeline read(CachedTimelineReader node) {
    return node.read(query()).orElseThrow();
  }

  private static TimelineQuery query() {
    return new TimelineQuery(
        "chased",
        AsOf.current(NOON),
        List.of(new Need(ResourceKind.OBSERVATION, Set.of(CODE), null)));
  }
}
