package org.auscult.prove.roads;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A way to the server under test by another address, as a gateway before an EHR is: it hands on
 * reads, and writes its own address where the server writes the one that it knows itself by.
 */
final class Gateway implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile String behind = "";
  private volatile String known = "";

  Gateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", this::handOn);
    server.setExecutor(threads);
    server.start();
  }

  /** The FHIR base URL by which it is called. */
  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
  }

  /** From now on it leads to this server, which writes links that begin with {@code knownBase}. */
  void leadTo(String root, String knownBase) {
    known = knownBase;
    behind = root;
  }

  private void handOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      var answer =
          http.send(
              HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
                  .header("Accept", "application/fhir+json")
                  .build(),
              BodyHandlers.ofString());
      byte[] body = answer.body().replace(known, base()).getBytes(StandardCharsets.UTF_8);
      exchange
          .getResponseHeaders()
          .add(
              "Content-Type",
              answer.headers().firstValue("Content-Type").orElse("application/fhir+json"));
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
