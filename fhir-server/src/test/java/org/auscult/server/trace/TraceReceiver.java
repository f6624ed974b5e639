package org.auscult.server.trace;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of OTLP over HTTP, on loopback, that keeps the traces that a test names. */
public final class TraceReceiver {
  private static final Map<String, List<Span>> KEPT = new ConcurrentHashMap<>();
  private static final HttpServer SERVER = start();

  private TraceReceiver() {}

  /** Where spans are sent. */
  public static String url() {
    return "http://127.0.0.1:" + SERVER.getAddress().getPort() + "/v1/traces";
  }

  /** Keeps what comes of a trace from now on. */
  static List<Span> keep(String trace) {
    return KEPT.computeIfAbsent(trace, t -> new CopyOnWriteArrayList<>());
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static HttpServer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/traces",
          exchange -> {
            try (exchange;
                InputStream body = exchange.getRequestBody()) {
              take(ExportTraceServiceRequest.parseFrom(body));
              exchange.sendResponseHeaders(200, -1);
            }
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(ExportTraceServiceRequest request) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      resource.getScopeSpansList().stream()
          .flatMap(scope -> scope.getSpansList().stream())
          .forEach(
              span -> {
                List<Span> kept = KEPT.get(hex(span.getTraceId()));
                if (kept != null) {
                  kept.add(span);
                }
              });
    }
  }
}
