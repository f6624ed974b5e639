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
  /** What the compiler ends with if npm is absent or reaches no registry. */
  private static final int CANNOT_INSTALL = 3;

  @Test
  void committedJsonIsWhatSushiMakes() throws Exception {
    if (!nodeThere()) {
      skip("Node is absent");
    }
    Path log = Path.of("target", "sushi.log");
    Files.createDirectories(log.getParent());
    Process compile =
        new ProcessBuilder("node", "compile.mjs")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!compile.waitFor(5, TimeUnit.MINUTES)) {
      compile.destroyForcibly();
    }
    int status = compile.waitFor();
    if (status == CANNOT_INSTALL) {
      skip("npm is absent or reaches no registry (see ig/target/sushi.log)");
    }
    assertThat(status).as(Files.readString(log)).isZero();
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

  @Test
  void lockFileNamesNoRegistry() throws Exception {
    assertThat(Files.readString(Path.of("package-lock.json"))).doesNotContain("\"resolved\"");
  }

  private static void skip(String why) {
    System.out.println("!!! SKIPPED: the compiled guide is not compared with its sources: " + why);
    assumeTrue(false, why);
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
