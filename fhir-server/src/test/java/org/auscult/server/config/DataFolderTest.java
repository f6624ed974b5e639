package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path folder = Path.of("");

  @Test
  void othersSeeNothingInIt() throws IOException {
    Path data = folder.resolve("a/b");

    DataFolder.make(data);
    DataFolder.make(data);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void refusesAPlaceThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> DataFolder.make(file.resolve("data")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("auscult.data-dir");
  }
}
