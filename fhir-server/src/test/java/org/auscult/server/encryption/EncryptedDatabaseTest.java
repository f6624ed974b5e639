package org.auscult.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.auscult.server.config.Database;
import org.auscult.server.config.StartRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Governance: 11.30. */
class EncryptedDatabaseTest {
  private static final String SECRET = "a name that nobody may read";

  @TempDir Path folder = Path.of("");
  private final byte[] key = new byte[EncryptedDatabase.KEY];

  @BeforeEach
  void aKey() {
    new Random(2).nextBytes(key);
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl() + ";DB_CLOSE_DELAY=0", database.user(), database.password());
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table t (id int primary key, text varchar, big clob)");
      statement.execute(
          "insert into t select x, '%s ' || x, repeat('%s ', 2000) from system_range(1, 500)"
              .formatted(SECRET, SECRET));
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from t where text like 'a %'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private String raw() throws IOException {
    return Files.readString(folder.resolve("auscult.mv.db"), StandardCharsets.ISO_8859_1);
  }

  @Test
  void noFileShowsWhatIsStored() throws Exception {
    try (Connection connection = connect(EncryptedDatabase.at(folder, key))) {
      fill(connection);
      assertThat(EncryptedDatabase.isIn(folder)).isTrue();
    }

    assertThat(raw()).doesNotContain("nobody").doesNotContain("H:2,").doesNotContain("CREATE");
    assertThat(new String(EncryptedDatabase.plain(folder, key), StandardCharsets.ISO_8859_1))
        .contains(SECRET);
    try (Connection connection = connect(EncryptedDatabase.at(folder, key))) {
      assertThat(rows(connection)).isEqualTo(500);
    }
  }

  @Test
  void opensWithNoOtherKey() throws Exception {
    connect(EncryptedDatabase.at(folder, key)).close();
    byte[] other = key.clone();
    other[31] ^= 1;

    Database database = EncryptedDatabase.at(folder, other);

    assertThatThrownBy(() -> connect(database)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> EncryptedDatabase.plain(folder, other))
        .isInstanceOf(IOException.class);
    connect(EncryptedDatabase.at(folder, key)).close();
  }

  @Test
  void encryptsTheOneThatAnEarlierVersionLeft() throws Exception {
    Database plain = Database.embedded("file", folder.resolve("auscult"));
    try (Connection connection = connect(plain)) {
      fill(connection);
    }
    assertThat(raw()).contains("H:2,");
    Files.writeString(folder.resolve("auscult.mv.db.encrypting"), "cut short");

    Database database = EncryptedDatabase.at(folder, key);

    assertThat(raw()).doesNotContain("nobody");
    assertThat(folder.resolve("auscult.mv.db.encrypting")).doesNotExist();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("auscult.mv.db"))))
        .isEqualTo("rw-------");
    try (Connection connection = connect(database)) {
      assertThat(rows(connection)).isEqualTo(500);
    }
  }

  @Test
  void leavesADatabaseInUseAlone() throws Exception {
    Database plain = Database.embedded("file", folder.resolve("auscult"));
    try (Connection connection = connect(plain)) {
      fill(connection);
      assertThatThrownBy(() -> EncryptedDatabase.at(folder, key))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("auscult.data-dir");
      assertThat(rows(connection)).isEqualTo(500);
    }
  }

  /** The database would put a long result into the machine's folder for passing files. */
  @Test
  void longResultsStayInMemory() throws Exception {
    try (Connection connection = connect(EncryptedDatabase.at(folder, key));
        Statement statement = connection.createStatement()) {
      long before = temporaryFiles();
      try (ResultSet rows =
          statement.executeQuery(
              "select distinct x, '%s' from system_range(1, 400000) order by x desc"
                  .formatted(SECRET))) {
        assertThat(rows.next()).isTrue();
        assertThat(temporaryFiles()).isEqualTo(before);
      }
      try (ResultSet limit =
          statement.executeQuery(
              "select setting_value from information_schema.settings"
                  + " where setting_name = 'MAX_MEMORY_ROWS'")) {
        assertThat(limit.next()).isTrue();
        assertThat(limit.getInt(1)).isEqualTo(Integer.MAX_VALUE);
      }
    }
  }

  private static long temporaryFiles() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith("h2tmp")).count();
    }
  }
}
