package org.auscult.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.auscult.server.serve.FreePort;
import org.jspecify.annotations.Nullable;

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

  private static final String BASE = "-Dauscult.public-base-url=";

  private final Process process;
  private final Path folder;
  private final String root;
  private final @Nullable Identities identities;
  private final Map<String, FhirCalls> calls = new ConcurrentHashMap<>();

  private StartedServer(
      Process process, Path folder, String root, @Nullable Identities identities) {
    this.process = process;
    this.folder = folder;
    this.root = root;
    this.identities = identities;
  }

  /**
   * Starts a server that knows nobody, such as a peer, and waits until it is ready.
   *
   * @param folder of this run alone, deleted at its end; takes the log
   * @param command whatever takes {@code --port}
   */
  public static StartedServer ready(Path folder, List<String> command)
      throws IOException, InterruptedException {
    return ready(folder, command, FreePort.find(), null);
  }

  /**
   * Starts our server, which asks everybody who they are, and waits until it is ready.
   *
   * @param command that begins with the path of Java and takes {@code --port}; its own settings
   *     come before those that are added
   */
  public static StartedServer ours(Path folder, List<String> command)
      throws IOException, InterruptedException {
    return ours(folder, command, HookSigner.of("proof"));
  }

  /** The same, with the EHR that calls its hooks. */
  public static StartedServer ours(Path folder, List<String> command, HookSigner ehr)
      throws IOException, InterruptedException {
    return ours(folder, command, ehr, folder.resolve("identities"));
  }

  /**
   * Another node of a server: on one database they know the same people.
   *
   * @param first that runs already
   */
  public static StartedServer beside(StartedServer first, Path folder, List<String> command)
      throws IOException, InterruptedException {
    return ours(folder, command, HookSigner.of("proof"), first.identities().folder());
  }

  private static StartedServer ours(Path folder, List<String> command, HookSigner ehr, Path people)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    String root = root(port);
    Identities identities = Identities.make(people, ehr, root, known(command, root));
    List<String> whole = new ArrayList<>(command);
    identities.settings().forEach((key, value) -> whole.add(1, "-D" + key + "=" + value));
    return ready(folder, whole, port, identities);
  }

  /** The root by which it knows itself. */
  private static String known(List<String> command, String root) {
    return command.stream()
        .filter(argument -> argument.startsWith(BASE))
        .map(argument -> argument.substring(BASE.length()).replaceFirst("/fhir/*$", ""))
        .findFirst()
        .orElse(root);
  }

  private static String root(int port) {
    return "http://127.0.0.1:" + port;
  }

  private static StartedServer ready(
      Path folder, List<String> command, int port, @Nullable Identities identities)
      throws IOException, InterruptedException {
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
    StartedServer server = new StartedServer(process, folder, root(port), identities);
    return server.after(server::awaitReady);
  }

  /** The same for {@code serve --starter}, whose starter pack it lets go live. */
  public static StartedServer live(Path folder, List<String> command)
      throws IOException, InterruptedException {
    return live(folder, command, HookSigner.of("proof"));
  }

  /** The same, with the EHR that calls its hooks. */
  public static StartedServer live(Path folder, List<String> command, HookSigner ehr)
      throws IOException, InterruptedException {
    StartedServer server = ours(folder, command, ehr);
    return server.after(
        () -> Rollout.ofStarterPack(server.callsAs("informaticist"), server.callsAs("approver")));
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

  /** Who may ask it; only our server knows somebody. */
  public Identities identities() {
    return Objects.requireNonNull(identities, "This server knows nobody");
  }

  /** Calls as the service, and of hooks as the EHR. */
  public FhirCalls calls() {
    return calls.computeIfAbsent("", u -> new FhirCalls(root, identities().service()));
  }

  /** Calls as a user, named by the role's code, and of hooks as the EHR. */
  public FhirCalls callsAs(String user) {
    return calls.computeIfAbsent(user, u -> new FhirCalls(root, identities().user(u)));
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
