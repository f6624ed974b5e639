package org.auscult.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.auscult.bench.Report.Aim;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.prove.ParsedDefinitions;
import org.auscult.server.timeline.TimelineConfiguration;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineReader;
import org.auscult.unit.CodeUnits;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A vector of fifty features on PostgreSQL, beside the raw read of the rows that it is made of.
 *
 * <p>The records are loaded over HTTP into a running server, and its vectors over HTTP are what
 * ours are compared with. Then reader and evaluator run here, in turns with the raw read, on one
 * pool; which of a pair comes first is drawn.
 */
final class FeaturesBench implements Benchmark {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<Integer, Integer> PEOPLE = Map.of(200, 20, 2_000, 4, 20_000, 1);
  private static final double RATIO = 1.3;
  private static final double STORE_BACKED_MICROS = 1_700;
  private static final double COMPUTATION_MICROS = 50;
  private static final int MILLIS_AGO = 900_000;

  /** Facts; more than there are. */
  private static final long MOST_KEPT = 1_000_000;

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  @Override
  public String name() {
    return "features";
  }

  @Override
  public String about() {
    return "a vector of fifty features on PostgreSQL beside the raw read of its rows";
  }

  @Override
  public void run(Setting setting, Report report) throws Exception {
    Random random = new Random(setting.seed());
    List<ObjectNode> definitions = FiftyFeatures.definitions();
    Map<Integer, List<Person>> people = new TreeMap<>();
    for (int rows : setting.sizes()) {
      int many = PEOPLE.getOrDefault(rows, 1);
      people.put(rows, Person.some(setting.pick(Math.max(1, many / 5), many), rows, random));
    }
    try (BenchDatabase database = BenchDatabase.open(setting.db());
        ServerRun server = ServerRun.ours(database.create("auscult_bench_features"));
        KeptConnection connection = server.connection();
        HikariDataSource pool = pool(server.db())) {
      long start = System.nanoTime();
      create(connection, definitions);
      for (List<Person> some : people.values()) {
        new HookSide("ours", server).load(some);
      }
      // It was idle meanwhile, and the server ends what is idle.
      connection.close();
      BenchDatabase.analyse(server.db());
      setting.say("loaded in %.0f s", (System.nanoTime() - start) / 1e9);
      for (var size : people.entrySet()) {
        new Size(setting, report, size.getKey(), size.getValue(), random)
            .run(connection, pool, definitions);
      }
    }
  }

  private static HikariDataSource pool(String url) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  private static void create(KeptConnection connection, List<ObjectNode> definitions)
      throws IOException {
    post(connection, FiftyFeatures.codeSystem());
    for (ObjectNode definition : definitions) {
      post(connection, definition);
    }
    post(connection, FiftyFeatures.set(definitions));
  }

  private static void post(KeptConnection connection, ObjectNode resource) throws IOException {
    KeptConnection.Answer answer =
        connection.post(
            "/fhir/" + resource.path("resourceType").asText(),
            "application/fhir+json",
            JSON.writeValueAsBytes(resource));
    if (answer.status() != 201) {
      throw new IOException("A definition was refused: " + answer.text());
    }
  }

  /** The measurements of people with records of one size. */
  private static final class Size {
    private final Setting setting;
    private final Report report;
    private final String of;
    private final List<Person> people;
    private final Random random;
    private final Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    Size(Setting setting, Report report, int rows, List<Person> people, Random random) {
      this.setting = setting;
      this.report = report;
      this.of = "%,d rows: ".formatted(rows);
      this.people = people;
      this.random = random;
    }

    void run(KeptConnection connection, HikariDataSource pool, List<ObjectNode> definitions)
        throws Exception {
      ResolvedFeatureSet set = ParsedDefinitions.set(FiftyFeatures.set(definitions), definitions);
      FeatureEvaluator evaluator = new FeatureEvaluator(CodeUnits.standard(), ZoneOffset.UTC);
      JdbcTemplate jdbc = new JdbcTemplate(pool);
      Ours ours =
          new Ours(TimelineConfiguration.storeBacked(jdbc), evaluator, set, AsOf::instant, at);
      Ours kept =
          new Ours(
              TimelineConfiguration.cached(jdbc, MOST_KEPT), evaluator, set, AsOf::current, at);
      RawRead raw = new RawRead(pool, FiftyFeatures.codes(definitions));
      int values = Integer.MAX_VALUE;
      for (Person person : people) {
        JsonNode served = over(connection, person);
        values = Math.min(values, compare(served, ours.vector(person.id())));
        values = Math.min(values, compare(served, kept.vector(person.id())));
      }
      report.figure(of + "features with a value", values, "");
      int pairs = setting.pick(300, 5_000);
      // What the compiler has not seen often enough would be measured first.
      inTurns(ours::vector, id -> rows(raw, id), setting.pick(500, 5_000));
      Times[] times = inTurns(ours::vector, id -> rows(raw, id), pairs);
      report.figure(of + "rows of its codes", raw.read(people.get(0).id(), at.toEpochMilli()), "");
      report.figure(of + "pairs", times[0].count(), "");
      report.figure(of + "raw read p50", times[1].p50(), "µs");
      report.figure(of + "raw read p99", times[1].p99(), "µs");
      report.figure(of + "vector p50", times[0].p50(), "µs");
      if (people.get(0).rows() == 2_000) {
        report.figure(of + "vector p99", times[0].p99(), "µs", Aim.atMost(STORE_BACKED_MICROS));
      } else {
        report.figure(of + "vector p99", times[0].p99(), "µs");
      }
      report.figure(
          of + "vector to raw read, median of pairs",
          times[0].over(times[1]).p50() / 1e3,
          "×",
          Aim.atMost(RATIO));
      report.figure(of + "vector p99 to raw read p99", times[0].p99() / times[1].p99(), "×");
      kept(kept, raw, pairs);
      computation(ours, pairs);
      overHttp(connection, setting.pick(50, 500));
    }

    private void rows(RawRead raw, String person) throws Exception {
      if (raw.read(person, at.toEpochMilli()) == 0) {
        throw new IOException("The raw read found nothing");
      }
    }

    /** What was read of the patient before, beside the question for its epoch alone. */
    private void kept(Ours kept, RawRead raw, int pairs) throws Exception {
      Way vector = id -> kept.vectorAt(id, some());
      inTurns(vector, raw::epoch, pairs);
      Times[] times = inTurns(vector, raw::epoch, pairs);
      report.figure(of + "epoch query p50", times[1].p50(), "µs");
      report.figure(of + "cached vector p50", times[0].p50(), "µs");
      report.figure(of + "cached vector p99", times[0].p99(), "µs");
      report.figure(
          of + "cached vector to epoch query, median of pairs",
          times[0].over(times[1]).p50() / 1e3,
          "×",
          Aim.atMost(RATIO));
    }

    /** Ours and the other way, of one person after the other; which of them first is drawn. */
    private Times[] inTurns(Way ours, Way other, int pairs) throws Exception {
      Times[] times = {new Times(), new Times()};
      long end = System.nanoTime() + PATIENCE_NANOS;
      for (int i = 0; i < pairs && System.nanoTime() < end; i++) {
        String person = people.get(i % people.size()).id();
        boolean oursFirst = random.nextBoolean();
        for (int side = 0; side < 2; side++) {
          long start = System.nanoTime();
          boolean isOurs = (side == 0) == oursFirst;
          (isOurs ? ours : other).go(person);
          times[isOurs ? 0 : 1].add(System.nanoTime() - start);
        }
      }
      return times;
    }

    private void computation(Ours ours, int times) throws IOException {
      List<PatientTimeline> read = new ArrayList<>();
      for (Person person : people) {
        read.add(ours.timeline(person.id(), at));
      }
      Times first = new Times();
      Times again = new Times();
      for (int i = 0; i < 2 * times; i++) {
        PatientTimeline timeline = read.get(i % read.size());
        PatientTimeline fresh =
            new PatientTimeline(
                timeline.patient(),
                timeline.epoch(),
                List.of(timeline.facts().toArray(Fact[]::new)),
                timeline.complete());
        long start = System.nanoTime();
        ours.vector(fresh, at);
        long middle = System.nanoTime();
        ours.vector(fresh, some());
        if (i >= times) {
          first.add(middle - start);
          again.add(System.nanoTime() - middle);
        }
      }
      report.figure(
          of + "computation alone p50", first.p50(), "µs", Aim.atMost(COMPUTATION_MICROS));
      report.figure(of + "computation alone p99", first.p99(), "µs");
      report.figure(of + "computation of another time p50", again.p50(), "µs");
      report.figure(of + "computation of another time p99", again.p99(), "µs");
    }

    /** Another time of the last quarter of an hour: nobody opens a chart twice at the same one. */
    private Instant some() {
      return at.minusMillis(random.nextInt(MILLIS_AGO));
    }

    private void overHttp(KeptConnection connection, int calls) throws IOException {
      Times taken = new Times();
      for (int i = 0; i < 2 * calls; i++) {
        long start = System.nanoTime();
        over(connection, people.get(i % people.size()));
        if (i >= calls) {
          taken.add(System.nanoTime() - start);
        }
      }
      report.figure(of + "over HTTP p50", taken.p50() / 1e3, "ms");
      report.figure(of + "over HTTP p99", taken.p99() / 1e3, "ms");
    }

    private JsonNode over(KeptConnection connection, Person person) throws IOException {
      KeptConnection.Answer answer =
          connection.get(
              "/fhir/Patient/"
                  + person.id()
                  + "/$features?featureSet="
                  + URLEncoder.encode(FiftyFeatures.SET, StandardCharsets.UTF_8)
                  + "&at="
                  + at);
      if (answer.status() != 200) {
        throw new IOException("A vector was not given: HTTP " + answer.status());
      }
      return JSON.readTree(answer.body());
    }

    /** What is measured here is what the server serves; how many features have a value. */
    private int compare(JsonNode served, FeatureVector vector) {
      Map<String, Double> numbers = new TreeMap<>();
      for (JsonNode parameter : served.path("parameter")) {
        String name = "";
        for (JsonNode part : parameter.path("part")) {
          if (part.path("name").asText().equals("name")) {
            name = part.path("valueString").asText();
          } else if (part.path("name").asText().equals("value")) {
            numbers.put(
                name,
                part.has("valueBoolean")
                    ? (part.path("valueBoolean").asBoolean() ? 1.0 : 0.0)
                    : part.at("/valueQuantity/value").asDouble());
          }
        }
      }
      Map<String, Double> here = new TreeMap<>();
      vector.entries().stream()
          .filter(e -> e.value() instanceof Present)
          .forEach(e -> here.put(e.name(), ((Present) e.value()).value()));
      if (!here.equals(numbers)) {
        report.error(of + "the server gives another vector than is measured here");
      }
      return here.size();
    }
  }

  /** A way of asking something of a person, by id. */
  private interface Way {
    void go(String person) throws Exception;
  }

  /** Reader and evaluator, as the server has them. */
  private record Ours(
      TimelineReader reader,
      FeatureEvaluator evaluator,
      ResolvedFeatureSet set,
      Function<Instant, AsOf> asOf,
      Instant at) {
    FeatureVector vector(String patient) throws IOException {
      return vectorAt(patient, at);
    }

    FeatureVector vectorAt(String patient, Instant time) throws IOException {
      return vector(timeline(patient, time), time);
    }

    PatientTimeline timeline(String patient, Instant time) throws IOException {
      return reader
          .read(new TimelineQuery(patient, asOf.apply(time), set.needs()))
          .orElseThrow(() -> new IOException(patient + " is not there"));
    }

    FeatureVector vector(PatientTimeline timeline, Instant time) {
      return evaluator.evaluate(set, timeline.asOf(asOf.apply(time)));
    }
  }
}
