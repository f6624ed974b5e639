package org.auscult.server.caller;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.auscult.cds.client.CallerVerdict.Admitted;
import org.auscult.cds.client.CallerVerifier.Endpoint;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CdsJwtCommandTest {
  @TempDir private Path folder = Path.of("");

  private record Run(int status, String out, String err) {}

  private Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new CdsJwtCommand());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = folder.toString();
    int status = line.execute(all);
    return new Run(status, out.toString().strip(), err.toString());
  }

  /** Checklist: 46, 48. */
  @ParameterizedTest
  @CsvSource({
    "--discovery, https://hooks.example.org/cds-services",
    "--service cvd-risk, https://hooks.example.org/cds-services/cvd-risk",
    "--service cvd-risk --feedback, https://hooks.example.org/cds-services/cvd-risk/feedback",
    "--service x --client demonstration,"
        + " https://hooks.example.org/ehr/demonstration/cds-services/x",
    "--service x --server http://127.0.0.1:9/, http://127.0.0.1:9/cds-services/x"
  })
  @DisplayName("a token for exactly the URL that is to be called")
  void audiences(String arguments, String url) throws Exception {
    DemonstrationEhr.of(folder).keep(folder, Trusting.ROOT);

    Run run = run(arguments.split(" "));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(SignedJWT.parse(run.out()).getJWTClaimsSet().getAudience()).containsExactly(url);
  }

  /** Checklist: 46. */
  @Test
  @DisplayName("a server with the demonstration's settings takes what is printed, once")
  void isTaken() throws Exception {
    DemonstrationEhr ehr = DemonstrationEhr.of(folder).keep(folder, Trusting.ROOT);
    Map<String, String> settings = new HashMap<>();
    ehr.settings().forEach((key, value) -> settings.put(key, value.toString()));
    Trusting trusting = new Trusting();
    settings.forEach((key, value) -> trusting.set(key.replaceFirst("auscult\\.", ""), value));
    trusting.clock.move(Duration.between(Trusting.NOW, Instant.now()));
    String header = "Bearer " + run("--service", "cvd-risk").out();

    assertThat(trusting.verifier().verify(Trusting.attempt("default", Endpoint.SERVICE, header)))
        .isInstanceOfSatisfying(
            Admitted.class,
            admitted ->
                assertThat(admitted.caller())
                    .isNotNull()
                    .extracting(c -> c.client())
                    .isEqualTo("demonstration"));
    assertThat(trusting.verifier().verify(Trusting.attempt("default", Endpoint.SERVICE, header)))
        .isNotInstanceOf(Admitted.class);
  }

  @Test
  @DisplayName("its key is kept for the next start, for this user's eyes only, and in no text")
  void theKey() throws Exception {
    DemonstrationEhr ehr = DemonstrationEhr.of(folder).keep(folder, Trusting.ROOT);
    Path file = folder.resolve("demonstration-ehr.json");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(DemonstrationEhr.of(folder).settings()).isEqualTo(ehr.settings());
    assertThat(ehr.settings().toString()).doesNotContain("\"d\"");
    assertThat(ehr.toString()).hasSizeLessThan(80);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void withoutADemonstrationItSaysSo() {
    assertThat(run("--discovery"))
        .satisfies(
            run -> {
              assertThat(run.status()).isEqualTo(1);
              assertThat(run.out()).isEmpty();
              assertThat(run.err()).contains("./auscult demo");
            });
    assertThat(run().status()).isEqualTo(2);
    assertThat(run("--discovery", "--service", "x").status()).isEqualTo(2);
    assertThat(run("--discovery", "--feedback").status()).isEqualTo(2);
  }
}
