package org.auscult.server.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Somebody outside who is told, over HTTP, and answers as a test wants. */
public final class ToldReceiver {
  private final HttpServer http;
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** The status of the next answers. */
  volatile int status = 200;

  /** How long the next answers take. */
  volatile long millis;

  /** What came. */
  record Call(String method, String path, String signature, String type, String body) {}

  private ToldReceiver() {
    try {
      http = HttpServer.create(new InetSocketAddress(0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "told-receiver");
              thread.setDaemon(true);
              return thread;
            }));
    http.createContext("/", this::take);
    http.start();
  }

  /** One on a free port. */
  public static ToldReceiver start() {
    return new ToldReceiver();
  }

  /** Its address as an operator writes it. */
  public String root() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Its address by a name that leads to this machine or its network. */
  public String inside() {
    try {
      return "http://"
          + InetAddress.getLocalHost().getHostName()
          + ":"
          + http.getAddress().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestHeaders().getFirst(NotificationSender.SIGNATURE)),
              String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
              body));
      if (millis > 0) {
        Thread.sleep(millis);
      }
      boolean isMoved = exchange.getRequestURI().getPath().startsWith("/moved");
      if (isMoved) {
        exchange.getResponseHeaders().add("Location", root() + "/elsewhere");
      }
      exchange.sendResponseHeaders(isMoved ? 307 : status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What came below a path, in order. */
  List<Call> at(String path) {
    return calls.stream().filter(call -> call.path().startsWith(path)).toList();
  }

  /** Forgets what came, and answers well. */
  void reset() {
    calls.clear();
    status = 200;
    millis = 0;
  }
}
