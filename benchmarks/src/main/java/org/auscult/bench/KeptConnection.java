package org.auscult.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.auscult.prove.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A kept HTTP/1.1 connection for one thread. The caller shares the machine with what it measures,
 * so it costs as little as it can; a connection that the server ends is opened again.
 */
final class KeptConnection implements Closeable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final String host;
  private final int port;
  private final String root;
  private final Credentials credentials;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  /**
   * @param root {@code http://host:port}
   * @param credentials what to send with each call
   */
  KeptConnection(String root, Credentials credentials) {
    this.root = root;
    this.credentials = credentials;
    URI uri = URI.create(root);
    this.host = uri.getHost();
    this.port = uri.getPort();
  }

  /** What came back. */
  record Answer(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Answer get(String path) throws IOException {
    return send("GET", path, "application/json", new byte[0]);
  }

  Answer post(String path, String type, byte[] body) throws IOException {
    return send("POST", path, type, body);
  }

  private Answer send(String method, String path, String type, byte[] body) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + ":"
            + port
            + "\r\nAccept: */*\r\nContent-Type: "
            + type
            + authorization(path)
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    try {
      Socket to = open();
      to.getOutputStream().write(request);
      return read();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private String authorization(String path) throws IOException {
    try {
      String token = credentials.bearer(URI.create(root + path));
      return token == null ? "" : "\r\nAuthorization: Bearer " + token;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private Socket open() throws IOException {
    Socket kept = socket;
    if (kept == null) {
      kept = new Socket();
      kept.setTcpNoDelay(true);
      kept.setSoTimeout(TIMEOUT_MILLIS);
      kept.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      in = new BufferedInputStream(kept.getInputStream(), 32_768);
      socket = kept;
    }
    return kept;
  }

  private Answer read() throws IOException {
    String status = line();
    long length = -1;
    boolean chunked = false;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).trim());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("connection:")) {
        last = lower.contains("close");
      }
    }
    byte[] body = chunked ? chunks() : exactly((int) Math.max(length, 0));
    if (last) {
      close();
    }
    return new Answer(Integer.parseInt(status.split(" ", 3)[1]), body);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      all.writeBytes(exactly(size));
      line();
    }
    line();
    return all.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = stream().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The answer ended early");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = stream().read(); c != '\n'; c = stream().read()) {
      if (c < 0) {
        throw new EOFException("The connection ended in the middle of an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private InputStream stream() throws IOException {
    if (in == null) {
      throw new IOException("Not connected");
    }
    return in;
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    socket = null;
    in = null;
    if (open != null) {
      open.close();
    }
  }
}
