package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.auscult.audit.CanonicalJson;
import org.auscult.audit.export.SampleLog;
import org.auscult.audit.head.HeadKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The command over files.
 *
 * <p>Governance: 8.
 */
class VerifyAuditCommandTest {
  @TempDir Path folder = Path.of("");
  private final SampleLog log = SampleLog.of(60, 20, 9);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(out);
    System.setErr(err);
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private int verify(String... arguments) {
    printed.reset();
    return new CommandLine(new VerifyAuditCommand()).execute(arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private byte[] keys() {
    return CanonicalJson.write(
        Map.of("keys", log.keys().all().stream().map(HeadKey::jwk).toList()));
  }

  @Test
  void anIntactLog() throws IOException {
    String file = file("log", log.export());
    assertThat(verify(file)).isZero();
    assertThat(printed())
        .contains("INTACT: log sample-log, 60 leaves from index 0, 3 signed heads, 0 findings")
        .contains(log.headAt(60).head().root().hex())
        .contains("NOTE: verified by the keys in the file itself.")
        .contains("NOTE: no head from before was given.");
    assertThat(
            verify(
                file,
                "--key",
                file("keys", keys()),
                "--head",
                file("head", log.headAt(40).write())))
        .isZero();
    assertThat(printed()).doesNotContain("NOTE");
  }

  @Test
  void aTamperedLog() throws IOException {
    List<String> lines =
        new ArrayList<>(List.of(new String(log.export(), StandardCharsets.UTF_8).split("\n")));
    lines.remove(30);
    String file =
        file("log", String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8));
    assertThat(verify(file)).isEqualTo(1);
    assertThat(printed())
        .contains("missing at 28: Leaves 28 to 28 are not in the file")
        .contains("altered at 20: The leaves from 20 to 39")
        .contains("NOT INTACT");
    assertThat(verify(file, "--findings", "1")).isEqualTo(1);
    assertThat(printed()).contains("... and").doesNotContain("altered at");
  }

  @Test
  void asJson() throws IOException {
    byte[] export = log.export();
    assertThat(verify(file("log", export), "--json", "--key", file("keys", keys()))).isZero();
    JsonNode intact = new ObjectMapper().readTree(printed());
    assertThat(intact.path("intact").asBoolean()).isTrue();
    assertThat(intact.path("keys").asText()).isEqualTo("given");
    assertThat(intact.path("leaves").asInt()).isEqualTo(60);
    assertThat(intact.at("/lastHead/size").asInt()).isEqualTo(60);
    assertThat(intact.path("findings")).isEmpty();

    assertThat(verify(file("half", Arrays.copyOf(export, export.length / 2)), "--json"))
        .isEqualTo(1);
    JsonNode cut = new ObjectMapper().readTree(printed());
    assertThat(cut.path("intact").asBoolean()).isFalse();
    assertThat(cut.path("keys").asText()).isEqualTo("file");
    assertThat(cut.path("findings"))
        .anyMatch(f -> f.path("kind").asText().equals("truncated") && f.has("index"));
  }

  /** What one verification keeps, the next one holds the log to. */
  @Test
  void aKeptHeadFindsARewrittenLog() throws IOException {
    Path kept = folder.resolve("kept");
    assertThat(verify(file("log", log.export(0, 40)), "--keep-head", kept.toString())).isZero();
    assertThat(Files.readAllBytes(kept)).isEqualTo(log.headAt(40).write());
    assertThat(verify(file("log", log.export()), "--head", kept.toString())).isZero();

    log.rewriteFrom(10, 20);
    String rewritten = file("log", log.export());
    assertThat(verify(rewritten)).isZero();
    Path notKept = folder.resolve("not-kept");
    assertThat(verify(rewritten, "--head", kept.toString(), "--keep-head", notKept.toString()))
        .isEqualTo(1);
    assertThat(printed()).contains("rewritten at 40");
    assertThat(notKept).doesNotExist();
  }

  @Test
  void whatCannotBeRead() throws IOException {
    assertThat(verify(folder.resolve("nothing").toString())).isEqualTo(2);
    assertThat(verify(file("empty", new byte[0]))).isEqualTo(2);
    String file = file("log", log.export());
    assertThat(verify(file, "--key", file("key", "{}".getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(2);
    assertThat(verify(file, "--head", file("head", keys()))).isEqualTo(2);
    assertThat(printed()).contains("verify-audit: ");
    assertThat(verify()).isEqualTo(2);
  }
}
