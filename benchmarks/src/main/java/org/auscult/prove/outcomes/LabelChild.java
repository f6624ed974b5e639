package org.auscult.prove.outcomes;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.Lookback;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.Selection;
import org.auscult.interceptor.TimelineInterceptor;
import org.auscult.model.ModelInput;
import org.auscult.model.ModelOutput;
import org.auscult.model.OutputKind;
import org.auscult.model.PredictionModel;
import org.auscult.outcome.EventRule;
import org.auscult.outcome.FollowUp;
import org.auscult.outcome.Horizon;
import org.auscult.outcome.OutcomeDefinition;
import org.auscult.outcome.OutcomeLabeller;
import org.auscult.outcome.ResolvedOutcome;
import org.auscult.server.config.ConnectionSource;
import org.auscult.server.config.Database;
import org.auscult.server.journal.PredictionWatch.Made;
import org.auscult.server.outcome.OutcomeCases;
import org.auscult.server.outcome.OutcomeInbox;
import org.auscult.server.outcome.OutcomeRound;
import org.auscult.server.timeline.TimelineConfiguration;
import org.auscult.timeline.Code;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.unit.CodeUnits;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The process that is killed: what keeps the timeline, what opens cases, and two nodes' rounds of
 * labels, on one database; and nothing else.
 *
 * <p>It ends in order when standard input has ended and nothing waits any more. Reads {@code
 * PREDICT patient}, {@code EVENT patient condition}, {@code ERROR patient condition} and {@code
 * AGAIN patient} from standard input, and prints the same after {@code DONE} and before a dot, once
 * that is stored.
 */
final class LabelChild {
  private static final int WRITERS = 3;
  private static final int NODES = 2;
  private static final Code EVENT = new Code(LightStore.SYSTEM, LightStore.CODE);

  private final TransactionTemplate transaction;
  private final TimelineInterceptor timeline;
  private final OutcomeInbox inbox;
  private final OutcomeCases cases;
  private final LightStore store;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private LabelChild(
      TransactionTemplate transaction,
      TimelineInterceptor timeline,
      OutcomeInbox inbox,
      OutcomeCases cases,
      LightStore store) {
    this.transaction = transaction;
    this.timeline = timeline;
    this.inbox = inbox;
    this.cases = cases;
    this.store = store;
  }

  /**
   * Runs until standard input ends.
   *
   * @param arguments the database's URL
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, SQLException {
    String url = arguments[0];
    boolean isH2 = url.startsWith("jdbc:h2:");
    Database.Vendor vendor = isH2 ? Database.Vendor.H2 : Database.Vendor.POSTGRESQL;
    DataSource source = isH2 ? embedded(url) : postgres(url);
    JdbcTemplate jdbc = new JdbcTemplate(source);
    TransactionTemplate transaction =
        new TransactionTemplate(new DataSourceTransactionManager(source));
    OutcomeInbox inbox = new OutcomeInbox(jdbc);
    OutcomeCases cases = new OutcomeCases(jdbc, vendor, inbox);
    LightStore store = new LightStore(jdbc, vendor);
    ResolvedOutcome outcome = outcome();
    OutcomeRound round =
        new OutcomeRound(
            jdbc,
            transaction,
            cases,
            canonical -> Optional.of(outcome),
            new OutcomeLabeller(new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC)),
            TimelineConfiguration.storeBacked(jdbc),
            (of, resolved, label, knownAt) -> store.label(of, label),
            InstantSource.system());
    ExecutorService nodes = Executors.newFixedThreadPool(NODES);
    for (int i = 0; i < NODES; i++) {
      nodes.execute(() -> work(round));
    }
    FactProjector projector = new FactProjector(ZoneOffset.UTC, CodeUnits.standard());
    TimelineInterceptor timeline =
        TimelineConfiguration.interceptor(jdbc, vendor, projector, inbox);
    new LabelChild(transaction, timeline, inbox, cases, store).serve();
    while (round.backlog() > 0) {
      Thread.sleep(20);
    }
    nodes.shutdownNow();
    if (!nodes.awaitTermination(20, TimeUnit.SECONDS)) {
      System.exit(1);
    }
  }

  /** As the server's, whose file holds whole transactions. */
  private static DataSource embedded(String url) throws SQLException {
    Database database = new Database(Database.Vendor.H2, url, "", "");
    HikariConfig pool = new ConnectionSource(database).pool("child");
    return new HikariDataSource(pool);
  }

  private static DataSource postgres(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source;
  }

  private static void work(OutcomeRound round) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          round.runAll(() -> !Thread.currentThread().isInterrupted());
        } catch (DataAccessException e) {
          // As the server's loop: what failed waits for the next round.
          Thread.sleep(2);
        }
        Thread.sleep(2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A diagnosis within five years. */
  private static ResolvedOutcome outcome() {
    FeatureDefinition diagnosis =
        FeatureDefinition.of(
            "https://example.org/Library/light-diagnosis",
            "diagnosis",
            Operator.EXISTS,
            Selection.of(ResourceKind.CONDITION, List.of(EVENT)),
            "1");
    return new ResolvedOutcome(
        new OutcomeDefinition(
            "https://example.org/Library/light-outcome",
            "1.0.0",
            "light_outcome",
            "a diagnosis",
            new EventRule.Occurrence(diagnosis, Set.of(), null),
            Horizon.of(new Lookback(5, Lookback.Unit.YEAR)),
            null,
            List.of(),
            List.of(),
            List.of(),
            FollowUp.BY_ENCOUNTER),
        ResolvedFeature.of(diagnosis),
        Set.of(),
        ResolvedOutcome.Parts.NONE);
  }

  private static PredictionModel model() {
    return new PredictionModel(
        "https://example.org/Library/light-model",
        "1.0.0",
        "light_model",
        "a model",
        "https://example.org/Library/light-inputs|1.0.0",
        OutputKind.PROBABILITY,
        List.of(new ModelInput("x", "x", "1", "x", null, null, null)),
        List.of(
            new ModelOutput(
                "risk",
                "risk",
                "1",
                new Lookback(5, Lookback.Unit.YEAR),
                null,
                false,
                List.of(),
                "https://example.org/Library/light-outcome|1.0.0")),
        List.of(),
        null,
        "none");
  }

  private void serve() throws IOException, InterruptedException {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String request = line;
        writers.execute(() -> answer(request));
      }
    }
    writers.shutdown();
    if (!writers.awaitTermination(20, TimeUnit.SECONDS)) {
      System.exit(1);
    }
  }

  private void answer(String request) {
    String[] words = request.split(" ");
    boolean isDone = false;
    while (!isDone) {
      try {
        transaction.executeWithoutResult(status -> write(words));
        store.sync();
        isDone = true;
      } catch (DataAccessException e) {
        // Two writers of one patient, as HAPI: again.
        Thread.onSpinWait();
      }
    }
    out.print("DONE " + request + " .\n");
    out.flush();
  }

  private void write(String[] words) {
    String patient = words[1];
    switch (words[0]) {
      case "PREDICT" -> {
        if (store.isNew(patient)) {
          timeline.created(store.patient(patient));
        }
        String id = patient + ".0";
        Made made =
            new Made(id, "RiskAssessment/" + id, patient, store.indexTime(patient), null, Map.of());
        cases.predicted(made, model());
      }
      case "AGAIN" -> inbox.changed(List.of(patient), Instant.now());
      default -> store.condition(patient, words[2], words[0].equals("ERROR"), timeline);
    }
  }
}
