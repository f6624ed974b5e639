package org.auscult.prove;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of its own: started on a free port, awaited until it is ready, ended when
 * closed or when this process is.
 */
public final class StartedServer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;
  private static final int ORDERLY_SECONDS = 40;

  /**
   * No secret: a database of proofs holds synthetic patients, outlives the folder that the server
   * would make a key in, and is to be opened again by the next proof.
   */
  private static final String MASTER_KEY = "cHJvb2ZzIHJ1biBvbiBzeW50aGV0aWMgcGF0aWVudHM=";

  private final Process process;
  private final Path folder;
  private final String root;

  private StartedServer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.root = "http://127.0.0.1:" + port;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param folder of this run alone, deleted at its end; takes the log
   * @param command whatever takes {@code --port}
   */
  public static StartedServer ready(Path folder, List<String> command)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("--port", String.valueOf(port)));
    ProcessBuilder builder =
        new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log(folder).toFile());
    if (whole.contains("--db")) {
      builder.environment().putIfAbsent("AUSCULT_MASTER_KEY", MASTER_KEY);
    }
    Process process = builder.start();
    // Whoever interrupts a long run leaves no server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    StartedServer server = new StartedServer(process, folder, port);
    return server.after(server::awaitReady);
  }

  /** The same for {@code serve --starter}, whose starter pack it lets go live. */
  public static StartedServer live(Path folder, List<String> command)
      throws IOException, InterruptedException {
    StartedServer server = ready(folder, command);
    return server.after(() -> Rollout.ofStarterPack(new FhirCalls(server.root)));
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** A server that fails on its way is not left running. */
  private StartedServer after(Step step) throws IOException, InterruptedException {
    try {
      step.run();
      return this;
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create(root + "/actuator/health/readiness")).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      Thread.sleep(200);
    }
    String said = log();
    throw new IOException(
        "The server did not become ready: " + said.substring(Math.max(0, said.length() - 2_000)));
  }

  /** Its address, without a path. */
  public String root() {
    return root;
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  /** What it has written to its log. */
  public String log() throws IOException {
    return Files.readString(log(folder));
  }

  private static Path log(Path folder) {
    return folder.resolve("server.log");
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Waits for its end; the exit status. */
  public int status() throws InterruptedException {
    return process.waitFor();
  }

  /** SIGTERM; whether it then ended its work and itself. */
  public boolean endInOrder() throws InterruptedException {
    process.destroy();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 143;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(ORDERLY_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Folders.delete(folder);
  }
}
