package org.auscult.server.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.keys.KeyRing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Every command of the page for integrators works as it stands there. */
class GuidePageTest extends ServerTest {
  private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  @Autowired private KeyRing keys;

  @Test
  void everyCommandOfThePageWorks(@TempDir Path folder) throws Exception {
    for (String tool : new String[] {"bash", "curl", "base64", "sha256sum"}) {
      assumeTrue(isThere(tool), tool + " is absent, so the page is not tested");
    }
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("..", "docs", "guide.md")));
    int count = 0;
    while (blocks.find()) {
      script.append(blocks.group(1)).append("\necho\n");
      count++;
    }
    assertThat(count).isGreaterThanOrEqualTo(10);
    Path file = Files.writeString(folder.resolve("page.sh"), script);
    Path said = folder.resolve("page.out");
    ProcessBuilder page = new ProcessBuilder("bash", file.toString());
    page.environment().put("B", rootUrl() + "/fhir");
    page.environment().put("EHR", OUR_FHIR_SERVER);
    page.environment().put("no_proxy", "127.0.0.1");
    tokens(folder, page.environment());
    page.redirectErrorStream(true).redirectOutput(said.toFile());
    Process process = page.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }

    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    // 80 umol/L became mg/dL, the model spoke and was explained, and its score is found again.
    assertThat(Files.readString(said))
        .contains("\"valueQuantity\":{\"value\":0.904")
        .contains("\"code\":\"98979-8\"")
        .contains("StructureDefinition/explanation-contribution")
        .contains("\"type\":\"searchset\",\"total\":1")
        .contains("\"id\":\"cvd-risk\"")
        .contains("\"summary\":\"eGFR ");
  }

  /** What {@code auscult token} and {@code auscult cds-jwt} print beside a demonstration. */
  private void tokens(Path folder, Map<String, String> environment) throws IOException {
    environment.put("SERVICE", TokenHolder.ofSystem(rootUrl(), keys));
    environment.put("AUTHOR", TokenHolder.ofUser(rootUrl(), keys, "informaticist"));
    environment.put("APPROVER", TokenHolder.ofUser(rootUrl(), keys, "approver"));
    List<String> lines = new ArrayList<>(List.of("case \"$*\" in"));
    Map.of("--discovery", "", "--service guide-egfr", "/guide-egfr")
        .forEach(
            (options, path) -> {
              List<String> signed = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                signed.add(WARD.token(OUR_HOOKS + "/cds-services" + path, Instant.now()));
              }
              Path file = folder.resolve("signed" + lines.size());
              lines.add("'" + options + "') head -1 " + file + "; sed -i 1d " + file + ";;");
              write(file, signed);
            });
    lines.add("*) exit 1;; esac");
    Path script = folder.resolve("cds-jwt.sh");
    write(script, lines);
    environment.put("JWT", "bash " + script);
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isThere(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
