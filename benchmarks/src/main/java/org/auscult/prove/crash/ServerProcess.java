package org.auscult.prove.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Rollout;
import org.auscult.server.Auscult;

/** The server as a process of its own, started by its command and spoken to over HTTP. */
final class ServerProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Pattern BACKLOG =
      Pattern.compile("(?m)^auscult_journal_backlog\\S* ([0-9.E+]+)$");

  private final Process process;
  private final String root;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> templates = new TreeMap<>();

  private ServerProcess(Process process, String root) {
    this.process = process;
    this.root = root;
  }

  /** Starts it and returns when it is ready and offers its service. */
  static ServerProcess start(List<String> options, List<String> storage) throws Exception {
    int port = freePort();
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--starter", "--port", String.valueOf(port)));
    arguments.addAll(storage);
    Process process = Processes.start(options, Auscult.class, arguments);
    drain(process);
    ServerProcess server = new ServerProcess(process, "http://127.0.0.1:" + port);
    try {
      server.awaitReady();
      Rollout.ofStarterPack(new FhirCalls(server.root));
      server.discover();
      return server;
    } catch (Exception e) {
      server.kill();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void drain(Process process) {
    Thread drain =
        new Thread(
            () -> {
              try (var out = process.getInputStream()) {
                out.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // It died in the middle of a line.
              }
            },
            "server-output");
    drain.setDaemon(true);
    drain.start();
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (get("/actuator/health/readiness").filter(r -> r.statusCode() == 200).isPresent()) {
        return;
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("The server did not become ready");
  }

  private void discover() throws IOException {
    String body = get("/cds-services").map(HttpResponse::body).orElse("{}");
    for (JsonNode service : JSON.readTree(body).path("services")) {
      if (service.path("id").asText().equals("cvd-risk")) {
        service
            .path("prefetch")
            .fields()
            .forEachRemaining(f -> templates.put(f.getKey(), f.getValue().asText()));
      }
    }
    if (templates.isEmpty()) {
      throw new IllegalStateException("The server is ready, but offers no cvd-risk");
    }
  }

  /** What the service asks for: key to query. */
  Map<String, String> prefetchTemplates() {
    return templates;
  }

  /** The uuid of the card, if the whole answer arrived with status 200. */
  Optional<UUID> card(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + "/cds-services/cvd-risk"))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return send(request)
        .filter(response -> response.statusCode() == 200)
        .map(response -> tree(response.body()).path("cards").path(0).path("uuid"))
        .filter(JsonNode::isTextual)
        .map(uuid -> UUID.fromString(uuid.asText()));
  }

  /** A FHIR read or search. */
  JsonNode read(String path) {
    return get("/fhir/" + path)
        .map(response -> tree(response.body()))
        .orElseThrow(() -> new IllegalStateException("No answer to " + path));
  }

  /** Waits until every stored prediction is a resource. */
  void awaitEmptyJournal(long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      String metrics = get("/actuator/prometheus").map(HttpResponse::body).orElse("");
      Matcher backlog = BACKLOG.matcher(metrics);
      if (backlog.find() && Double.parseDouble(backlog.group(1)) == 0) {
        return;
      }
      Thread.sleep(200);
    }
  }

  private Optional<HttpResponse<String>> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(root + path)).timeout(ANSWER).build());
  }

  /** Empty if no whole answer came: it is dead, or not yet there. */
  private Optional<HttpResponse<String>> send(HttpRequest request) {
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalStateException("A whole answer that is not JSON", e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  int status() throws InterruptedException {
    return process.waitFor();
  }

  /** SIGTERM; whether it then ended its work and itself. */
  boolean endInOrder() throws InterruptedException {
    process.destroy();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 143;
  }

  @Override
  public void close() {
    kill();
  }
}
