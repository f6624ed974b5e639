package org.auscult.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.auscult.server.Auscult;
import org.auscult.server.encryption.EncryptedDatabase;
import org.auscult.server.keys.DatabaseKey;
import org.jspecify.annotations.Nullable;

/** Our server with its starter pack live; ended with its data when closed. */
public final class ServerProcess implements AutoCloseable {
  private final StartedServer server;
  private final Path data;
  private boolean kept;

  private ServerProcess(StartedServer server, Path data) {
    this.server = server;
    this.data = data;
  }

  /**
   * Starts {@code serve --starter}, which asks everybody who they are, waits until it is ready, and
   * lets the starter pack go live.
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
    ServerProcess server = drafts(db, settings);
    try {
      Rollout.ofStarterPack(server.callsAs("informaticist"), server.callsAs("approver"));
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The same before anybody lets anything go live. */
  public static ServerProcess drafts(@Nullable String db, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(db, settings, null);
  }

  /** Another node on the database of a server, which knows the same people. */
  public ServerProcess beside(String db, Map<String, String> settings)
      throws IOException, InterruptedException {
    return start(db, settings, server);
  }

  private static ServerProcess start(
      @Nullable String db, Map<String, String> settings, @Nullable StartedServer first)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("auscult-prove");
    Path data = folder.resolve("data");
    // The database's own cache grows with the heap that it is allowed.
    List<String> options = new ArrayList<>(List.of("-Xmx1500m"));
    settings.forEach((key, value) -> options.add("-D" + key + "=" + value));
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--starter", "--data", data.toString()));
    if (db != null) {
      arguments.addAll(List.of("--db", db));
    }
    List<String> command = Processes.command(options, Auscult.class, arguments);
    StartedServer started =
        first == null
            ? StartedServer.ours(folder, command)
            : StartedServer.beside(first, folder, command);
    return new ServerProcess(started, data);
  }

  /** Its address, without a path. */
  public String root() {
    return server.root();
  }

  /** Who may ask it. */
  public Identities identities() {
    return server.identities();
  }

  /** Calls as the service, and of hooks as the EHR. */
  public FhirCalls calls() {
    return server.calls();
  }

  /** Calls as a user, named by the role's code, and of hooks as the EHR. */
  public FhirCalls callsAs(String user) {
    return server.callsAs(user);
  }

  /** SIGKILL. */
  public void kill() {
    server.kill();
  }

  /** What it has written to its log. */
  public String log() throws IOException {
    return server.log();
  }

  /** The files in its data folder, as they lie there; none if it stores elsewhere. */
  public List<Path> dataFiles() throws IOException {
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (var files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** What is in one of them: a database is decrypted with the key that lies beside it. */
  public byte[] content(Path file) throws IOException {
    if (!file.getFileName().toString().endsWith(".mv.db")) {
      return Files.readAllBytes(file);
    }
    String masterKey = Files.readString(data.resolve("master.key"));
    return EncryptedDatabase.plain(data, DatabaseKey.read(data, masterKey));
  }

  /** From now on it outlives who closes it: only {@link #end} does. */
  ServerProcess kept() {
    kept = true;
    return this;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      end();
    }
  }

  void end() throws IOException {
    server.close();
  }
}
