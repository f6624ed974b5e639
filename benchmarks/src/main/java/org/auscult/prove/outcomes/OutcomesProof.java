package org.auscult.prove.outcomes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Predictions over HTTP, what is written of their patients afterwards, and the labels that must
 * come of it, each in its version. All cases go on at once, each in its own minute: their horizons
 * are one minute long, and end while this waits. In the whole form twice: on the embedded database,
 * and on two servers that share PostgreSQL and label at once.
 *
 * <p>Files of this format that lie in {@code --data} itself are taken in the place of ours.
 */
public final class OutcomesProof implements Proof {
  private static final int AT_ONCE = 6;
  private static final Map<String, String> SETTINGS =
      Map.of("auscult.outcomes.interval", "250ms", "auscult.time-zone", "UTC");

  @Override
  public String name() {
    return "outcomes";
  }

  @Override
  public String about() {
    return "what comes late, twice, corrected, contradicted or never is labelled rightly, once";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    if (conditions.db() == null) {
      run(conditions, null, 1, failures);
    }
    if (conditions.db() != null || conditions.length() == Length.WHOLE) {
      try (ProofDatabase database = ProofDatabase.open(conditions.db())) {
        run(conditions, database.create("auscult_outcomes"), 2, failures);
      }
    }
    return new Verdict(failures);
  }

  private static void run(
      Conditions conditions, @Nullable String db, int nodes, List<String> failures)
      throws Exception {
    List<PredictionFile> files = PredictionFile.in(conditions.data());
    if (files.isEmpty()) {
      files = PredictionFile.in(Sources.folder().resolve("outcomes"));
    }
    List<ServerProcess> servers = new ArrayList<>();
    try {
      // The model takes another one's number where it finds none: both are live.
      ServerProcess first = ServerProcess.start(db, SETTINGS);
      servers.add(first);
      List<Map<String, String>> models = new ArrayList<>();
      for (PredictionFile file : files) {
        models.add(file.define(first.callsAs("informaticist"), first.callsAs("model-author")));
      }
      for (int i = 1; db != null && i < nodes; i++) {
        servers.add(first.beside(db, SETTINGS));
      }
      String where = db == null ? "the embedded database" : nodes + " servers on one PostgreSQL";
      for (int i = 0; i < files.size(); i++) {
        run(conditions, files.get(i), models.get(i), servers, where, failures);
      }
    } finally {
      for (ServerProcess server : servers) {
        server.close();
      }
    }
  }

  private static void run(
      Conditions conditions,
      PredictionFile file,
      Map<String, String> models,
      List<ServerProcess> servers,
      String where,
      List<String> failures)
      throws Exception {
    List<FhirCalls> nodes = servers.stream().map(ServerProcess::calls).toList();
    Semaphore gate = new Semaphore(AT_ONCE);
    List<CaseRun> cases = new ArrayList<>();
    for (JsonNode one : file.predictions()) {
      String model = models.get(one.path("outcome").asText().replace('-', '_'));
      if (model == null) {
        throw new IOException(one.path("name").asText() + " names no outcome of the file");
      }
      String prefix = "o" + cases.size() + "-";
      cases.add(new CaseRun(one, file.before(), prefix, model, nodes, gate));
    }
    all(cases);
    Map<String, Integer> kinds = new TreeMap<>();
    List<String> found = new ArrayList<>();
    List<String> late = new ArrayList<>();
    Duration latest = Duration.ZERO;
    int labels = 0;
    for (CaseRun one : cases) {
      (one.isLate() ? late : found).addAll(one.atTheEnd());
      kinds.merge(one.kind(), 1, Integer::sum);
      labels += one.labels();
      latest = one.latest().compareTo(latest) > 0 ? one.latest() : latest;
    }
    failures.addAll(found);
    conditions
        .out()
        .printf(
            "  %s on %s: %d cases %s, %d labels; %d breaches; no step later than %.1f s%n",
            file.name(),
            where,
            cases.size(),
            kinds,
            labels,
            found.size(),
            latest.toMillis() / 1_000.0);
    if (!late.isEmpty()) {
      throw new NotRunException("steps were done too late on this machine, so that " + late);
    }
  }

  private static void all(List<CaseRun> cases) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(cases.size());
    try {
      for (Future<List<String>> done : threads.invokeAll(cases)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : e;
    } finally {
      threads.shutdownNow();
    }
  }
}
