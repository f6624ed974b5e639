package org.auscult.prove.roads;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.SamplePatients;
import org.jspecify.annotations.Nullable;

/**
 * A small EHR's FHIR server: reads, searches by patient and code with included medications, in
 * pages. It takes no request without a token that it has given.
 */
final class ProofEhr implements AutoCloseable {
  /** A request that it got. */
  record Request(String target, @Nullable String authorization) {}

  /** A way to misbehave for one type of resource; false leaves it to the usual way. */
  interface Fault {
    boolean answer(HttpExchange exchange) throws IOException;
  }

  static {
    // Headers and body are written apart; without this each answer waits 40 ms for the other side.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  final Map<String, Fault> faults = new ConcurrentHashMap<>();
  volatile int pageSize = 1000;

  private final Map<String, ObjectNode> resources =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer http;

  ProofEhr() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  String root() {
    return "http://127.0.0.1:" + port();
  }

  String base() {
    return root() + "/r4/fhir";
  }

  void store(ObjectNode resource) {
    resources.put(
        resource.path("resourceType").asText() + "/" + resource.path("id").asText(), resource);
  }

  void remove(String reference) {
    resources.remove(reference);
  }

  /** From now on this token opens it. */
  void give(String token) {
    tokens.add(token);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  /** What it answers to a query, in full; null for a read of what is not there. */
  @Nullable JsonNode answer(String query) {
    return query.contains("?") ? page(query, 0, Integer.MAX_VALUE) : resources.get(query);
  }

  /** A page of a search. */
  ObjectNode page(String query, int offset, int size) {
    String type = query.substring(0, query.indexOf('?'));
    Map<String, String> parameters = parameters(query.substring(query.indexOf('?') + 1));
    List<ObjectNode> found =
        List.copyOf(resources.values()).stream()
            .filter(r -> r.path("resourceType").asText().equals(type))
            .filter(r -> isOf(r, parameters.getOrDefault("patient", "")))
            .filter(r -> !parameters.containsKey("code") || hasCode(r, parameters.get("code")))
            .toList();
    ObjectNode bundle = SamplePatients.resource("Bundle").put("type", "searchset");
    bundle.put("total", found.size());
    ArrayNode links = bundle.putArray("link");
    links.addObject().put("relation", "self").put("url", base() + "/" + query);
    int end = (int) Math.min(found.size(), (long) offset + size);
    if (end < found.size()) {
      String same = query.replaceFirst("&_offset=\\d+", "").replace("|", "%7C");
      links.addObject().put("relation", "next").put("url", base() + "/" + same + "&_offset=" + end);
    }
    ArrayNode entries = bundle.putArray("entry");
    List<ObjectNode> matches = found.subList(Math.min(offset, end), end);
    matches.forEach(r -> entry(entries, r, "match"));
    if (parameters.getOrDefault("_include", "").endsWith(":medication")) {
      Set<String> named = new HashSet<>();
      matches.forEach(r -> named.add(r.at("/medicationReference/reference").asText()));
      named.stream()
          .map(resources::get)
          .filter(Objects::nonNull)
          .forEach(r -> entry(entries, r, "include"));
    }
    return bundle;
  }

  private static void entry(ArrayNode entries, JsonNode resource, String mode) {
    ObjectNode entry = entries.addObject();
    entry.set("resource", resource);
    entry.putObject("search").put("mode", mode);
  }

  private static boolean isOf(JsonNode resource, String patient) {
    return resource.at("/subject/reference").asText().equals("Patient/" + patient);
  }

  private static boolean hasCode(JsonNode resource, @Nullable String tokens) {
    List<String> wanted = tokens == null ? List.of() : Arrays.asList(tokens.split(","));
    for (JsonNode coding : resource.at("/code/coding")) {
      if (wanted.contains(coding.path("system").asText() + "|" + coding.path("code").asText())) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String one : query.split("&")) {
      String[] pair = one.split("=", 2);
      parameters.put(
          pair[0], URLDecoder.decode(pair.length < 2 ? "" : pair[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add(new Request(target, authorization));
      if (!target.startsWith("/r4/fhir/")) {
        send(exchange, 404, outcome("error"));
        return;
      }
      if (authorization == null
          || !authorization.startsWith("Bearer ")
          || !tokens.contains(authorization.substring("Bearer ".length()))) {
        send(exchange, 401, outcome("error"));
        return;
      }
      String query = target.substring("/r4/fhir/".length());
      Fault fault = faults.get(query.split("[/?]")[0]);
      if (fault != null && fault.answer(exchange)) {
        return;
      }
      JsonNode found =
          query.contains("?") ? page(query, offset(query), pageSize) : resources.get(query);
      send(
          exchange, found == null ? 404 : 200, found == null ? outcome("error") : found.toString());
    }
  }

  private static int offset(String query) {
    int at = query.indexOf("&_offset=");
    return at < 0 ? 0 : Integer.parseInt(query.substring(at + "&_offset=".length()));
  }

  static String outcome(String severity) {
    ObjectNode outcome = FhirCalls.JSON.createObjectNode().put("resourceType", "OperationOutcome");
    outcome.putArray("issue").addObject().put("severity", severity).put("code", "processing");
    return outcome.toString();
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
