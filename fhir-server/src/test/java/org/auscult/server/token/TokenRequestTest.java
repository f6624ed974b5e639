package org.auscult.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.ServerTest;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.client.RegistryFile;
import org.auscult.server.auth.user.Users;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** What {@code auscult token} does, against the running server. */
class TokenRequestTest extends ServerTest {
  @TempDir Path folder = Path.of("");
  @Autowired Users users;
  @Autowired Clients clients;

  private TokenRequest request() throws Exception {
    return new TokenRequest(DemoIdentities.read(folder));
  }

  @BeforeEach
  void identities() throws Exception {
    DemoIdentities identities = DemoIdentities.in(folder);
    identities.runAt(rootUrl());
    RegistryFile.apply(
        folder.resolve("demo-registry.json"),
        Set.of(Role.ADMINISTRATOR, Role.APPROVER, Role.PRIVACY_OFFICER),
        users,
        clients);
  }

  private static JsonNode claims(String token) throws Exception {
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
  }

  @Test
  void givesEachUsersTokenAlsoWithASecondFactor() throws Exception {
    for (String user : new String[] {"auditor", "administrator"}) {
      JsonNode claims = claims(request().ofUser(user, "openid fhirUser user/*.rs", null));
      assertThat(claims.path("roles")).hasToString("[\"" + user + "\"]");
      assertThat(claims.path("fhirUser").asText()).isEqualTo("Practitioner/demo-" + user);
      assertThat(claims.path("scope").asText()).contains("user/*.rs");
    }
  }

  @Test
  void givesAServicesToken() throws Exception {
    JsonNode claims = claims(request().ofClient("demo-service", "system/Patient.rs"));

    assertThat(claims.path("sub").asText()).isEqualTo("demo-service");
    assertThat(claims.path("scope").asText()).isEqualTo("system/Patient.rs");
  }

  @Test
  void saysWhyThereIsNone() {
    assertThatThrownBy(() -> request().ofUser("clinician", "launch/patient", null))
        .hasMessageContaining("--patient");
    assertThatThrownBy(() -> request().ofUser("clinician", "system/*.rs", null))
        .hasMessageContaining("invalid_scope");
    assertThatThrownBy(() -> request().ofUser("clinician", "launch/patient", "nobody"))
        .hasMessageContaining("Patient/nobody");
    assertThatThrownBy(() -> request().ofClient("demo-service", "user/*.rs"))
        .hasMessageContaining("invalid_scope");
  }

  @Test
  void whatIsKeptIsTheOwnersAloneAndMadeOnce() throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("demo-registry.json"));
    DemoIdentities.in(folder);

    assertThat(Files.readAllBytes(folder.resolve("demo-registry.json"))).isEqualTo(before);
    for (String file : new String[] {"demo-registry.json", "demo-credentials.json"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
          .isEqualTo("rw-------");
    }
    String registry = Files.readString(folder.resolve("demo-registry.json"));
    DemoIdentities identities = DemoIdentities.read(folder);
    assertThat(registry)
        .doesNotContain(identities.user("clinician").path("password").asText())
        .doesNotContain("\"d\"");
  }
}
