package org.auscult.server.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.auscult.server.config.Database;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.timeline.Code;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.Medications;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.Source;
import org.auscult.timeline.fhir.MedicationVersion;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What waits in the inbox, on tables of its own. */
class MedicationRoundTest {
  private static final Instant DAY = Instant.parse("2024-05-03T10:00:00Z");
  private static final Code STATIN = Code.rxnorm("617310");
  private static final int PATIENTS = 7;
  private static final int ORDERS = 3 * StoredMedications.AT_ONCE + 20;

  private final AtomicInteger untilCrash = new AtomicInteger(Integer.MAX_VALUE);
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicLong now = new AtomicLong(DAY.plusSeconds(9).toEpochMilli());
  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000", "sa", "");
  private final JdbcTemplate jdbc = new JdbcTemplate(pool);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new DataSourceTransactionManager(pool));
  private final StoredMedications medications = new StoredMedications(jdbc, Database.Vendor.H2);
  private final TimelineWriter writer =
      new TimelineWriter(
          jdbc,
          Database.Vendor.H2,
          medications,
          (patients, at) -> {
            told.addAndGet(patients.size());
            if (untilCrash.decrementAndGet() == 0) {
              throw new IllegalStateException("as if the node died");
            }
          });

  @BeforeEach
  void store() {
    Flyway.configure().dataSource(pool).locations("classpath:db/auscult/h2").load().migrate();
    jdbc.update("update medication_progress set finished = true");
    List<Change> orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(order(i));
    }
    write(orders, List.of());
    told.set(0);
  }

  @AfterEach
  void close() {
    jdbc.execute("shutdown");
    pool.dispose();
  }

  @Test
  void theWriteTakesABoundedPartAlongAndTheRestWaits() {
    write(List.of(), List.of(statin()));

    assertThat(followed()).isEqualTo(StoredMedications.AT_ONCE);
    assertThat(round().backlog()).isEqualTo(1);

    round().runAll(() -> true);

    assertThat(followed()).isEqualTo(ORDERS);
    assertThat(round().backlog()).isZero();
    assertThat(told.get()).as("in four transactions").isEqualTo(4 * PATIENTS);
    assertThat(jdbc.queryForList("select epoch from patient_epoch", Long.class))
        .hasSize(PATIENTS)
        .containsOnly(5L);
    assertThat(
            jdbc.queryForList(
                "select distinct known_from from clinical_fact where epoch_to is null", Long.class))
        .containsExactly(DAY.plusSeconds(5).toEpochMilli());
  }

  @Test
  void whatACrashInterruptsIsDoneLater() {
    write(List.of(), List.of(statin()));
    untilCrash.set(2);

    round().runAll(() -> true);

    assertThat(followed())
        .as("the second was rolled back")
        .isEqualTo(2 * StoredMedications.AT_ONCE);
    assertThat(round().backlog()).isEqualTo(1);
    round().runAll(() -> true);
    assertThat(followed()).as("it pauses").isEqualTo(2 * StoredMedications.AT_ONCE);

    now.addAndGet(60_000);
    round().runAll(() -> true);

    assertThat(followed()).isEqualTo(ORDERS);
    assertThat(round().backlog()).isZero();
  }

  @Test
  void severalNodesAndFurtherChangesLeaveNothingBehind() throws Exception {
    write(List.of(), List.of(statin()));
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(nodes.submit(() -> round().runAll(() -> true)));
    }
    for (int i = 1; i <= 4; i++) {
      MedicationState other =
          new MedicationState(
              0, List.of(Code.rxnorm("9" + i)), DAY.plusSeconds(5 + i), Basis.RECORDED);
      write(List.of(), List.of(new MedicationVersion("m", other)));
      write(List.of(order(ORDERS + i)), List.of());
    }
    for (Future<?> node : running) {
      node.get();
    }
    nodes.shutdown();
    round().runAll(() -> true);

    assertThat(round().backlog()).isZero();
    assertThat(
            jdbc.queryForList(
                "select distinct code from clinical_fact where epoch_to is null and coding = 0",
                String.class))
        .containsExactly("94");
    assertThat(count("epoch_to is null and coding = 0")).isEqualTo(ORDERS + 4);
  }

  private MedicationRound round() {
    return new MedicationRound(
        jdbc,
        transaction,
        medications,
        writer,
        id -> Optional.empty(),
        () -> Instant.ofEpochMilli(now.get()));
  }

  private void write(List<Change> changes, List<MedicationVersion> versions) {
    transaction.executeWithoutResult(status -> writer.apply(changes, List.of(), versions));
  }

  private int followed() {
    return count("epoch_to is null and code = '617310'");
  }

  private int count(String where) {
    Integer rows =
        jdbc.queryForObject("select count(*) from clinical_fact where " + where, Integer.class);
    return rows == null ? 0 : rows;
  }

  private static MedicationVersion statin() {
    return new MedicationVersion(
        "m", new MedicationState(0, List.of(STATIN), DAY.plusSeconds(5), Basis.RECORDED));
  }

  private static Change order(int number) {
    String id = "o" + number;
    String patient = "p" + number % PATIENTS;
    Fact fact =
        new Fact(
            patient,
            new Source("", ResourceKind.MEDICATION_REQUEST, id, 1, 0),
            List.of(Medications.code("m"), Medications.UNRESOLVED),
            null,
            EffectiveTime.at(DAY),
            KnownTime.recorded(DAY),
            Epochs.NONE,
            new FactValue.None(),
            FactContext.of("active"));
    return new Change(
        Cause.WRITE,
        ResourceKind.MEDICATION_REQUEST,
        id,
        1,
        patient,
        List.of(fact),
        DAY,
        null,
        null);
  }
}
