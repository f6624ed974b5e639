package org.auscult.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.ServerTest;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.client.RegistryFile;
import org.auscult.server.auth.user.Users;
import org.auscult.server.token.DemoIdentities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import picocli.CommandLine;

/** How commands show who they are, against the running server. */
class AccessTest extends ServerTest {
  @TempDir Path data = Path.of("");
  @TempDir Path folder = Path.of("");
  @Autowired private Users users;
  @Autowired private Clients clients;

  @BeforeEach
  void identities() throws Exception {
    DemoIdentities.in(data).runAt(rootUrl());
    RegistryFile.apply(
        data.resolve("demo-registry.json"),
        Set.of(Role.ADMINISTRATOR, Role.APPROVER, Role.PRIVACY_OFFICER),
        users,
        clients);
    Files.writeString(
        folder.resolve("Patient.ndjson"), "{\"resourceType\":\"Patient\",\"id\":\"access-p\"}");
  }

  /** What a load says, after its exit code. */
  private String load(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(folder.resolve("Patient.ndjson").toString(), "--no-resume", "--server"));
    arguments.add(rootUrl() + "/fhir");
    arguments.addAll(List.of(options));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int status = new CommandLine(new LoadCommand()).execute(arguments.toArray(String[]::new));
      return status + " " + said.toString(StandardCharsets.UTF_8);
    } finally {
      System.setErr(before);
    }
  }

  private String secret(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  @Test
  void asTheDemonstrationsServiceBesideIt() {
    assertThat(load("--data", data.toString(), "--history")).startsWith("0 ");
  }

  @Test
  void asABackendServiceByItsKey() throws Exception {
    String key = DemoIdentities.read(data).key(DemoIdentities.SERVICE).toJSONString();

    assertThat(load("--client", "demo-service", "--key", secret("key.json", key))).startsWith("0 ");
    assertThat(
            load(
                "--client",
                "demo-service",
                "--key",
                secret("set.json", "{\"keys\":[" + key + "]}")))
        .startsWith("0 ");
  }

  @Test
  void withATokenFromAFile() throws Exception {
    assertThat(load("--token-file", secret("token", caller().accessToken() + "\n")))
        .startsWith("0 ");
  }

  @Test
  void whoIsNotKnownIsToldWhatToDo() throws Exception {
    String nobody = folder.resolve("nobody").toString();
    String stranger =
        secret(
            "stranger.json", new ECKeyGenerator(Curve.P_384).keyID("x").generate().toJSONString());

    assertThat(load("--data", nobody)).startsWith("2 ").contains("401", "--client", "--token-file");
    assertThat(load("--client", "demo-service", "--key", stranger))
        .startsWith("2 ")
        .contains("gives demo-service no access token", "invalid_client");
    assertThat(load("--token-file", secret("wrong", "no.such.token")))
        .startsWith("2 ")
        .contains("401");
  }

  @Test
  void anotherServersDemonstrationIsNotUsed() throws Exception {
    DemoIdentities.read(data).runAt("http://127.0.0.1:1");

    assertThat(load("--data", data.toString())).startsWith("2 ").contains("401");
  }

  @Test
  void optionsThatCannotBeRightAreRefusedAtOnce() throws Exception {
    String small = new ECKeyGenerator(Curve.P_256).keyID("x").generate().toJSONString();
    String rsa = new RSAKeyGenerator(2048).keyID("x").generate().toPublicJWK().toJSONString();
    Path open = Path.of(secret("open.json", small));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(load("--client", "x")).startsWith("2 ").contains("belong together");
    assertThat(load("--client", "x", "--key", open.toString())).contains("others can read");
    assertThat(load("--client", "x", "--key", secret("public.json", rsa)))
        .startsWith("2 ")
        .contains("not just one private key");
    assertThat(load("--client", "x", "--key", secret("text", "no key"))).contains("is no JWK");
    assertThat(load("--token-file", folder.resolve("missing").toString())).startsWith("2 ");
  }
}
