package org.auscult.cds.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.Shortfall;
import org.auscult.cds.fhir.Wanted;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real HTTP. */
class HttpCallerRecordTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Wanted OBSERVATIONS =
      new Wanted(
          "observation", ResourceKind.OBSERVATION, "Observation?patient=p1&code=a|b,c|d", null);
  private static final Wanted CONDITIONS =
      new Wanted("condition", ResourceKind.CONDITION, "Condition?patient=p1", null);

  private final SmallEhr ehr = new SmallEhr();
  private final List<AutoCloseable> open = new ArrayList<>(List.of(ehr));

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private HttpCallerRecord callers(Duration budget, int pages, int bytes, int threads) {
    HttpCallerRecord callers =
        new HttpCallerRecord(
            new CallerServers(List.of(ehr.base()), false),
            new CallerLimits(budget, pages, bytes, threads));
    open.add(callers);
    return callers;
  }

  private Map<String, Fetched> read(HttpCallerRecord callers, Wanted... wanted) {
    return callers.read(new CallerAccess(ehr.base(), null), List.of(wanted));
  }

  private static Fetched of(Map<String, Fetched> fetched, String key) {
    Fetched found = fetched.get(key);
    assertThat(found).as(key).isNotNull();
    return Objects.requireNonNull(found);
  }

  private @Nullable Shortfall shortfall(HttpCallerRecord callers) {
    return of(read(callers, OBSERVATIONS), "observation").shortfall();
  }

  private void fill(int observations) {
    for (int i = 0; i < observations; i++) {
      ehr.with(json("{\"resourceType\":\"Observation\",\"id\":\"o" + i + "\"}"));
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Checklist: 17. */
  @Test
  @DisplayName("17: all pages, in order")
  void allPages() {
    fill(5);
    ehr.pageSize = 2;

    Fetched fetched = of(read(callers(LONG, 3, 100_000, 2), OBSERVATIONS), "observation");
    assertThat(fetched.shortfall()).isNull();
    assertThat(fetched.pages())
        .extracting(p -> p.path("entry").path(0).at("/resource/id").asText())
        .containsExactly("o0", "o2", "o4");
    assertThat(ehr.queries()).contains("Observation?patient=p1&code=a%7Cb,c%7Cd");
  }

  /** Checklist: 17. */
  @Test
  @DisplayName("17: pages beyond the limit are not read, and it shows")
  void tooManyPages() {
    fill(5);
    ehr.pageSize = 2;

    Fetched fetched = of(read(callers(LONG, 2, 100_000, 2), OBSERVATIONS), "observation");
    assertThat(fetched.shortfall()).isEqualTo(Shortfall.TOO_MANY_PAGES);
    assertThat(fetched.pages()).hasSize(2);
    assertThat(ehr.requests).hasSize(2);
  }

  /** Checklist: 17. */
  @Test
  @DisplayName("17: a page that names itself as the next is read once")
  void aLoopEnds() {
    ehr.otherwise.put(
        "Observation",
        exchange -> {
          SmallEhr.send(exchange, 200, bundleWithNext("Observation?patient=p1&code=a|b,c|d"));
          return true;
        });

    assertThat(shortfall(callers(LONG, 50, 100_000, 2))).isEqualTo(Shortfall.TOO_MANY_PAGES);
    assertThat(ehr.requests).hasSize(1);
  }

  private static String bundleWithNext(String url) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"next\","
        + "\"url\":\""
        + url
        + "\"}]}";
  }

  @ParameterizedTest(name = "HTTP {0}: {1}")
  @CsvSource({
    "401, REFUSED",
    "403, REFUSED",
    "404, NOT_FOUND",
    "410, NOT_FOUND",
    "500, FAILED",
    "503, FAILED",
    "204, FAILED",
    "429, FAILED"
  })
  void statuses(int status, Shortfall why) {
    ehr.answers("Observation", status, status == 204 ? "" : SmallEhr.outcome());

    assertThat(shortfall(callers(LONG, 5, 100_000, 2))).isEqualTo(why);
  }

  /** Checklist: 20. */
  @ParameterizedTest
  @CsvSource({"301", "302", "303", "307", "308"})
  @DisplayName("20: a redirect is not followed, so a token goes nowhere else")
  void redirects(int status) {
    try (SmallEhr other = new SmallEhr()) {
      ehr.otherwise.put(
          "Observation",
          exchange -> {
            exchange.getResponseHeaders().add("Location", other.base() + "/Observation");
            SmallEhr.send(exchange, status, "");
            return true;
          });

      assertThat(shortfall(callers(LONG, 5, 100_000, 2))).isEqualTo(Shortfall.REDIRECTED);
      assertThat(other.requests).isEmpty();
      assertThat(ehr.requests).hasSize(1);
    }
  }

  /** Checklist: 17, 20. */
  @Test
  @DisplayName("17, 20: a next page at another host is not asked for")
  void nextElsewhere() {
    try (SmallEhr other = new SmallEhr()) {
      ehr.answers("Observation", 200, bundleWithNext(other.base() + "/Observation"));

      Fetched fetched = of(read(callers(LONG, 5, 100_000, 2), OBSERVATIONS), "observation");
      assertThat(fetched.shortfall()).isEqualTo(Shortfall.NEXT_ELSEWHERE);
      assertThat(fetched.pages()).hasSize(1);
      Wanted prefetched =
          new Wanted("condition", ResourceKind.CONDITION, "Condition", other.base() + "/C?page=2");
      assertThat(of(read(callers(LONG, 5, 100_000, 2), prefetched), "condition").shortfall())
          .isEqualTo(Shortfall.NEXT_ELSEWHERE);
      assertThat(other.requests).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"<Bundle/>", "[]", "{}", "\"x\"", "{\"resourceType\":\"Bundle\"", "''"})
  void noJson(String body) {
    ehr.answers("Observation", 200, body);

    assertThat(shortfall(callers(LONG, 5, 100_000, 2))).isEqualTo(Shortfall.UNREADABLE);
  }

  @Test
  @DisplayName("the size of all answers together has a limit")
  void tooLarge() {
    String page = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}";
    ehr.answers("Observation", 200, page + " ".repeat(1000 - page.length()));
    ehr.answers("Condition", 200, page + " ".repeat(1000 - page.length()));

    assertThat(shortfall(callers(LONG, 5, 999, 2))).isEqualTo(Shortfall.TOO_LARGE);
    assertThat(shortfall(callers(LONG, 5, 1000, 2))).isNull();
    Map<String, Fetched> both = read(callers(LONG, 5, 1999, 1), OBSERVATIONS, CONDITIONS);
    assertThat(of(both, "observation").shortfall()).isNull();
    assertThat(of(both, "condition").shortfall()).isEqualTo(Shortfall.TOO_LARGE);
  }

  /** Checklist: 12. */
  @Test
  @DisplayName("12: a slow answer ends with the budget; what came in time is kept")
  void slow() {
    ehr.otherwise.put("Observation", exchange -> pause(3000));
    long start = System.nanoTime();

    Map<String, Fetched> fetched =
        read(callers(Duration.ofMillis(900), 5, 100_000, 2), OBSERVATIONS, CONDITIONS);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
    assertThat(of(fetched, "observation").shortfall()).isEqualTo(Shortfall.TIMEOUT);
    assertThat(of(fetched, "condition").shortfall()).isNull();
  }

  /** Checklist: 12. */
  @Test
  @DisplayName("12: a body that drips ends with the budget, too")
  void dripping() {
    ehr.otherwise.put(
        "Observation",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause(100);
          }
          return true;
        });
    long start = System.nanoTime();

    assertThat(shortfall(callers(Duration.ofMillis(700), 5, 100_000, 2)))
        .isEqualTo(Shortfall.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
  }

  /** Checklist: 12. */
  @Test
  @DisplayName("12: the pages that came before the end of the budget are kept")
  void slowSecondPage() {
    fill(3);
    ehr.pageSize = 2;
    ehr.otherwise.put(
        "Observation",
        exchange -> exchange.getRequestURI().getQuery().contains("_offset") && pause(3000));

    Fetched fetched =
        of(read(callers(Duration.ofMillis(1200), 5, 100_000, 2), OBSERVATIONS), "observation");
    assertThat(fetched.shortfall()).isEqualTo(Shortfall.TIMEOUT);
    assertThat(fetched.pages()).hasSize(1);
  }

  private static boolean pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Test
  @DisplayName("requests run in parallel, as many as there are threads, over all calls")
  void parallelWithinBounds() {
    ehr.otherwise.put("Observation", exchange -> pause(150));
    ehr.otherwise.put("Condition", exchange -> pause(150));
    HttpCallerRecord callers = callers(LONG, 5, 100_000, 3);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<Map<String, Fetched>>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(
            CompletableFuture.supplyAsync(() -> read(callers, OBSERVATIONS, CONDITIONS), threads));
      }
      for (CompletableFuture<Map<String, Fetched>> call : calls) {
        assertThat(call.join().values()).allMatch(f -> f.shortfall() == null);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ehr.mostAtOnce.get()).isBetween(2, 3);
  }

  @Test
  @DisplayName("what does not fit into the queue is turned away at once")
  void aFullQueue() {
    ehr.otherwise.put("Observation", exchange -> pause(400));
    Wanted[] many = new Wanted[30];
    for (int i = 0; i < many.length; i++) {
      many[i] = new Wanted("k" + i, ResourceKind.OBSERVATION, "Observation?p=" + i, null);
    }

    Map<String, Fetched> fetched = read(callers(Duration.ofMillis(900), 5, 100_000, 1), many);
    assertThat(fetched).hasSize(30);
    assertThat(of(fetched, "k29").shortfall()).isEqualTo(Shortfall.BUSY);
    assertThat(of(fetched, "k0").shortfall()).isNull();
    assertThat(of(fetched, "k16").shortfall()).isEqualTo(Shortfall.TIMEOUT);
  }

  @Test
  @DisplayName("a server that stops ends the reading at once, and says so to its thread")
  void interrupted() throws InterruptedException {
    ehr.otherwise.put("Observation", exchange -> pause(5000));
    HttpCallerRecord callers = callers(LONG, 5, 100_000, 2);
    List<@Nullable Shortfall> why = new ArrayList<>();
    List<Boolean> flags = new ArrayList<>();
    Thread waiting =
        new Thread(
            () -> {
              why.add(shortfall(callers));
              flags.add(Thread.currentThread().isInterrupted());
            });
    waiting.start();
    while (ehr.requests.isEmpty()) {
      Thread.sleep(10);
    }
    waiting.interrupt();
    waiting.join(3000);

    assertThat(why).containsExactly(Shortfall.TIMEOUT);
    assertThat(flags).containsExactly(true);
  }

  /** Checklist: 20. */
  @Test
  @DisplayName("20: the token goes with each request if there is one")
  void theTokenGoesWithEachRequest() {
    fill(3);
    ehr.pageSize = 1;
    ehr.token = "s3cr3t";
    CallerToken token = CallerToken.of("s3cr3t", "user/*.read");
    HttpCallerRecord callers = callers(LONG, 5, 100_000, 2);

    Map<String, Fetched> fetched =
        callers.read(new CallerAccess(ehr.base(), token), List.of(OBSERVATIONS, CONDITIONS));
    assertThat(fetched.values()).allMatch(f -> f.shortfall() == null);
    assertThat(ehr.requests).hasSize(4).allMatch(r -> "Bearer s3cr3t".equals(r.authorization()));

    ehr.requests.clear();
    assertThat(shortfall(callers)).isEqualTo(Shortfall.REFUSED);
    assertThat(ehr.requests).hasSize(1).allMatch(r -> r.authorization() == null);
  }

  /** Checklist: 61. Safety: 4. */
  @Test
  @DisplayName("61, rule 4: outside the token's scope an answer is not complete")
  void outsideTheScope() {
    CallerToken token = CallerToken.of("t", "patient/Condition.read");

    Map<String, Fetched> fetched =
        callers(LONG, 5, 100_000, 2)
            .read(new CallerAccess(ehr.base(), token), List.of(OBSERVATIONS, CONDITIONS));
    assertThat(of(fetched, "observation").shortfall()).isEqualTo(Shortfall.SCOPE);
    assertThat(of(fetched, "observation").pages()).hasSize(1);
    assertThat(of(fetched, "condition").shortfall()).isNull();
  }

  /** Checklist: 20. */
  @Test
  @DisplayName("20: a server that is not listed is not asked")
  void notListed() {
    try (SmallEhr other = new SmallEhr()) {
      HttpCallerRecord callers = callers(LONG, 5, 100_000, 2);

      assertThat(callers.mayRead(other.base())).isFalse();
      assertThat(callers.read(new CallerAccess(other.base(), null), List.of(OBSERVATIONS)))
          .isEmpty();
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void nobodyThere() {
    HttpCallerRecord callers = callers(LONG, 5, 100_000, 2);
    ehr.close();

    assertThat(shortfall(callers)).isEqualTo(Shortfall.UNREACHABLE);
  }

  @Test
  void anUnknownHost() {
    String base = "http://no-such-host.invalid/fhir";
    HttpCallerRecord callers =
        new HttpCallerRecord(new CallerServers(List.of(base), true), CallerLimits.STANDARD);
    open.add(callers);

    Fetched fetched =
        of(callers.read(new CallerAccess(base, null), List.of(OBSERVATIONS)), "observation");
    assertThat(fetched.shortfall()).isIn(Shortfall.UNREACHABLE, Shortfall.TIMEOUT);
  }

  /** Checklist: 22. */
  @Test
  @DisplayName("22: what is fetched shows nothing of itself")
  void fetchedShowsNothing() {
    Fetched fetched = new Fetched(List.of(json("{\"id\":\"Mustermann\"}")), Shortfall.TIMEOUT);

    assertThat(fetched.toString()).doesNotContain("Mustermann").contains("TIMEOUT");
    Wanted wanted = new Wanted("a", ResourceKind.PATIENT, "Patient/Mustermann", "Mustermann");
    assertThat(wanted.toString()).doesNotContain("Mustermann").contains("PATIENT");
  }

  @ParameterizedTest
  @CsvSource({"0,1,1,1", "-1,1,1,1", "1,0,1,1", "1,1,0,1", "1,1,1,0"})
  void limitsArePositive(int seconds, int pages, int bytes, int threads) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallerLimits(Duration.ofSeconds(seconds), pages, bytes, threads));
  }

  @Test
  void withoutThePortNothingIsRead() {
    assertThat(CallerRecord.NONE.mayRead(ehr.base())).isFalse();
    assertThat(CallerRecord.NONE.read(new CallerAccess(ehr.base(), null), List.of(OBSERVATIONS)))
        .isEmpty();
  }
}
