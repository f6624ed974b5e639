package org.auscult.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.auscult.bench.peer.PlainHapi;
import org.auscult.bench.peer.Unaudited;
import org.auscult.prove.Credentials;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.HookSigner;
import org.auscult.prove.StartedServer;
import org.auscult.server.Auscult;
import org.jspecify.annotations.Nullable;

/**
 * A server as users run it: with the JVM's defaults, both compiler tiers. It listens on this
 * machine only.
 */
final class ServerRun implements AutoCloseable {
  static final String WHO_ASKS =
      "ours asks each caller for a token: hooks are signed with RS384, FHIR calls are a service's;"
          + " the peer asks nobody";

  private static final String PEERS_JAR = "hapi-fhir-server-cds-hooks";

  private final StartedServer server;
  private final String db;
  private final Credentials credentials;
  private final @Nullable SignedAhead signed;

  private ServerRun(
      StartedServer server, String db, Credentials credentials, @Nullable SignedAhead signed) {
    this.server = server;
    this.db = db;
    this.credentials = credentials;
    this.signed = signed;
  }

  /** Our server with its starter pack, live; it asks each caller for a token, as it does in use. */
  static ServerRun ours(String db) throws IOException, InterruptedException {
    return ours(command(), db);
  }

  /**
   * The same before anybody lets anything go live.
   *
   * @param flags of the JVM
   */
  static ServerRun drafts(String db, String... flags) throws IOException, InterruptedException {
    List<String> command = command();
    command.addAll(1, List.of(flags));
    command.addAll(List.of("serve", "--starter"));
    Path folder = folder();
    StartedServer server = StartedServer.ours(folder, with(command, folder, db));
    return new ServerRun(server, db, server.calls()::bearer, null);
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>(List.of(java()));
    String jar = System.getProperty("auscult.jar");
    if (jar == null) {
      command.addAll(List.of("-cp", classPathWithout(PEERS_JAR), Auscult.class.getName()));
    } else {
      command.addAll(List.of("-jar", jar));
    }
    return command;
  }

  /** The same from the benchmarks' own class path, to be compared with {@link #unaudited}. */
  static ServerRun audited(String db) throws IOException, InterruptedException {
    return ours(fromHere(Auscult.class), db);
  }

  /** Our server without its audit log, which can be started here alone. */
  static ServerRun unaudited(String db) throws IOException, InterruptedException {
    return ours(fromHere(Unaudited.class), db);
  }

  private static List<String> fromHere(Class<?> main) {
    String path = System.getProperty("java.class.path");
    return new ArrayList<>(List.of(java(), "-cp", path, main.getName()));
  }

  private static ServerRun ours(List<String> command, String db)
      throws IOException, InterruptedException {
    command.addAll(List.of("serve", "--starter"));
    Path folder = folder();
    HookSigner ehr = HookSigner.of("proof", SignedAhead.LIFE);
    StartedServer server = StartedServer.live(folder, with(command, folder, db), ehr);
    SignedAhead signed = new SignedAhead(server.root(), ehr);
    return new ServerRun(server, db, signed.before(server.calls()::bearer), signed);
  }

  /** HAPI alone, from the same wiring, with its own CDS Hooks module. */
  static ServerRun plainHapi(String db) throws IOException, InterruptedException {
    List<String> command =
        List.of(java(), "-cp", System.getProperty("java.class.path"), PlainHapi.class.getName());
    Path folder = folder();
    return new ServerRun(
        StartedServer.ready(folder, with(command, folder, db)), db, Credentials.NONE, null);
  }

  private static Path folder() throws IOException {
    return Files.createTempDirectory("auscult-bench");
  }

  private static List<String> with(List<String> command, Path folder, String db) {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("--data", folder.resolve("data").toString(), "--db", db));
    return whole;
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

  /** Its address, without a path. */
  String root() {
    return server.root();
  }

  /** A connection of one caller, with what it has to show. */
  KeptConnection connection() {
    return new KeptConnection(server.root(), credentials);
  }

  /** Signs so many calls of {@code cvd-risk} before they are measured: it is the caller's work. */
  void signAhead(int calls) {
    if (signed != null) {
      signed.sign(calls);
    }
  }

  long pid() {
    return server.pid();
  }

  /** Calls of a service, whose token says nothing of a purpose of use. */
  FhirCalls calls() {
    return server.calls();
  }

  /** Where those lie who may ask it: what our commands take as {@code --data}. */
  Path identities() {
    return server.identities().folder();
  }

  /** The database that it runs on. */
  String db() {
    return db;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
