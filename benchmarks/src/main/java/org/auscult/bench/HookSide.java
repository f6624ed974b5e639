package org.auscult.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.bench.Load.Caller;
import org.auscult.bench.Load.Wrong;

/** One side that answers {@code cvd-risk} over HTTP: ours or the peer. */
final class HookSide {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern NUMBER =
      Pattern.compile("10-year risk of cardiovascular disease ([0-9.]+) %");
  static final String PATH = "/cds-services/cvd-risk";

  private final String name;
  private final ServerRun server;

  /** What each person's card says; filled by {@link #learn}. */
  private final Map<String, String> expected = new HashMap<>();

  private final AtomicLong shown = new AtomicLong();

  HookSide(String name, ServerRun server) {
    this.name = name;
    this.server = server;
  }

  String name() {
    return name;
  }

  ServerRun server() {
    return server;
  }

  /** Loads people's records, several people at a time. */
  void load(List<Person> people) throws InterruptedException, IOException {
    AtomicInteger next = new AtomicInteger();
    Load.Outcome outcome =
        Load.once(
            2,
            () -> {
              KeptConnection connection = server.connection();
              return new Caller() {
                @Override
                public void call() throws IOException {
                  for (int i = next.getAndIncrement();
                      i < people.size();
                      i = next.getAndIncrement()) {
                    for (byte[] transaction : people.get(i).transactions()) {
                      post(connection, "/fhir", "application/fhir+json", transaction);
                    }
                  }
                }

                @Override
                public void close() throws IOException {
                  connection.close();
                }
              };
            });
    if (!outcome.errors().isEmpty()) {
      throw new IOException(name + " could not be loaded: " + outcome.errors().get(0));
    }
  }

  static KeptConnection.Answer post(KeptConnection to, String path, String type, byte[] body)
      throws IOException {
    KeptConnection.Answer answer = to.post(path, type, body);
    if (answer.status() != 200) {
      String text = answer.text();
      throw new IOException(
          "HTTP " + answer.status() + ": " + text.substring(0, Math.min(300, text.length())));
    }
    return answer;
  }

  /**
   * Opens each chart once, and keeps what its card says.
   *
   * @return the number on each person's card
   * @throws IOException if a card shows none
   */
  Map<String, Double> learn(List<Person> people) throws IOException {
    Map<String, Double> numbers = new HashMap<>();
    try (KeptConnection connection = server.connection()) {
      for (Person person : people) {
        String answer = post(connection, PATH, "application/json", body(person)).text();
        JsonNode cards = JSON.readTree(answer).path("cards");
        String summary = cards.path(0).path("summary").asText();
        Matcher number = NUMBER.matcher(summary);
        if (cards.size() != 1 || !number.find()) {
          throw new IOException(name + " shows no number for " + person.id() + ": " + summary);
        }
        shown.incrementAndGet();
        expected.put(person.id(), number.group());
        numbers.put(person.id(), Double.valueOf(number.group(1)));
      }
    }
    return numbers;
  }

  /** A caller for these people, in random order, who checks each card. */
  Caller caller(List<Person> people, long seed) {
    return caller(people, seed, answer -> {});
  }

  /** Told of each right answer. */
  interface Listener {
    void answered(byte[] answer);
  }

  Caller caller(List<Person> people, long seed, Listener listener) {
    Random random = new Random(seed);
    KeptConnection connection = server.connection();
    return new Caller() {
      @Override
      public void call() throws IOException, Wrong {
        Person person = people.get(random.nextInt(people.size()));
        KeptConnection.Answer answer = connection.post(PATH, "application/json", body(person));
        if (answer.status() != 200) {
          throw new Wrong(name + " answered HTTP " + answer.status());
        }
        shown.incrementAndGet();
        if (!answer.text().contains(expected.getOrDefault(person.id(), "?"))) {
          throw new Wrong(name + " showed another card than before for " + person.id());
        }
        listener.answered(answer.body());
      }

      @Override
      public void close() throws IOException {
        connection.close();
      }
    };
  }

  private byte[] body(Person person) {
    return """
    {"hook":"patient-view","hookInstance":"%s","fhirServer":"%s/fhir",\
    "context":{"userId":"Practitioner/bench","patientId":"%s"}}"""
        .formatted(UUID.randomUUID(), server.root(), person.id())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** How many cards it has shown. */
  long shown() {
    return shown.get();
  }

  /** How many predictions its FHIR store holds. */
  long stored() throws IOException {
    try (KeptConnection connection = server.connection()) {
      return JSON.readTree(
              connection.get("/fhir/RiskAssessment?_summary=count&_total=accurate").body())
          .path("total")
          .asLong(-1);
    }
  }

  /** Predictions that are shown but not yet FHIR resources; 0 on a side that has no journal. */
  long backlog() throws IOException {
    try (KeptConnection connection = server.connection()) {
      KeptConnection.Answer metrics = connection.get("/actuator/prometheus");
      if (metrics.status() != 200) {
        throw new IOException(name + " does not tell its metrics: HTTP " + metrics.status());
      }
      return Math.round(
          metrics
              .text()
              .lines()
              .filter(line -> line.matches("auscult_journal_(backlog|parked)[{ ].*"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .sum());
    }
  }

  /**
   * Waits until nothing is pending.
   *
   * @return seconds waited; not a number if it did not come to that in time
   */
  double drain(int patienceSeconds) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start + patienceSeconds * 1_000_000_000L;
    while (backlog() > 0) {
      if (System.nanoTime() > end) {
        return Double.NaN;
      }
      Thread.sleep(100);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
