package org.auscult.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.auscult.prediction.Entries;
import org.auscult.prediction.JournalEntry;
import org.auscult.server.config.Database.Vendor;
import org.auscult.server.encryption.EncryptedDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database, whose process dies in the moment after a prediction was stored. */
class JournalHaltTest {

  @Test
  void whatWasStoredIsThereAfterTheProcessDied(@TempDir Path folder) throws Exception {
    String url = url(folder);
    JournalDatabase.migrated(url, "sa", Vendor.H2).close();

    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).isEqualTo(137);
    List<UUID> shown =
        said.lines()
            .filter(l -> l.startsWith("SHOWN "))
            .map(l -> UUID.fromString(l.substring(6)))
            .toList();

    assertThat(shown).hasSize(2);
    try (HikariDataSource dataSource = JournalDatabase.migrated(url, "sa", Vendor.H2)) {
      JdbcPredictionJournal journal = new JdbcPredictionJournal(dataSource, () -> {});
      assertThat(shown).allSatisfy(id -> assertThat(journal.find(id)).isPresent());
      assertThat(JournalDatabase.count(dataSource, "prediction_feedback")).isEqualTo(1);
    }
  }

  private static String url(Path folder) {
    return EncryptedDatabase.at(folder, new byte[EncryptedDatabase.KEY]).jdbcUrl();
  }

  /** Stores two predictions and an answer, and dies. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      HikariDataSource dataSource =
          JournalDatabase.migrated(url(Path.of(arguments[0])), "sa", Vendor.H2);
      JdbcPredictionJournal journal = new JdbcPredictionJournal(dataSource, () -> {});
      Entries entries = new Entries(1);
      JournalEntry first = journal.store(entries.next());
      System.out.println("SHOWN " + first.id());
      System.out.println("SHOWN " + journal.store(entries.next()).id());
      journal.store(entries.kept(entries.answerTo(first)));
      System.out.flush();
      Runtime.getRuntime().halt(137);
    }
  }
}
