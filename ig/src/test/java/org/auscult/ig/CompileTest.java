package org.auscult.ig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The committed JSON is what SUSHI makes of the FSH now. */
class CompileTest {
  @Test
  void committedJsonIsWhatSushiMakes() throws Exception {
    boolean installed = Files.isDirectory(Path.of("node_modules", "fsh-sushi"));
    if (!installed || !nodeThere()) {
      System.out.println(
          "SKIPPED: SUSHI comparison; it needs node, and `npm ci --ignore-scripts` run in ig/");
    }
    assumeTrue(installed && nodeThere(), "node or node_modules is missing");
    Path log = Path.of("target", "sushi.log");
    Process compile =
        new ProcessBuilder("node", "compile.mjs")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!compile.waitFor(3, TimeUnit.MINUTES)) {
      compile.destroyForcibly();
    }
    assertThat(compile.waitFor()).as(Files.readString(log)).isZero();
    Path compiled = Path.of("target", "compiled");
    List<String> made =
        Files.readString(compiled.resolve("index.txt"), StandardCharsets.UTF_8).lines().toList();
    assertThat(made).isEqualTo(Ig.names());
    for (String name : made) {
      assertThat(Ig.json(name))
          .as("%s differs; run: node ig/compile.mjs --write", name)
          .isEqualTo(Files.readString(compiled.resolve(name), StandardCharsets.UTF_8));
    }
  }

  private static boolean nodeThere() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
