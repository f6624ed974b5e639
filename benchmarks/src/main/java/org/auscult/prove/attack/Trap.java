package org.auscult.prove.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of this machine that nobody has a reason to call: it counts who does. Only below {@code
 * /redirect} it answers, with a redirect to itself.
 */
final class Trap implements AutoCloseable {
  private final ServerSocket socket;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger redirects = new AtomicInteger();

  Trap() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(this::answer, "trap");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What was asked of it where nobody may. */
  List<String> calls() {
    return calls;
  }

  /** How often somebody asked for what is redirected. */
  int redirects() {
    return redirects.get();
  }

  private void answer() {
    while (!socket.isClosed()) {
      try (Socket caller = socket.accept()) {
        caller.setSoTimeout(1_000);
        answer(caller);
      } catch (SocketException e) {
        // Closed, or the caller is gone.
        continue;
      } catch (IOException e) {
        calls.add("something unreadable");
      }
    }
  }

  private void answer(Socket caller) throws IOException {
    InputStream in = caller.getInputStream();
    byte[] head = new byte[2_000];
    int n = Math.max(0, in.read(head));
    String asked =
        new String(head, 0, n, StandardCharsets.ISO_8859_1).replaceFirst("(?s)\r?\n.*", "");
    boolean isRedirect = asked.contains(" /redirect");
    if (isRedirect) {
      redirects.incrementAndGet();
    } else {
      calls.add(asked.substring(0, Math.min(80, asked.length())));
    }
    String answer =
        isRedirect
            ? "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + port() + "/inner\r\n"
            : "HTTP/1.1 200 OK\r\n";
    caller
        .getOutputStream()
        .write(
            (answer + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
