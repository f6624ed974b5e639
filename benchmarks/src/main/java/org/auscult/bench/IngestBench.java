package org.auscult.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.auscult.bench.Report.Aim;
import org.auscult.prove.FhirCalls;

/**
 * What all our interceptors together cost a write: transactions of Observations into our server and
 * into HAPI alone, wired alike, in pairs and in turns; the median of the pairs.
 */
final class IngestBench implements Benchmark {
  private static final int PER_TRANSACTION = 100;
  private static final int PEOPLE = 50;
  private static final int ROWS = 1_000;

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String about() {
    return "transactions of Observations, with and without our interceptors, on PostgreSQL";
  }

  private record Cost(double cpu, double database, double wall) {}

  @Override
  public void run(Setting setting, Report report) throws Exception {
    setting.say(ServerRun.WHO_ASKS);
    Random random = new Random(setting.seed());
    List<Person> people = Person.some(PEOPLE, ROWS, random);
    int pairs = setting.pick(2, 10);
    int transactions = setting.pick(5, 40);
    try (BenchDatabase database = BenchDatabase.open(setting.db());
        ServerRun ours = ServerRun.ours(database.create("auscult_bench_ours"));
        ServerRun plain = ServerRun.plainHapi(database.create("auscult_bench_plain"))) {
      for (ServerRun server : List.of(ours, plain)) {
        try (KeptConnection connection = server.connection()) {
          for (Person person : people) {
            HookSide.post(
                connection, "/fhir", "application/fhir+json", person.transactions().get(0));
          }
        }
        send(server, people, setting.pick(10, 60), new Random(setting.seed()));
        BenchDatabase.analyse(server.db());
      }
      List<Cost> with = new ArrayList<>();
      List<Cost> without = new ArrayList<>();
      List<Double> cpu = new ArrayList<>();
      List<Double> inDatabase = new ArrayList<>();
      List<Double> wall = new ArrayList<>();
      for (int pair = 0; pair < pairs; pair++) {
        long same = random.nextLong();
        // Who is first changes, so that what comes and goes on the machine hits both.
        List<ServerRun> order = pair % 2 == 0 ? List.of(ours, plain) : List.of(plain, ours);
        for (ServerRun server : order) {
          Cost cost = send(server, people, transactions, new Random(same));
          (server == ours ? with : without).add(cost);
        }
        Cost a = with.get(pair);
        Cost b = without.get(pair);
        cpu.add(a.cpu() / b.cpu() - 1);
        inDatabase.add(a.database() / b.database() - 1);
        wall.add(a.wall() / b.wall() - 1);
        setting.say(
            "pair %d: CPU a resource %.2f ms and %.2f ms, %+.0f %%",
            pair + 1, 1e3 * a.cpu(), 1e3 * b.cpu(), 100 * cpu.get(pair));
      }
      report.figure("ours, CPU a resource", 1e3 * median(with, Cost::cpu), "ms");
      report.figure("HAPI alone, CPU a resource", 1e3 * median(without, Cost::cpu), "ms");
      report.figure("our interceptors, of HAPI's CPU", 100 * median(cpu), "%", Aim.atMost(25));
      report.figure(
          "our interceptors, lowest pair",
          100 * cpu.stream().min(Double::compare).orElse(0.0),
          "%");
      report.figure(
          "our interceptors, highest pair",
          100 * cpu.stream().max(Double::compare).orElse(0.0),
          "%");
      report.figure("ours, resources", 1 / median(with, Cost::wall), "/s");
      report.figure("HAPI alone, resources", 1 / median(without, Cost::wall), "/s");
      report.figure("our interceptors, of HAPI's time", 100 * median(wall), "%");
      report.figure("ours, database CPU a resource", 1e3 * median(with, Cost::database), "ms");
      report.figure(
          "HAPI alone, database CPU a resource", 1e3 * median(without, Cost::database), "ms");
      report.figure("our interceptors, of the database's CPU", 100 * median(inDatabase), "%");
      stored(ours, plain, report);
    }
  }

  /** Sends transactions, and says what each resource cost. */
  private static Cost send(ServerRun server, List<Person> people, int transactions, Random random)
      throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      bodies.add(people.get(random.nextInt(people.size())).more(PER_TRANSACTION, random));
    }
    Cpu before = Cpu.of(server);
    long start = System.nanoTime();
    try (KeptConnection connection = server.connection()) {
      for (byte[] body : bodies) {
        HookSide.post(connection, "/fhir", "application/fhir+json", body);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Cpu used = Cpu.of(server).since(before);
    int resources = transactions * PER_TRANSACTION;
    return new Cost(used.process() / resources, used.database() / resources, seconds / resources);
  }

  /** Both hold the same number of Observations, or one of them has lost some. */
  private static void stored(ServerRun ours, ServerRun plain, Report report) throws IOException {
    long mine = observations(ours);
    long other = observations(plain);
    report.figure("Observations stored", mine, "");
    if (mine != other || mine <= 0) {
      report.error("Ours holds " + mine + " Observations, HAPI alone " + other);
    }
  }

  private static long observations(ServerRun server) throws IOException {
    try (KeptConnection connection = server.connection()) {
      return FhirCalls.JSON
          .readTree(connection.get("/fhir/Observation?_summary=count&_total=accurate").body())
          .path("total")
          .asLong(-1);
    }
  }

  private interface Of {
    double value(Cost cost);
  }

  private static double median(List<Cost> costs, Of of) {
    return median(costs.stream().map(of::value).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
