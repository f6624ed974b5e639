package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.auscult.server.config.AuscultSettings.Starter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder = Path.of("");

  private Database database(String url, @Nullable String password, @Nullable Path file) {
    return Database.from(
        new AuscultSettings(
            folder,
            url,
            "clinic",
            password,
            file,
            16,
            null,
            List.of(),
            "UTC",
            Starter.NONE,
            false,
            false));
  }

  @Test
  void takesThePasswordFromAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "from a file\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(database("jdbc:postgresql://db/a", "other", file).password())
        .isEqualTo("from a file");
    assertThat(database("postgresql://db/a", "other", file).password()).isEqualTo("from a file");
    assertThat(database("postgresql://db/a", "other", null).password()).isEqualTo("other");
    assertThat(database("jdbc:postgresql://db/a", "other", file).toString())
        .doesNotContain("from a file");
  }

  @Test
  void takesItFromNoFileThatOthersCanRead() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> database("postgresql://db/a", null, file))
        .isInstanceOf(StartRefused.class)
        .hasMessageNotContaining("secret");
  }
}
