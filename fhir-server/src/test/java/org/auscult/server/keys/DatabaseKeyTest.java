package org.auscult.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.HexFormat;
import org.auscult.server.config.Database;
import org.auscult.server.config.StartRefused;
import org.auscult.server.encryption.EncryptedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseKeyTest {
  @TempDir Path folder = Path.of("");
  private final String masterText = MasterKey.generate();
  private final MasterKey master = MasterKey.parse(masterText, "test");

  @Test
  void makesOneAndFindsItAgain() throws Exception {
    byte[] made = DatabaseKey.open(folder, master, null);

    assertThat(made).hasSize(EncryptedDatabase.KEY);
    assertThat(DatabaseKey.open(folder, master, null)).isEqualTo(made);
    assertThat(DatabaseKey.read(folder, masterText)).isEqualTo(made);
    Path file = folder.resolve("database.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain(HexFormat.of().formatHex(made));
    assertThat(DatabaseKey.open(folder.resolve("other"), master, null)).isNotEqualTo(made);
  }

  @Test
  void opensUnderNoOtherMasterKeyButTheFormer() {
    byte[] made = DatabaseKey.open(folder, master, null);
    MasterKey next = MasterKey.parse(MasterKey.generate(), "test");

    assertThatThrownBy(() -> DatabaseKey.open(folder, next, null))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("auscult.keys.former-master-key-file");
    assertThat(DatabaseKey.open(folder, next, master)).isEqualTo(made);
    assertThat(DatabaseKey.open(folder, next, null)).isEqualTo(made);
    assertThatThrownBy(() -> DatabaseKey.open(folder, master, null))
        .isInstanceOf(StartRefused.class);
  }

  @Test
  void makesNoNewOneForADatabaseWhoseKeyIsLost() throws Exception {
    Database database = EncryptedDatabase.at(folder, DatabaseKey.open(folder, master, null));
    DriverManager.getConnection(database.jdbcUrl(), "sa", "").close();
    Files.delete(folder.resolve("database.key"));

    assertThatThrownBy(() -> DatabaseKey.open(folder, master, null))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("database.key");
    assertThat(folder.resolve("database.key")).doesNotExist();
  }
}
