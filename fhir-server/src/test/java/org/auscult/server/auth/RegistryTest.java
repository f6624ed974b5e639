package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.client.RegistryFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

class RegistryTest extends AuthorizationTest {
  @TempDir Path folder = Path.of("");
  @Autowired JdbcTemplate jdbc;

  private void apply(String content) throws Exception {
    Path file = folder.resolve("registry.json");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    RegistryFile.apply(file, Set.of(Role.ADMINISTRATOR), users, clients);
  }

  private static String user(String name, String role, String more) {
    return """
        {"name": "%s", "roles": ["%s"], "password": "{bcrypt}$2a$10$x"%s}
        """
        .formatted(name, role, more);
  }

  private static final String CLIENT =
      """
      {"id": "filed-app", "name": "Filed", "type": "public",
       "redirectUris": ["https://filed.example.org/cb"], "scopes": "user/*.rs"}
      """;

  @Test
  void whatStandsInTheFileIsSoAndWhoLeftItIsDisabled() throws Exception {
    String secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    apply(
        "{\"users\": ["
            + user("filed-one", "clinician", ", \"sites\": [\"north\"]")
            + ","
            + user("filed-two", "administrator", ", \"totp\": \"" + secret + "\"")
            + "], \"clients\": ["
            + CLIENT
            + "]}");
    String id = users.named("filed-one").orElseThrow().id();
    assertThat(users.named("filed-one").orElseThrow().sites()).containsExactly("north");
    assertThat(users.named("filed-two").orElseThrow().totpSecret()).isEqualTo(secret);
    assertThat(
            jdbc.queryForObject(
                "select totp_secret from auth_user where name = 'filed-two'", String.class))
        .doesNotContain(secret);
    assertThat(clients.find("filed-app")).isPresent();

    apply("{\"users\": [" + user("filed-one", "reviewer", "") + "]}");

    assertThat(users.named("filed-one").orElseThrow().id()).isEqualTo(id);
    assertThat(users.named("filed-one").orElseThrow().roles()).containsExactly(Role.REVIEWER);
    assertThat(users.named("filed-two").orElseThrow().disabled()).isTrue();
    assertThat(clients.find("filed-app")).isEmpty();
    assertThat(users.named("ada").orElseThrow().disabled()).isFalse();
    assertThat(clients.find("app")).isPresent();
  }

  @Test
  void aFileThatIsUnsafeOrUnknownIsRefused() throws Exception {
    assertThatThrownBy(() -> apply("{\"users\": [" + user("boss", "administrator", "") + "]}"))
        .hasMessageContaining("second factor");
    assertThatThrownBy(
            () -> apply("{\"users\": [" + user("x", "clinician", ", \"admin\": true") + "]}"))
        .hasMessageContaining("form");
    assertThatThrownBy(() -> apply("{\"users\": [" + user("x", "king", "") + "]}"))
        .hasMessageContaining("king");
    assertThatThrownBy(() -> apply("{\"users\": [" + user("x", "system", "") + "]}"))
        .hasMessageContaining("system");
    assertThatThrownBy(
            () ->
                apply(
                    "{\"users\": ["
                        + user("x", "clinician", "").replace("{bcrypt}$2a$10$x", "secret")
                        + "]}"))
        .hasMessageContaining("hash");
    assertThatThrownBy(() -> apply("{\"clients\": [" + CLIENT + "," + CLIENT + "]}"))
        .hasMessageContaining("two clients");
    Path open = folder.resolve("open.json");
    Files.writeString(open, "{}");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> RegistryFile.apply(open, Set.of(), users, clients))
        .hasMessageContaining("600");
  }
}
