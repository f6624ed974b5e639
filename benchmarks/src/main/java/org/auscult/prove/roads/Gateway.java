package org.auscult.prove.roads;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.auscult.prove.FhirCalls;
import org.jspecify.annotations.Nullable;

/**
 * A way to the server under test by another address, as a gateway before an EHR is: it hands on
 * reads, and writes its own address where the server writes the one that it knows itself by.
 */
final class Gateway implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private volatile @Nullable FhirCalls behind;
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
  void leadTo(FhirCalls server, String knownBase) {
    known = knownBase;
    behind = server;
  }

  private void handOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      FhirCalls server = Objects.requireNonNull(behind);
      var answer =
          server.exchange(
              HttpRequest.newBuilder(URI.create(server.root() + exchange.getRequestURI()))
                  .header("Accept", "application/fhir+json"));
      byte[] body =
          new String(answer.body(), StandardCharsets.UTF_8)
              .replace(known, base())
              .getBytes(StandardCharsets.UTF_8);
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
