package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of keys that is slow, huge, elsewhere, or broken, and addresses that are not called. */
class HttpKeyFetcherTest {
  private static final Duration BUDGET = Duration.ofMillis(1_500);

  private final KeyServer server = new KeyServer();
  private final HttpKeyFetcher fetcher = new HttpKeyFetcher(BUDGET, false);

  @AfterEach
  void close() {
    server.close();
  }

  /** Checklist: 64. */
  @Test
  void whatIsServedIsHad() throws Exception {
    server.serves("{\"keys\":[]}");

    assertThat(fetcher.fetch(server.address())).isEqualTo("{\"keys\":[]}");
  }

  /** Checklist: 50, 64. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  @DisplayName("50: no redirect is followed")
  void redirects(int status) {
    server.answer =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/else")) {
            KeyServer.send(exchange, 200, "{\"keys\":[]}");
            return;
          }
          exchange.getResponseHeaders().add("Location", "/else");
          KeyServer.send(exchange, status, "");
        };

    assertThatIOException()
        .isThrownBy(() -> fetcher.fetch(server.address()))
        .withMessageContaining("status " + status);
    assertThat(server.requests).hasValue(1);
  }

  /** Checklist: 64. */
  @ParameterizedTest
  @ValueSource(ints = {204, 401, 404, 500, 503})
  void otherAnswers(int status) {
    server.answer = exchange -> KeyServer.send(exchange, status, "");

    assertThatIOException()
        .isThrownBy(() -> fetcher.fetch(server.address()))
        .withMessage("it answered with status " + status);
  }

  /** Checklist: 64. */
  @Test
  @DisplayName("64: an endless answer ends at the limit")
  void huge() {
    byte[] part = new byte[64_000];
    server.answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; i < 1_000; i++) {
              out.write(part);
            }
          }
        };

    assertThatIOException()
        .isThrownBy(() -> fetcher.fetch(server.address()))
        .withMessageContaining("larger than " + HttpKeyFetcher.MOST_BYTES);
  }

  /** Checklist: 64. */
  @Test
  @DisplayName("64: neither a silent nor a dripping server holds a call up beyond the budget")
  void slow() {
    KeyServer.Answer silent = exchange -> pause(20_000);
    KeyServer.Answer dripping =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          for (int i = 0; i < 200; i++) {
            out.write(' ');
            out.flush();
            pause(100);
          }
        };
    for (KeyServer.Answer answer : new KeyServer.Answer[] {silent, dripping}) {
      server.answer = answer;
      long start = System.nanoTime();

      assertThatIOException()
          .isThrownBy(() -> fetcher.fetch(server.address()))
          .withMessageContaining("did not answer within");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BUDGET.multipliedBy(6));
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Checklist: 50. */
  @Test
  @DisplayName("50: a name that leads to this machine is not called")
  void addresses() throws Exception {
    server.serves("{\"keys\":[]}");
    String own = InetAddress.getLocalHost().getHostName();
    URI named = URI.create("http://" + own + ":" + server.address().getPort() + "/keys");

    assertThatIOException()
        .isThrownBy(() -> fetcher.fetch(named))
        .withMessageContaining("address of this machine");
    assertThatIOException()
        .isThrownBy(() -> fetcher.fetch(URI.create("https://nowhere.invalid/keys")))
        .withMessage("its host is unknown");
    assertThat(server.requests).hasValue(0);
  }

  @Test
  void nobodyListens() {
    URI gone = server.address();
    server.close();

    assertThatIOException()
        .isThrownBy(() -> fetcher.fetch(gone))
        .withMessage("it cannot be reached");
  }
}
