package org.auscult.prove.hospital;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * HTTP/1.1 by hand, over a connection of its own for each request: any bytes can be sent, from any
 * address of this machine. Threads: safe.
 */
public final class Wire {
  /** An answer that takes longer is a hang. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int LONGEST_LINE = 1_000_000;
  private static final int CONNECT_MILLIS = 5_000;

  private final String root;
  private final int port;

  /**
   * @param root such as {@code http://127.0.0.1:8080}
   */
  public Wire(String root) {
    this.root = root;
    this.port = URI.create(root).getPort();
  }

  /** The server's address, without a path. */
  public String root() {
    return root;
  }

  /** Sends a request from the usual address. */
  public Reply send(Ask ask) throws IOException {
    return send(ask, "127.0.0.1");
  }

  /**
   * Sends a request.
   *
   * @param from an address of this machine, 127.anything
   * @throws SocketTimeoutException if no whole answer came in time
   * @throws EOFException if the connection ended before an answer
   */
  public Reply send(Ask ask, String from) throws IOException {
    return send(ask.bytes("127.0.0.1:" + port), from, ask.method().equals("HEAD"));
  }

  /** Sends bytes as they are. */
  public Reply send(byte[] request, String from, boolean isHead) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(new InetSocketAddress("127.0.0.1", port), CONNECT_MILLIS);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      long start = System.nanoTime();
      write(socket, request);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      return read(in, start, isHead);
    }
  }

  /** Who refuses early does not read on; its answer counts all the same. */
  private static void write(Socket socket, byte[] request) throws IOException {
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
    } catch (SocketException e) {
      return;
    }
  }

  private static Reply read(InputStream in, long start, boolean isHead) throws IOException {
    int status;
    Map<String, List<String>> headers;
    do {
      String[] line = line(in, start).split(" ", 3);
      if (line.length < 2 || !line[0].startsWith("HTTP/1.") || !line[1].matches("[1-5]\\d\\d")) {
        throw new IOException("The answer's first line is not HTTP");
      }
      status = Integer.parseInt(line[1]);
      headers = headers(in, start);
    } while (status < 200);
    boolean isBare = isHead || status == 204 || status == 304;
    byte[] body = isBare ? new byte[0] : body(in, headers, start);
    return new Reply(status, headers, body, Duration.ofNanos(System.nanoTime() - start));
  }

  private static Map<String, List<String>> headers(InputStream in, long start) throws IOException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(in, start); !line.isEmpty(); line = line(in, start)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("The answer has a header without a colon");
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, List<String>> headers, long start)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
      for (int n = size(line(in, start)); n > 0; n = size(line(in, start))) {
        copy(in, body, n, start);
        line(in, start);
      }
      line(in, start);
    } else if (headers.containsKey("content-length")) {
      copy(in, body, Integer.parseInt(headers.get("content-length").get(0)), start);
    } else {
      copy(in, body, Integer.MAX_VALUE, start);
    }
    return body.toByteArray();
  }

  private static int size(String line) throws IOException {
    try {
      return Integer.parseInt(line.replaceFirst(";.*", "").strip(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("The answer's chunk has no size", e);
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream to, int length, long start)
      throws IOException {
    byte[] buffer = new byte[16_384];
    int left = length;
    while (left > 0) {
      inTime(start);
      int n = in.read(buffer, 0, Math.min(left, buffer.length));
      if (n < 0 && length == Integer.MAX_VALUE) {
        return;
      }
      if (n < 0) {
        throw new EOFException("The answer's body ends too early");
      }
      to.write(buffer, 0, n);
      left -= n;
    }
  }

  private static String line(InputStream in, long start) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("The connection ended without a whole answer");
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("The answer has a line without an end");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    inTime(start);
    return line.toString(ISO_8859_1);
  }

  private static void inTime(long start) throws SocketTimeoutException {
    if (System.nanoTime() - start > PATIENCE.toNanos()) {
      throw new SocketTimeoutException("No whole answer in " + PATIENCE.toSeconds() + " s");
    }
  }
}
