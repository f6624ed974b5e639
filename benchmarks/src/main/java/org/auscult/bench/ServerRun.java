package org.auscult.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.auscult.bench.peer.PlainHapi;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.Rollout;
import org.auscult.server.Auscult;

/**
 * A server as a process of its own, as users run it: with the JVM's defaults, both compiler tiers.
 * It listens on this machine only.
 */
final class ServerRun implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;
  private static final String PEERS_JAR = "hapi-fhir-server-cds-hooks";

  private final Process process;
  private final Path folder;
  private final String root;
  private final String db;

  private ServerRun(Process process, Path folder, int port, String db) {
    this.process = process;
    this.folder = folder;
    this.root = "http://127.0.0.1:" + port;
    this.db = db;
  }

  /** Our server with its starter pack, live. */
  static ServerRun ours(String db) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java()));
    String jar = System.getProperty("auscult.jar");
    if (jar == null) {
      command.addAll(List.of("-cp", classPathWithout(PEERS_JAR), Auscult.class.getName()));
    } else {
      command.addAll(List.of("-jar", jar));
    }
    command.addAll(List.of("serve", "--starter"));
    ServerRun server = started(command, db);
    try {
      Rollout.ofStarterPack(new FhirCalls(server.root));
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** HAPI alone, from the same wiring, with its own CDS Hooks module. */
  static ServerRun plainHapi(String db) throws IOException, InterruptedException {
    return started(
        new ArrayList<>(
            List.of(
                java(), "-cp", System.getProperty("java.class.path"), PlainHapi.class.getName())),
        db);
  }

  private static ServerRun started(List<String> command, String db)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("auscult-bench");
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--data", folder.resolve("data").toString(), "--db", db));
    Path log = folder.resolve("server.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    // Whoever interrupts a long run leaves no server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    ServerRun server = new ServerRun(process, folder, port, db);
    try {
      server.awaitReady(log);
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Our server never runs with the peer's code on its class path. */
  private static String classPathWithout(String jar) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains(jar))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    try (KeptConnection connection = new KeptConnection(root)) {
      for (int i = 0; i < PATIENCE_SECONDS * 4 && process.isAlive(); i++) {
        try {
          if (connection.get("/actuator/health/readiness").status() == 200) {
            return;
          }
        } catch (IOException e) {
          // Not listening yet.
          Thread.sleep(50);
        }
        Thread.sleep(200);
      }
    }
    String said = Files.readString(log);
    throw new IOException(
        "The server did not become ready: " + said.substring(Math.max(0, said.length() - 2_000)));
  }

  /** Its address, without a path. */
  String root() {
    return root;
  }

  long pid() {
    return process.pid();
  }

  /** The database that it runs on. */
  String db() {
    return db;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
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
