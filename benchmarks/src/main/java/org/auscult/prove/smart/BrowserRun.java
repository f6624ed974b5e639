package org.auscult.prove.smart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.auscult.prove.BrowserFile;
import org.auscult.prove.NotRunException;

/** The part of the proof that is done in a browser, by the scripts in {@code smart-app}. */
final class BrowserRun implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CANNOT_INSTALL = 3;

  private final Path browser;
  private final Process driver;
  private final BufferedReader lines;
  private final int port;

  private BrowserRun(Path browser, Process driver) throws IOException {
    this.browser = browser;
    this.driver = driver;
    this.lines = driver.inputReader(StandardCharsets.UTF_8);
    String first = lines.readLine();
    if (first == null) {
      throw new IOException("drive.mjs ended before it began");
    }
    this.port = JSON.readTree(first).path("appPort").asInt();
  }

  /**
   * Installs the app's libraries, and serves it.
   *
   * @throws NotRunException if one of them cannot be had here
   */
  static BrowserRun in(Path folder) throws NotRunException, IOException, InterruptedException {
    if (BrowserFile.onPath("node") == null) {
      throw new NotRunException("node (20 or newer) is not on the PATH");
    }
    Path browser = BrowserFile.find();
    Process install =
        new ProcessBuilder("node", "install.mjs")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = install.waitFor();
    if (status == CANNOT_INSTALL) {
      throw new NotRunException("the app's libraries cannot be installed: " + said);
    }
    if (status != 0) {
      throw new IOException("install.mjs ended with " + status + ": " + said);
    }
    Process driver =
        new ProcessBuilder("node", "drive.mjs")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(driver::destroyForcibly));
    return new BrowserRun(browser, driver);
  }

  /**
   * Runs it; adds each breach to {@code failures}.
   *
   * @param given what it must know of server, users and record
   */
  void run(ObjectNode given, PrintStream out, List<String> failures)
      throws IOException, InterruptedException {
    given.put("browser", browser.toString());
    try (OutputStream in = driver.getOutputStream()) {
      in.write(JSON.writeValueAsBytes(given));
    }
    int notes = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode said = JSON.readTree(line);
      if (said.has("breach")) {
        failures.add(said.path("breach").asText());
      } else {
        notes++;
        out.println("  " + said.path("note").asText());
      }
    }
    if (!driver.waitFor(30, TimeUnit.SECONDS)) {
      failures.add("the browser's part does not end");
    } else if (driver.exitValue() != 0 || notes == 0) {
      failures.add("the browser's part ended with " + driver.exitValue());
    }
  }

  /** Where it serves the app, with a slash at its end. */
  String app() {
    return "http://127.0.0.1:" + port + "/";
  }

  @Override
  public void close() {
    driver.descendants().forEach(ProcessHandle::destroyForcibly);
    driver.destroyForcibly();
  }
}
