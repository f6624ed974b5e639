package org.auscult.prove.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.auscult.prove.Processes;
import org.auscult.prove.StartedServer;
import org.auscult.server.Auscult;

/** The server as a process that may be killed, and what is asked of it over HTTP. */
final class ServerProcess implements KillableServer, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Pattern BACKLOG =
      Pattern.compile("(?m)^auscult_journal_backlog\\S* ([0-9.E+]+)$");

  private final StartedServer server;
  private final Map<String, String> templates = new TreeMap<>();

  private ServerProcess(StartedServer server) {
    this.server = server;
  }

  /** Starts it and returns when it is ready and offers its service. */
  static ServerProcess start(List<String> options, List<String> storage) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("serve", "--starter"));
    arguments.addAll(storage);
    Path folder = Files.createTempDirectory("auscult-crash-log");
    ServerProcess server =
        new ServerProcess(
            StartedServer.live(folder, Processes.command(options, Auscult.class, arguments)));
    try {
      server.discover();
      return server;
    } catch (Exception e) {
      server.close();
      throw e;
    }
  }

  private void discover() throws IOException {
    String body = get("/cds-services").map(ServerProcess::text).orElse("{}");
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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.root() + "/cds-services/cvd-risk"))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(server.calls(), request)
        .filter(response -> response.statusCode() == 200)
        .map(response -> tree(text(response)).path("cards").path(0).path("uuid"))
        .filter(JsonNode::isTextual)
        .map(uuid -> UUID.fromString(uuid.asText()));
  }

  /** A FHIR read or search. */
  JsonNode read(String path) {
    return get("/fhir/" + path)
        .map(response -> tree(text(response)))
        .orElseThrow(() -> new IllegalStateException("No answer to " + path));
  }

  /** The audit log as it stands. */
  byte[] auditExport() {
    return send(
            server.callsAs("auditor"),
            HttpRequest.newBuilder(URI.create(server.root() + "/fhir/$audit-export"))
                .timeout(ANSWER))
        .map(HttpResponse::body)
        .orElseThrow(() -> new IllegalStateException("No answer to $audit-export"));
  }

  /** Waits until every stored prediction is a resource. */
  void awaitEmptyJournal(long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      String metrics = get("/actuator/prometheus").map(ServerProcess::text).orElse("");
      Matcher backlog = BACKLOG.matcher(metrics);
      if (backlog.find() && Double.parseDouble(backlog.group(1)) == 0) {
        return;
      }
      Thread.sleep(200);
    }
  }

  private Optional<HttpResponse<byte[]>> get(String path) {
    return send(
        server.calls(), HttpRequest.newBuilder(URI.create(server.root() + path)).timeout(ANSWER));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Empty if no whole answer came: it is dead, or not yet there. */
  private static Optional<HttpResponse<byte[]>> send(FhirCalls calls, HttpRequest.Builder request) {
    try {
      return Optional.of(calls.exchange(request));
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

  @Override
  public boolean isAlive() {
    return server.isAlive();
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public int status() throws InterruptedException {
    return server.status();
  }

  /** SIGTERM; whether it then ended its work and itself. */
  boolean endInOrder() throws InterruptedException {
    return server.endInOrder();
  }

  @Override
  public void close() throws IOException {
    server.kill();
    server.close();
  }
}
