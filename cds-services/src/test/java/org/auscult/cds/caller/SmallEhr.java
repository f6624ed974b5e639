package org.auscult.cds.caller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A caller's FHIR server of one patient: reads and searches by type, in pages, with a token. A type
 * can be told to answer otherwise.
 */
public final class SmallEhr implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // Headers and body are written apart; without this each answer waits 40 ms for the other side.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** How a type answers otherwise. */
  public interface Otherwise {
    /** Answers, or leaves it to the usual way by returning false. */
    boolean answer(HttpExchange exchange) throws IOException;
  }

  /** One request as it came. */
  public record Request(URI uri, @Nullable String authorization) {}

  public final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  public final Map<String, Otherwise> otherwise = new ConcurrentHashMap<>();
  public volatile int pageSize = 1000;
  public volatile @Nullable String token;

  /** The most requests that were in work at the same time. */
  public final AtomicInteger mostAtOnce = new AtomicInteger();

  private final AtomicInteger atOnce = new AtomicInteger();
  private final Map<String, List<JsonNode>> resources = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer http;

  public SmallEhr() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  public String root() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  public String base() {
    return root() + "/fhir";
  }

  /** Stores resources. */
  public SmallEhr with(JsonNode... added) {
    for (JsonNode resource : added) {
      resources
          .computeIfAbsent(resource.path("resourceType").asText(), t -> new ArrayList<>())
          .add(resource);
    }
    return this;
  }

  /** The queries, relative to the base. */
  public List<String> queries() {
    return requests.stream()
        .map(r -> (root() + r.uri()).substring(base().length() + 1))
        .sorted()
        .toList();
  }

  /** Answers a type with a status and a body. */
  public void answers(String type, int status, String body) {
    otherwise.put(
        type,
        exchange -> {
          send(exchange, status, body);
          return true;
        });
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      requests.add(new Request(exchange.getRequestURI(), authorization));
      if (token != null && !("Bearer " + token).equals(authorization)) {
        send(exchange, 401, outcome());
        return;
      }
      String[] path = exchange.getRequestURI().getPath().split("/");
      String type = path.length > 2 ? path[2] : "";
      Otherwise other = otherwise.get(type);
      if (other == null || !other.answer(exchange)) {
        usual(exchange, type, path);
      }
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private void usual(HttpExchange exchange, String type, String[] path) throws IOException {
    List<JsonNode> all = resources.getOrDefault(type, List.of());
    if (path.length > 3) {
      JsonNode found =
          all.stream().filter(r -> r.path("id").asText().equals(path[3])).findFirst().orElse(null);
      send(exchange, found == null ? 404 : 200, found == null ? outcome() : found.toString());
      return;
    }
    send(exchange, 200, page(all, type, exchange.getRequestURI()).toString());
  }

  private ObjectNode page(List<JsonNode> all, String type, URI asked) {
    int offset = offset(asked);
    int end = Math.min(all.size(), offset + pageSize);
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset").put("total", all.size());
    ArrayNode links = bundle.putArray("link");
    links.addObject().put("relation", "self").put("url", root() + asked);
    if (end < all.size()) {
      links
          .addObject()
          .put("relation", "next")
          .put("url", base() + "/" + type + "?patient=p1&_offset=" + end);
    }
    ArrayNode entries = bundle.putArray("entry");
    all.subList(offset, end).forEach(r -> entries.addObject().set("resource", r));
    return bundle;
  }

  private static int offset(URI asked) {
    String query = asked.getRawQuery() == null ? "" : asked.getRawQuery();
    int at = query.indexOf("_offset=");
    return at < 0 ? 0 : Integer.parseInt(query.substring(at + "_offset=".length()));
  }

  public static String outcome() {
    return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\","
        + "\"code\":\"processing\"}]}";
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
