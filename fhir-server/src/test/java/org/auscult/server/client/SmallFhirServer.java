package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The part of FHIR that a load meets: transactions that are stored whole or not at all, batches,
 * reads, searches by identifier or tag, conditional creates. It refuses a dangling urn:uuid
 * reference, as it should.
 */
final class SmallFhirServer implements AutoCloseable {
  /** Stored resources by "Type/id", in text, exactly as they came. */
  final Map<String, String> stored = Collections.synchronizedMap(new TreeMap<>());

  final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
  final List<String> searches = Collections.synchronizedList(new ArrayList<>());
  volatile Predicate<JsonNode> refuses = resource -> false;

  /** Statuses of the next answers to POST, before any is handled. */
  final List<Integer> nextStatuses = Collections.synchronizedList(new ArrayList<>());

  /** After so many transactions every further one is answered 503. */
  volatile int transactionsUntilDown = Integer.MAX_VALUE;

  /** Transactions with more entries are answered 413. */
  volatile int mostEntries = Integer.MAX_VALUE;

  /** Stores the next transaction and then breaks the connection without an answer. */
  volatile boolean losesNextAnswer;

  /** How long each answer takes. */
  volatile Duration slowness = Duration.ZERO;

  /** If set, requests need a token of this server, which lasts so long. */
  volatile @Nullable Duration tokenLife;

  /** When each token ends that was given. */
  final Map<String, Instant> tokens = Collections.synchronizedMap(new LinkedHashMap<>());

  final AtomicInteger refusedTokens = new AtomicInteger();

  private final HttpServer http;
  private int lastId;

  SmallFhirServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newFixedThreadPool(4));
    http.createContext("/fhir", this::handle);
    http.createContext("/fhir/.well-known/smart-configuration", this::discovery);
    http.createContext("/token", this::token);
    http.start();
  }

  String base() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/fhir";
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private void discovery(HttpExchange exchange) throws IOException {
    String endpoint = base().replace("/fhir", "/token");
    answer(exchange, 200, "{\"token_endpoint\":\"" + endpoint + "\"}");
  }

  private void token(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    Duration life = Objects.requireNonNull(tokenLife);
    String token = "token-" + tokens.size();
    tokens.put(token, Instant.now().plus(life));
    answer(
        exchange,
        200,
        "{\"access_token\":\"" + token + "\",\"expires_in\":" + life.toSeconds() + "}");
  }

  private boolean isLetIn(HttpExchange exchange) {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    Instant end = bearer == null ? null : tokens.get(bearer.replaceFirst("^Bearer ", ""));
    return tokenLife == null || (end != null && Instant.now().isBefore(end));
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!isLetIn(exchange)) {
      refusedTokens.incrementAndGet();
      answer(exchange, 401, outcome("token"));
      return;
    }
    try {
      Thread.sleep(slowness.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String path = exchange.getRequestURI().getPath().substring("/fhir".length());
    if (exchange.getRequestMethod().equals("POST")) {
      post(exchange, FhirHttp.JSON.readTree(body));
    } else if (exchange.getRequestURI().getRawQuery() != null) {
      search(exchange, path.substring(1));
    } else {
      String found = stored.get(path.substring(1));
      answer(exchange, found == null ? 404 : 200, found == null ? outcome("unknown") : found);
    }
  }

  private void search(HttpExchange exchange, String type) throws IOException {
    String query =
        URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
    searches.add(type + "?" + query);
    ObjectNode bundle = FhirHttp.JSON.createObjectNode().put("resourceType", "Bundle");
    ArrayNode entries = bundle.putArray("entry");
    for (String key : matches(type, query)) {
      entries.addObject().set("resource", FhirHttp.JSON.readTree(stored.get(key)));
    }
    answer(exchange, 200, bundle.toString());
  }

  /** The keys of what a search by identifier or tag finds. */
  private List<String> matches(String type, String query) throws IOException {
    String[] token = query.replaceFirst("^\\w+=", "").replaceFirst("&.*", "").split("\\|");
    boolean byTag = query.startsWith("_tag=");
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> entry : List.copyOf(stored.entrySet())) {
      JsonNode resource = FhirHttp.JSON.readTree(entry.getValue());
      for (JsonNode held : byTag ? resource.at("/meta/tag") : resource.path("identifier")) {
        if (resource.path("resourceType").asText().equals(type)
            && held.path("system").asText().equals(token[0])
            && held.path(byTag ? "code" : "value").asText().equals(token[1])) {
          found.add(entry.getKey());
        }
      }
    }
    return found;
  }

  private synchronized void post(HttpExchange exchange, JsonNode bundle) throws IOException {
    JsonNode entries = bundle.path("entry");
    sizes.add(entries.size());
    if (!nextStatuses.isEmpty()) {
      answer(exchange, nextStatuses.remove(0), outcome("not now"));
    } else if (transactionsUntilDown-- <= 0) {
      answer(exchange, 503, outcome("down"));
    } else if (entries.size() > mostEntries) {
      answer(exchange, 413, outcome("too large"));
    } else if (bundle.path("type").asText().equals("batch")) {
      batch(exchange, entries);
    } else {
      transaction(exchange, entries);
    }
  }

  private void transaction(HttpExchange exchange, JsonNode entries) throws IOException {
    Map<String, String> names = new HashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    for (JsonNode entry : entries) {
      String key = key(entry);
      names.put(entry.path("fullUrl").asText(key), key);
      if (refuses.test(entry.path("resource")) || texts.put(key, "") != null) {
        answer(exchange, 422, outcome("not valid"));
        return;
      }
    }
    ArrayNode responses = FhirHttp.JSON.createArrayNode();
    for (JsonNode entry : entries) {
      String text = entry.path("resource").toString();
      for (var name : names.entrySet()) {
        text = text.replace('"' + name.getKey() + '"', '"' + name.getValue() + '"');
      }
      if (text.contains("\"reference\":\"urn:uuid:")) {
        answer(exchange, 422, outcome("dangling reference"));
        return;
      }
      String key = names.getOrDefault(entry.path("fullUrl").asText(), key(entry));
      texts.put(key, text);
      responses
          .addObject()
          .putObject("response")
          .put("status", stored.containsKey(key) ? "200 OK" : "201 Created")
          .put("location", key + "/_history/1");
    }
    stored.putAll(texts);
    if (losesNextAnswer) {
      losesNextAnswer = false;
      exchange.close();
      return;
    }
    ObjectNode bundle = FhirHttp.JSON.createObjectNode().put("resourceType", "Bundle");
    bundle.set("entry", responses);
    answer(exchange, 200, bundle.toString());
  }

  private String key(JsonNode entry) throws IOException {
    JsonNode request = entry.path("request");
    if (request.has("ifNoneExist")) {
      List<String> found =
          matches(request.path("url").asText(), request.path("ifNoneExist").asText());
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    return request.path("method").asText().equals("PUT")
        ? request.path("url").asText()
        : request.path("url").asText() + "/new-" + ++lastId;
  }

  private void batch(HttpExchange exchange, JsonNode entries) throws IOException {
    ObjectNode bundle = FhirHttp.JSON.createObjectNode().put("resourceType", "Bundle");
    ArrayNode responses = bundle.putArray("entry");
    for (JsonNode entry : entries) {
      ObjectNode response = responses.addObject().putObject("response");
      if (refuses.test(entry.path("resource"))) {
        response.put("status", "422 Unprocessable");
        response.set("outcome", FhirHttp.JSON.readTree(outcome("not valid")));
      } else {
        String key = key(entry);
        stored.put(key, entry.path("resource").toString());
        response.put("status", "201 Created").put("location", key);
      }
    }
    answer(exchange, 200, bundle.toString());
  }

  private static String outcome(String diagnostics) {
    return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\","
        + "\"code\":\"processing\",\"diagnostics\":\""
        + diagnostics
        + "\"}]}";
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
