package org.auscult.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.auscult.server.config.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class StartCheckTest {
  @TempDir Path folder = Path.of("");

  private static MockEnvironment environment(Map<String, String> settings) {
    MockEnvironment environment = new MockEnvironment();
    settings.forEach(environment::setProperty);
    return environment;
  }

  private Path file(String name, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  /** A server on the network as it should be. */
  private Map<String, String> safe() throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("server.address", "0.0.0.0");
    settings.put("auscult.tls.certificate", file("tls.crt", "rw-r--r--").toString());
    settings.put("auscult.tls.private-key", file("tls.key", "rw-------").toString());
    settings.put("auscult.keys.master-key-file", file("master.key", "rw-r-----").toString());
    settings.put("auscult.db-password-file", file("db.password", "r--------").toString());
    settings.put("auscult.db-url", "jdbc:postgresql://db.example.org/a?sslmode=verify-full");
    settings.put("auscult.public-base-url", "https://cds.example.org/fhir");
    settings.put("management.endpoints.web.exposure.include", "health,prometheus");
    return settings;
  }

  private List<String> problems(String... changes) throws IOException {
    Map<String, String> settings = safe();
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    return StartCheck.problems(environment(settings));
  }

  @Test
  void aSafeServerMayStart() throws IOException {
    assertThat(problems()).isEmpty();
  }

  @Test
  void onThisMachineAloneLittleIsNeeded() {
    assertThat(StartCheck.problems(environment(Map.of("server.address", "127.0.0.1")))).isEmpty();
    assertThat(StartCheck.problems(environment(Map.of("server.address", "::1")))).isEmpty();
    assertThat(
            StartCheck.problems(
                environment(
                    Map.of(
                        "server.address",
                        "localhost",
                        "auscult.db-url",
                        "postgresql://postgres:postgres@127.0.0.1:5432/a"))))
        .isEmpty();
  }

  @Test
  void saysEverythingAtOnce() {
    List<String> problems = StartCheck.problems(environment(Map.of()));

    assertThat(problems).hasSize(3);
    assertThat(String.join("\n", problems))
        .contains(
            "auscult.tls.certificate", "auscult.keys.master-key-file", "auscult.public-base-url");
    assertThatThrownBy(() -> StartCheck.pass(environment(Map.of())))
        .isInstanceOfSatisfying(
            StartRefused.class, refused -> assertThat(refused.problems()).isEqualTo(problems));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.0.0.0", "::", "192.0.2.7", "no-such-host.invalid"})
  void anyOtherAddressIsTheNetwork(String address) {
    assertThat(StartCheck.problems(environment(Map.of("server.address", address)))).hasSize(3);
  }

  @Test
  void aDemonstrationStartsAllTheSame() {
    assertThatCode(() -> StartCheck.pass(environment(Map.of("auscult.demo", "true"))))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "auscult.access.enforced, false",
    "auscult.callers.authentication, off",
    "auscult.callers.authentication, optional",
    "auscult.clients.north.authentication, optional"
  })
  void notEvenADemonstrationIsOpenToTheNetwork(String key, String value) throws IOException {
    assertThat(problems(key, value)).singleElement().asString().contains(key);
    Map<String, String> demo = Map.of("auscult.demo", "true", key, value);
    assertThatThrownBy(() -> StartCheck.pass(environment(demo)))
        .isInstanceOfSatisfying(
            StartRefused.class,
            refused -> assertThat(String.join("\n", refused.problems())).contains(key));
    Map<String, String> alone = Map.of("server.address", "127.0.0.1", key, value);
    assertThat(StartCheck.problems(environment(alone))).isEmpty();
  }

  @Test
  void whoeverMustShowWhoTheyAreIsNoProblem() throws IOException {
    assertThat(
            problems(
                "auscult.access.enforced",
                "true",
                "auscult.callers.authentication",
                "required",
                "auscult.clients.north.authentication",
                "required",
                "auscult.clients.north.issuer",
                "https://north.example.org"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "auscult.public-base-url, http://cds.example.org/fhir",
    "auscult.starter, live",
    "spring.h2.console.enabled, true",
    "management.endpoints.web.exposure.include, 'health,env'",
    "management.endpoints.web.exposure.include, '*'",
    "auscult.tls.protocols, 'TLSv1.3,TLSv1.1'",
    "auscult.tls.protocols, SSLv3",
    "auscult.tls.client-certificates, /does/not/exist.pem",
    "auscult.tls.certificate, /does/not/exist.pem",
    "auscult.tls.private-key, /does/not/exist.pem",
    "auscult.keys.master-key-file, /does/not/exist",
    "auscult.db-password-file, /does/not/exist",
    "auscult.db-url, jdbc:postgresql://db.example.org/a",
    "auscult.db-url, jdbc:postgresql://db.example.org/a?sslmode=prefer",
    "auscult.db-url, 'jdbc:postgresql://localhost,db.example.org/a'"
  })
  void eachOfTheseIsOneProblem(String key, String value) throws IOException {
    List<String> problems = problems(key, value);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).contains(key.startsWith("auscult.keys") ? "master-key" : key);
  }

  @Test
  void aProxyMayEndTls() throws IOException {
    assertThat(
            problems(
                "auscult.tls.certificate",
                "",
                "auscult.tls.private-key",
                "",
                "auscult.tls.terminated-by-proxy",
                "true"))
        .isEmpty();
    assertThat(problems("auscult.tls.certificate", "", "auscult.tls.private-key", "")).hasSize(1);
    assertThat(problems("auscult.tls.private-key", "")).hasSize(1);
  }

  @Test
  void aSecretThatOthersCanReadIsAProblem() throws IOException {
    for (String key :
        List.of(
            "auscult.tls.private-key",
            "auscult.keys.master-key-file",
            "auscult.keys.former-master-key-file",
            "auscult.db-password-file")) {
      assertThat(problems(key, file("open", "rw-r--r--").toString()))
          .as(key)
          .singleElement()
          .asString()
          .contains(key, "chmod 600");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://auscult:postgres@db.example.org/a?sslmode=require, 1",
    "postgresql://clinic:clinic@db.example.org/a?sslmode=require, 1",
    "postgresql://clinic@db.example.org/a?sslmode=require, 1",
    "jdbc:postgresql://db.example.org/a?sslmode=require&user=x&password=Admin, 1",
    "jdbc:postgresql://db.example.org/a?sslmode=require&sslcert=c.pem, 0",
    "postgresql://clinic:q8W-vw2@db.example.org/a?sslmode=require, 0"
  })
  void aPasswordThatEverybodyTriesIsAProblem(String url, int problems) throws IOException {
    List<String> found = problems("auscult.db-url", url, "auscult.db-password-file", "");

    assertThat(found).hasSize(problems);
    assertThat(String.join("", found)).doesNotContain("clinic:", "Admin");
  }

  @Test
  void theWayToTheDatabaseMayBeEncryptedBySomethingElse() throws IOException {
    assertThat(
            problems(
                "auscult.db-url",
                "jdbc:postgresql://db.example.org/a",
                "auscult.db-network-trusted",
                "true"))
        .isEmpty();
  }
}
