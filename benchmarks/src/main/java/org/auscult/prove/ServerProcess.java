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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server as a process of its own, started by its command; ended with its data when closed. */
public final class ServerProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 240;

  private final Process process;
  private final Path folder;
  private final int port;

  private ServerProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts {@code serve --starter}, waits until it is ready, and lets the starter pack go live.
   *
   * @param db PostgreSQL URL; null for an embedded database in a folder of its own
   */
  public static ServerProcess start(@Nullable String db) throws IOException, InterruptedException {
    return start(db, Map.of());
  }

  /**
   * The same with settings.
   *
   * @param settings keys of the configuration and their values
   */
  public static ServerProcess start(@Nullable String db, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("auscult-prove");
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1"));
    settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "org.auscult.server.Auscult",
            "serve",
            "--starter",
            "--port",
            String.valueOf(port),
            "--data",
            folder.resolve("data").toString()));
    if (db != null) {
      command.addAll(List.of("--db", db));
    }
    Path log = folder.resolve("server.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ServerProcess server = new ServerProcess(process, folder, port);
    server.awaitReady();
    Rollout.ofStarterPack(new FhirCalls(server.root()));
    return server;
  }

  /** Its address, without a path. */
  public String root() {
    return "http://127.0.0.1:" + port;
  }

  /** What it has written to its log. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("server.log"));
  }

  /** The files of its embedded database, as they lie there; none if it stores elsewhere. */
  public List<Path> dataFiles() throws IOException {
    Path data = folder.resolve("data");
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (var files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create(root() + "/actuator/health/readiness")).build();
    for (int i = 0; i < PATIENCE_SECONDS * 4 && process.isAlive(); i++) {
      try {
        if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
        Thread.sleep(50);
      }
      Thread.sleep(200);
    }
    close();
    throw new IOException("The server did not become ready");
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
