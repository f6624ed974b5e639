package org.auscult.prove.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Proof;
import org.auscult.prove.Verdict;
import org.auscult.prove.fuzz.Mutation.Broken;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.LogWatch;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;
import org.jspecify.annotations.Nullable;

/** Broken requests at every public endpoint: no 5xx, no hang, nothing of our insides. */
public final class FuzzProof implements Proof {
  private static final int SHORT = 3_000;
  private static final int WHOLE = 50_000;
  private static final int THREADS = 6;
  private static final long MAY_GROW = 96L << 20;

  @Override
  public String name() {
    return "fuzz";
  }

  @Override
  public String about() {
    return "broken requests at every public endpoint get no 5xx, and none hangs";
  }

  /** The validator reads all of FHIR's definitions when it is first asked, and keeps them. */
  private static void validateOnce(TwoHospitals hospitals, List<String> failures)
      throws IOException {
    JsonNode patient = FhirCalls.JSON.createObjectNode().put("resourceType", "Patient");
    Ask validate = Ask.fhir("POST", "/fhir/Patient/$validate", patient);
    int status = 0;
    for (int tries = 0; tries < 4 && status == 0; tries++) {
      try {
        status = hospitals.wire().send(validate.bearer(hospitals.token(Staff.NORA))).status();
      } catch (SocketTimeoutException e) {
        // A busy machine reads them longer than a request is waited for: it goes on meanwhile.
        status = 0;
      }
    }
    if (status != 200) {
      failures.add("A patient could not be validated: HTTP " + status);
    }
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    try (TwoHospitals hospitals = TwoHospitals.open(conditions.db(), 0, Map.of())) {
      Random random = new Random(conditions.seed());
      List<Seed> seeds = new ArrayList<>(Endpoints.of(hospitals, random));
      Collections.shuffle(seeds, random);
      Run run = new Run(hospitals, seeds, conditions.seed(), failures);
      if (!conditions.only().isEmpty()) {
        for (int number : conditions.only()) {
          run.shown(number, conditions.out());
        }
        return new Verdict(failures);
      }
      int number = conditions.length() == Length.SHORT ? SHORT : WHOLE;
      validateOnce(hospitals, failures);
      run.all(0, number / 4);
      long before = Memory.afterCollection(hospitals);
      run.all(number / 4, number);
      long after = Memory.afterCollection(hospitals);
      run.table(conditions.out());
      conditions
          .out()
          .printf(
              "  %d requests at %d endpoints; live memory %d MB after a quarter, %d MB at the end%n",
              number, run.endpoints(), before >> 20, after >> 20);
      if (!failures.isEmpty()) {
        errors(hospitals.log(), conditions.out());
      }
      if (after > before + MAY_GROW) {
        failures.add("The server's memory grew from " + before + " to " + after + " bytes");
      }
      afterwards(hospitals, failures);
    }
    return new Verdict(failures);
  }

  /** What the server's log says of its errors, each kind once, so that a cause can be found. */
  private static void errors(String log, PrintStream out) {
    Matcher error =
        Pattern.compile("(?m)^\\S+ ERROR .*\\n((?:(?!\\d{4}-).*\\n){0,200})").matcher(log);
    Map<String, String> kinds = new TreeMap<>();
    while (error.find()) {
      String[] lines = error.group().split("\n");
      List<String> told = new ArrayList<>();
      for (String line : lines) {
        boolean isOfLibrary = line.matches("\\s+at (java|jdk|org\\.springframework|jakarta).*");
        if (!isOfLibrary && told.size() < 12) {
          told.add("    " + line.strip());
        }
      }
      String kind = String.join("\n", told.subList(Math.min(1, told.size()), told.size()));
      kinds.putIfAbsent(kind, String.join("\n", told));
    }
    kinds.values().stream().limit(40).forEach(out::println);
  }

  /** It is ready, and still answers a hook as before. */
  private static void afterwards(TwoHospitals hospitals, List<String> failures) throws IOException {
    hospitals.forget();
    int ready = hospitals.wire().send(Ask.get("/actuator/health/readiness")).status();
    if (ready != 200) {
      failures.add("At the end the server is not ready: HTTP " + ready);
    }
    Reply hook =
        hospitals
            .wire()
            .send(
                Ask.json(TwoHospitals.SERVICE, hospitals.chart(hospitals.north()))
                    .bearer(hospitals.hookToken(TwoHospitals.SERVICE)));
    if (hook.status() != 200 || !hook.json().path("cards").isArray()) {
      failures.add("At the end a right hook call gets HTTP " + hook.status());
    }
    LogWatch.check(hospitals.log(), hospitals, failures);
  }

  /** The requests by number: each follows from the seed and its number alone. */
  private static final class Run {
    private final TwoHospitals hospitals;
    private final List<Seed> seeds;
    private final List<List<Seed>> byEndpoint;
    private final long seed;
    private final List<String> failures;
    private final Map<String, Integer> kinds = new TreeMap<>();
    private final Bearers bearers;
    private final Map<String, Map<Integer, Integer>> counts = new TreeMap<>();

    Run(TwoHospitals hospitals, List<Seed> seeds, long seed, List<String> failures)
        throws IOException {
      this.hospitals = hospitals;
      this.seeds = seeds;
      this.seed = seed;
      this.failures = failures;
      this.bearers = new Bearers(hospitals);
      Map<String, List<Seed>> grouped = new TreeMap<>();
      seeds.forEach(s -> grouped.computeIfAbsent(s.endpoint(), e -> new ArrayList<>()).add(s));
      this.byEndpoint = List.copyOf(grouped.values());
    }

    private record Made(Seed seed, Broken broken) {}

    private Made made(int number) throws IOException {
      Random random = new Random(seed * 1_000_003 + number);
      Seed right =
          number % 2 == 0 ? seeds.get(number / 2 % seeds.size()) : ofEach(number / 2, random);
      Broken broken = new Mutation(random).of(right.ask());
      Ask ask = bearers.with(right, broken.ask(), random);
      return new Made(right, new Broken(ask, broken.isFramed()));
    }

    /** Each endpoint in its turn, so that none is seldom met because it has few right requests. */
    private Seed ofEach(int turn, Random random) {
      List<Seed> some = byEndpoint.get(turn % byEndpoint.size());
      return some.get(random.nextInt(some.size()));
    }

    void all(int from, int to) throws IOException, InterruptedException {
      AtomicInteger next = new AtomicInteger(from);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          String address = "127.0." + (1 + i) + ".1";
          all.add(
              threads.submit(
                  () -> {
                    for (int k = next.getAndIncrement(); k < to; k = next.getAndIncrement()) {
                      one(k, address);
                    }
                    return null;
                  }));
        }
        for (Future<?> each : all) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw new IOException("The fuzzer itself failed", e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }

    private void one(int number, String address) throws IOException {
      Made made = made(number);
      Ask ask = made.broken.ask();
      int status = 0;
      String problem = null;
      try {
        Reply reply = hospitals.wire().send(ask, address);
        status = reply.status();
        problem = problem(reply);
      } catch (SocketTimeoutException e) {
        problem = "it hangs";
      } catch (EOFException | SocketException e) {
        problem = made.broken.isFramed() ? "no answer" : null;
      }
      count(made.seed.endpoint(), status);
      if (problem != null) {
        kind(made.seed.endpoint() + ": " + problem, number);
        String target = ask.target().substring(0, Math.min(90, ask.target().length()));
        failures.add(
            "request "
                + number
                + ", "
                + ask.method()
                + " "
                + target.replaceAll("[^ -~]", "?")
                + ": "
                + problem);
      }
    }

    private static @Nullable String problem(Reply reply) {
      if (reply.status() >= 500) {
        String said = reply.text().replaceAll("\\s+", " ");
        return "HTTP " + reply.status() + " " + said.substring(0, Math.min(400, said.length()));
      }
      Matcher insides = LogWatch.INSIDES.matcher(reply.text());
      boolean isData = reply.status() < 400;
      return !isData && insides.find()
          ? "HTTP " + reply.status() + " tells of our insides: " + insides.group()
          : null;
    }

    private synchronized void count(String endpoint, int status) {
      counts.computeIfAbsent(endpoint, e -> new TreeMap<>()).merge(status, 1, Integer::sum);
    }

    /** Problems alike, so that one does not hide the others. */
    private synchronized void kind(String problem, int number) {
      String alike = problem.replaceAll("\"timestamp\":\"[^\"]*\"|\"path\":\"[^\"]*\"|\\d+", "#");
      kinds.putIfAbsent(alike.substring(0, Math.min(300, alike.length())), number);
    }

    int endpoints() {
      return counts.size();
    }

    void table(PrintStream out) {
      out.printf("  %-45s %s%n", "endpoint", "answers: status × number (0: none)");
      counts.forEach(
          (endpoint, statuses) -> {
            StringBuilder line = new StringBuilder();
            statuses.forEach((status, n) -> line.append(status).append('×').append(n).append(' '));
            out.printf("  %-45s %s%n", endpoint, line);
          });
      kinds.forEach((problem, number) -> out.println("  request " + number + ": " + problem));
    }

    /** One request alone, with its answer, to be looked at. */
    void shown(int number, PrintStream out) throws IOException {
      Made made = made(number);
      Ask ask = made.broken.ask();
      out.println("  " + made.seed.endpoint() + ": " + ask.method() + " " + ask.target());
      ask.lines().stream()
          .filter(l -> !l.startsWith("Authorization") && !l.startsWith("Cookie"))
          .forEach(l -> out.println("  " + l));
      String body = new String(ask.body(), StandardCharsets.UTF_8);
      out.println("  " + body.substring(0, Math.min(9_000, body.length())));
      int before = hospitals.log().length();
      try {
        Reply reply = hospitals.wire().send(ask);
        out.println("  HTTP " + reply.status() + " " + reply.headers());
        out.println("  " + reply.text());
      } catch (IOException e) {
        out.println("  no answer: " + e);
      }
      String log = hospitals.log();
      out.println(log.substring(before, Math.min(log.length(), before + 6_000)));
      one(number, "127.0.0.1");
    }
  }
}
