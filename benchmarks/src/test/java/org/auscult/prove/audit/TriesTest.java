package org.auscult.prove.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.Finding;
import org.auscult.audit.export.Verification;
import org.auscult.prove.audit.Tampering.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proof is no easier than it says: weaker verifiers than ours fail it. */
class TriesTest {
  @TempDir Path folder = Path.of("");
  private LogFile log;

  @BeforeEach
  void write() throws Exception {
    log = LogFile.write(folder.resolve("log"), new SyntheticEvents(3), 600, 60);
  }

  private AuditVerifier verifier() {
    return new AuditVerifier(log.keys(), List.of(), 1000);
  }

  private Verification without(Verification real, Finding.Kind... kinds) {
    List<Finding> left =
        real.findings().stream().filter(f -> !List.of(kinds).contains(f.kind())).toList();
    return new Verification(
        real.header(), real.leaves(), real.heads(), real.last(), left, left.size());
  }

  @Test
  void ourVerifierFindsAll() throws IOException {
    Tries tries = new Tries(log, new Random(1));
    for (Kind kind : Kind.values()) {
      Tries.Score score = tries.run(kind, 30);
      assertThat(score.found).isEqualTo(30);
      assertThat(score.byCraft).hasSize(3);
    }
    assertThat(tries.failures()).isEmpty();
    assertThat(tries.intactParts()).isEqualTo(10);
  }

  @Test
  void oneThatFindsNothingFails() throws IOException {
    Tries tries =
        new Tries(
            log, new Random(1), file -> without(verifier().verify(file), Finding.Kind.values()));
    for (Kind kind : Kind.values()) {
      assertThat(tries.run(kind, 10).found).isZero();
    }
    assertThat(tries.failures()).hasSize(40);
  }

  /** Who covers the traces is found by the signed heads alone. */
  @Test
  void oneThatBelievesEveryRootFails() throws IOException {
    for (Kind kind : Kind.values()) {
      Tries tries =
          new Tries(
              log,
              new Random(1),
              file -> without(verifier().verify(file), Finding.Kind.ALTERED, Finding.Kind.MISSING));
      assertThat(tries.run(kind, 60).found).as(kind.name()).isLessThan(60);
      assertThat(tries.failures()).isNotEmpty();
    }
  }

  @Test
  void oneThatRefusesEverythingFails() throws IOException {
    Tries tries =
        new Tries(
            log,
            new Random(1),
            file -> {
              Verification real = verifier().verify(file);
              return new Verification(
                  real.header(), real.leaves(), real.heads(), real.last(), List.of(), 1);
            });
    assertThat(tries.run(Kind.REMOVE, 10).found).isEqualTo(10);
    assertThat(tries.failures()).allMatch(f -> f.startsWith("an intact part is refused"));
    assertThat(tries.failures()).isNotEmpty();
  }
}
