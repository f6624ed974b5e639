package org.auscult.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.auscult.bench.Report.Aim;
import org.auscult.cohort.CohortCriteria;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.ParsedDefinitions;
import org.auscult.training.IndexRule;
import org.auscult.training.RowMaker;
import org.auscult.training.Split;
import org.auscult.unit.CodeUnits;

/**
 * A data set of fifty features at twelve times of each of Synthea's patients, twenty times over:
 * from PostgreSQL to Parquet by a running server with a small heap, beside the raw read of the same
 * rows, and the computation alone.
 */
final class TrainingSetBench implements Benchmark {
  private static final Instant FROM = Instant.parse("2020-09-01T00:00:00Z");
  private static final Duration STEP = Duration.ofDays(140);
  private static final int TIMES = 12;
  private static final double COMPUTED_ROWS = 1_000_000;
  private static final double WHOLE_ROWS = 100_000;
  private static final double MEMORY_MEGABYTES = 1_000;

  /** Of the server that makes data sets; the rest of its memory is what Java itself needs. */
  private static final String HEAP = "-Xmx400m";

  @Override
  public String name() {
    return "training-set";
  }

  @Override
  public String about() {
    return "a data set of fifty features of Synthea's patients, many times over, and its memory";
  }

  @Override
  public void run(Setting setting, Report report) throws Exception {
    SyntheaCopies synthea = SyntheaCopies.find();
    List<ObjectNode> definitions = SyntheaFifty.definitions();
    int copies = setting.pick(2, 20);
    try (BenchDatabase database = BenchDatabase.open(setting.db())) {
      String db = database.create("auscult_bench_training");
      long start = System.nanoTime();
      try (ServerRun server = ServerRun.drafts(db)) {
        synthea.load(server, setting.pick(40, Integer.MAX_VALUE), new Random(setting.seed()));
        for (ObjectNode definition : definitions) {
          server.calls().create(definition);
        }
        server.calls().create(SyntheaFifty.set(definitions));
      }
      List<String> patients = SyntheaCopies.multiply(db, copies, setting.seed());
      BenchDatabase.analyse(db);
      setting.say("loaded and copied in %.0f s", (System.nanoTime() - start) / 1e9);
      report.figure("patients", (double) patients.size() * copies, "");
      ResolvedFeatureSet set = ParsedDefinitions.set(SyntheaFifty.set(definitions), definitions);
      try (HikariDataSource pool = pool(db)) {
        HistoryRead read = new HistoryRead(pool, set.needs());
        long rows = read.raw();
        report.figure("timeline rows that the features read", rows, "");
        long expected = computation(setting, report, set, read, patients) * copies;
        whole(setting, report, db, rows, expected, read);
      }
    }
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(HistoryRead.THREADS);
    return new HikariDataSource(config);
  }

  /**
   * All that is read of one copy of the patients lies in memory; rows are made of it, again and
   * again.
   */
  private long computation(
      Setting setting,
      Report report,
      ResolvedFeatureSet set,
      HistoryRead read,
      List<String> patients)
      throws Exception {
    RowMaker maker =
        new RowMaker(
            new RowMaker.Rules(
                set,
                CohortCriteria.NONE,
                new IndexRule.Grid(FROM, FROM.plus(STEP.multipliedBy(TIMES - 1L)), STEP),
                new Split(
                    Split.By.PATIENT,
                    setting.seed(),
                    new BigDecimal("0.7"),
                    new BigDecimal("0.15"),
                    new BigDecimal("0.15")),
                null,
                RowMaker.Knowledge.INDEX,
                Instant.now(),
                ZoneOffset.UTC),
            new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC));
    HistoryRead.Computed computed =
        read.compute(maker, patients, Duration.ofSeconds(setting.pick(4, 20)));
    report.figure("rows of one copy", computed.rows(), "");
    report.figure(
        "computation alone: timeline rows",
        computed.factsPerSecond(),
        "/s",
        Aim.atLeast(COMPUTED_ROWS));
    report.figure(
        "computation alone: timeline rows, of one processor",
        computed.factsPerCpuSecond(),
        "/s of CPU");
    report.figure(
        "computation alone: timeline rows, of each index time",
        computed.factsPerSecond() * computed.rows() / patients.size(),
        "/s");
    report.figure("computation alone: vectors", computed.rowsPerSecond(), "/s");
    return computed.rows();
  }

  private void whole(
      Setting setting, Report report, String db, long rows, long expected, HistoryRead read)
      throws Exception {
    try (ServerRun server = ServerRun.drafts(db, HEAP)) {
      Memory memory = new Memory(server.pid());
      report.figure("server's memory before", memory.now(), "MB");
      memory.forgetPeak();
      for (int run = 1; run <= 2; run++) {
        String which = run == 1 ? "first" : "second";
        long floorStart = System.nanoTime();
        long found = read.raw();
        double floor = (System.nanoTime() - floorStart) / 1e9;
        if (found != rows) {
          report.error("the raw read found other rows than before");
        }
        Cpu before = Cpu.of(server);
        long start = System.nanoTime();
        JsonNode manifest = make(server.calls(), setting.seed());
        double seconds = (System.nanoTime() - start) / 1e9;
        Cpu used = Cpu.of(server).since(before);
        long made = 0;
        for (JsonNode part : manifest.path("counts").path("rows")) {
          made += part.asLong();
        }
        if (made != expected) {
          report.error("the data set has %,d rows, expected %,d".formatted(made, expected));
        }
        report.figure(which + ": raw read, two threads", floor, "s");
        report.figure(which + ": data set", seconds, "s");
        report.figure(which + ": CPU of the server", used.process(), "s");
        report.figure(which + ": CPU of the database", used.database(), "s");
        report.figure(which + ": rows made", made, "");
        report.figure(
            which + ": timeline rows from PostgreSQL to Parquet",
            rows / seconds,
            "/s",
            Aim.atLeast(WHOLE_ROWS));
        report.figure(which + ": data set to raw read", seconds / floor, "×");
      }
      report.figure(
          "peak of the server's memory, with " + HEAP,
          memory.peak(),
          "MB",
          Aim.atMost(MEMORY_MEGABYTES));
    }
  }

  /** Over HTTP, as any client does; the manifest of what was made. */
  private static JsonNode make(FhirCalls fhir, long seed) throws Exception {
    ObjectNode request = FhirCalls.JSON.createObjectNode().put("resourceType", "Parameters");
    ArrayNode parameters = request.putArray("parameter");
    String[] given = {
      "name",
      "bench",
      "cohort",
      "Patient",
      "target",
      "none",
      "index",
      "grid",
      "start",
      FROM.toString(),
      "end",
      FROM.plus(STEP.multipliedBy(TIMES - 1L)).toString(),
      "step",
      STEP.toString(),
      "featureSet",
      SyntheaFifty.SET,
      "seed",
      String.valueOf(seed)
    };
    for (int i = 0; i < given.length; i += 2) {
      parameters.addObject().put("name", given[i]).put("valueString", given[i + 1]);
    }
    HttpResponse<byte[]> started =
        fhir.exchange(
            to(fhir.root() + "/fhir/$training-set")
                .header("Prefer", "respond-async")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(request.toString())));
    if (started.statusCode() != 202) {
      throw new IOException(
          "No data set was started: " + new String(started.body(), StandardCharsets.UTF_8));
    }
    String status = started.headers().firstValue("Content-Location").orElseThrow();
    while (true) {
      HttpResponse<byte[]> answer = fhir.exchange(to(status).GET());
      if (answer.statusCode() == 200) {
        return FhirCalls.JSON.readTree(answer.body()).at("/extension/manifest");
      }
      if (answer.statusCode() != 202) {
        throw new IOException(
            "No data set was made: " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      Thread.sleep(100);
    }
  }

  private static HttpRequest.Builder to(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("Purpose-Of-Use", "HRESCH");
  }
}
