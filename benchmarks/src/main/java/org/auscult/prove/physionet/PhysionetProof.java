package org.auscult.prove.physionet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Folders;
import org.auscult.prove.NotRunException;
import org.auscult.prove.ParsedDefinitions;
import org.auscult.prove.Proof;
import org.auscult.prove.ServerProcess;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;
import org.auscult.prove.physionet.StayFile.Stay;
import org.jspecify.annotations.Nullable;

/**
 * The hourly vectors of PhysioNet's 3,996 stays, loaded as FHIR, are what loops over its file
 * compute.
 *
 * <p>All of them by the core alone, from FHIR JSON to the vector; a sample of them over HTTP, from
 * the load command to {@code $features}.
 */
public final class PhysionetProof implements Proof {
  static final int HOURS = 48;
  private static final int THREADS = 2;
  private static final int STAYS = 3_996;

  @Override
  public String name() {
    return "physionet";
  }

  @Override
  public String about() {
    return "hourly vectors of real intensive care, loaded as FHIR, are what its file says";
  }

  static Instant at(int hour) {
    return StayResources.ADMITTED.plus(hour, ChronoUnit.HOURS);
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Path file = conditions.data().resolve("data/physionet-2012/set-a.long.csv.gz");
    if (!Files.exists(file)) {
      throw new NotRunException(
          "there is no data/physionet-2012/set-a.long.csv.gz; give --data DIR");
    }
    boolean isWhole = conditions.length() == Length.WHOLE;
    List<Stay> stays = new ArrayList<>(StayFile.read(file));
    List<String> failures = new ArrayList<>();
    if (stays.size() != STAYS) {
      failures.add("the file has " + stays.size() + " stays, not " + STAYS);
    }
    Collections.shuffle(stays, new Random(conditions.seed()));
    List<ObjectNode> definitions = StayFeatures.definitions();
    List<String> names = definitions.stream().map(d -> d.path("name").asText()).toList();

    HourlyComparison core = new HourlyComparison("by the core");
    byTheCore(
        isWhole ? stays : stays.subList(0, 40),
        ParsedDefinitions.set(StayFeatures.set(definitions), definitions),
        core,
        conditions);
    if (isWhole) {
      core.requireNumbersOf(names);
    }
    HourlyComparison http = new HourlyComparison("over HTTP");
    overHttp(stays.subList(0, conditions.pick(3, 40)), definitions, http, conditions);
    failures.addAll(core.failures());
    failures.addAll(http.failures());
    return new Verdict(failures);
  }

  private static void byTheCore(
      List<Stay> stays, ResolvedFeatureSet set, HourlyComparison comparison, Conditions conditions)
      throws Exception {
    long start = System.nanoTime();
    CoreRun run = new CoreRun(set);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (Stay stay : stays) {
        tasks.add(
            () -> {
              run.run(stay, comparison);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    comparison.print(conditions.out(), stays.size(), secondsSince(start));
  }

  private static void overHttp(
      List<Stay> stays,
      List<ObjectNode> definitions,
      HourlyComparison comparison,
      Conditions conditions)
      throws Exception {
    if (conditions.db() == null) {
      overHttp(stays, definitions, comparison, conditions, null);
      return;
    }
    try (ProofDatabase database = ProofDatabase.open(conditions.db())) {
      String url = database.create("auscult_physionet");
      overHttp(stays, definitions, comparison, conditions, url);
    }
  }

  private static void overHttp(
      List<Stay> stays,
      List<ObjectNode> definitions,
      HourlyComparison comparison,
      Conditions conditions,
      @Nullable String db)
      throws Exception {
    Path work = Files.createTempDirectory("auscult-physionet");
    try (ServerProcess server = conditions.servers().drafts(db)) {
      HttpRun run = new HttpRun(server);
      run.create(definitions);
      long start = System.nanoTime();
      run.load(stays, work);
      for (Stay stay : stays) {
        run.run(stay, conditions.pick(6, 1), comparison);
      }
      comparison.print(conditions.out(), stays.size(), secondsSince(start));
    } finally {
      Folders.delete(work);
    }
  }

  private static long secondsSince(long start) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }
}
