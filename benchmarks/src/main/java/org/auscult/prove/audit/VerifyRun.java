package org.auscult.prove.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.server.Auscult;

/**
 * One run of the command {@code verify-audit} as a process of its own, in a heap of 64 MB.
 *
 * @param status exit code
 * @param report what it printed
 * @param seconds how long it took, with the start of Java
 */
record VerifyRun(int status, JsonNode report, double seconds) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static VerifyRun of(Path file, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Auscult.class.getName(),
                "verify-audit",
                file.toString(),
                "--json"));
    command.addAll(List.of(options));
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return new VerifyRun(status, JSON.readTree(printed), (System.nanoTime() - start) / 1e9);
  }

  /** The kinds of what it found. */
  Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    report.path("findings").forEach(f -> kinds.add(f.path("kind").asText()));
    return kinds;
  }
}
