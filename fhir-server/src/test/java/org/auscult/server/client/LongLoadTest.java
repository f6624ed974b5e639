package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A load that lasts longer than its access token: here two seconds, of a service five minutes. */
class LongLoadTest {
  private static final Duration LIFE = Duration.ofSeconds(2);
  private static final int PATIENTS = 40;

  @TempDir Path folder = Path.of("");
  private SmallFhirServer server;

  @BeforeEach
  void start() throws Exception {
    server = new SmallFhirServer();
    server.tokenLife = LIFE;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int load() throws Exception {
    Path patients = folder.resolve("Patient.ndjson");
    Files.writeString(
        patients,
        IntStream.range(0, PATIENTS)
            .mapToObj(i -> "{\"resourceType\":\"Patient\",\"id\":\"p" + i + "\"}")
            .collect(Collectors.joining("\n")));
    Path key = folder.resolve("key.json");
    Files.writeString(key, new ECKeyGenerator(Curve.P_384).keyID("k").generate().toJSONString());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return new CommandLine(new LoadCommand())
        .execute(
            patients.toString(),
            "--no-resume",
            "--batch=1",
            "--threads=2",
            "--server=" + server.base(),
            "--client=night",
            "--key=" + key);
  }

  @Test
  void itGetsAnotherTokenBeforeTheLastOneEnds() throws Exception {
    server.slowness = Duration.ofMillis(250);
    Instant begin = Instant.now();

    assertThat(load()).isZero();

    assertThat(Duration.between(begin, Instant.now())).isGreaterThan(LIFE.plusSeconds(1));
    assertThat(server.stored).hasSize(PATIENTS);
    assertThat(server.tokens).hasSizeGreaterThan(2);
    assertThat(server.refusedTokens).as("in time").hasValue(0);
  }

  @Test
  void itGoesOnWhereTheTokenEndedUnawares() throws Exception {
    server.tokenLife = Duration.ofSeconds(300);
    server.slowness = Duration.ofMillis(20);
    Thread revocation =
        new Thread(
            () -> {
              while (server.stored.size() < PATIENTS / 2) {
                Thread.onSpinWait();
              }
              server.tokens.replaceAll((token, end) -> Instant.EPOCH);
            });
    revocation.setDaemon(true);
    revocation.start();

    assertThat(load()).isZero();

    revocation.join();
    assertThat(server.stored).hasSize(PATIENTS);
    assertThat(server.refusedTokens).hasPositiveValue();
  }
}
