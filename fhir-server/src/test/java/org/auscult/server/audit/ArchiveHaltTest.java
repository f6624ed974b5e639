package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.server.audit.ArchiveRows.Archive;
import org.auscult.server.config.Database.Vendor;
import org.auscult.server.encryption.EncryptedDatabase;
import org.auscult.server.journal.JournalDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process that dies while it archives: each leaf is in the database, or in a whole file.
 *
 * <p>Governance: 9.
 */
class ArchiveHaltTest {
  private static final int LEAVES = 300;

  @ParameterizedTest
  @CsvSource({
    "audit.archive-written, false",
    "audit.archive-recorded, false",
    "audit.archive-noted, true"
  })
  void noLeafIsLostWhereTheProcessDies(String place, boolean mayBeNoted, @TempDir Path folder)
      throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dauscult.crash-at=" + place + ":1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isEqualTo(137);
    assertThat(said).contains("LEAVES " + LEAVES);

    try (HikariDataSource dataSource = JournalDatabase.migrated(url(folder), "sa", Vendor.H2)) {
      List<Archive> noted;
      try (Connection connection = dataSource.getConnection()) {
        noted = ArchiveRows.all(connection);
      }
      assertThat(noted).hasSizeLessThanOrEqualTo(mayBeNoted ? 1 : 0);
      if (noted.isEmpty()) {
        long there =
            JournalDatabase.count(dataSource, "audit_log where leaf is not null")
                + JournalDatabase.count(
                    dataSource,
                    "audit_pending p where not exists (select 1 from audit_log l where l.id ="
                        + " p.id)");
        assertThat(there).isGreaterThanOrEqualTo(LEAVES);
      } else {
        Archive archive = noted.get(0);
        assertThat(archive.size()).isEqualTo(LEAVES);
        assertThat(ArchiveFile.of(folder.resolve("archive").resolve(archive.name())).sha256())
            .isEqualTo(archive.sha256());
      }
    }
  }

  private static String url(Path folder) {
    return EncryptedDatabase.at(folder, new byte[EncryptedDatabase.KEY]).jdbcUrl();
  }

  /** Writes leaves, archives them, and dies where it is told to. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      HikariDataSource dataSource = JournalDatabase.migrated(url(folder), "sa", Vendor.H2);
      OneKey keys = new OneKey();
      InstantSource later = () -> InstantSource.system().instant().plusSeconds(60);
      TreeHeads heads = new TreeHeads(dataSource, keys, InstantSource.system(), Duration.ZERO);
      LogReader log = new LogReader(dataSource, heads, InstantSource.system());
      GroupCommit trail =
          new GroupCommit(
              new PendingLeaves(dataSource),
              new Spool(folder.resolve("spool"), SpoolTest.SEAL),
              "child",
              InstantSource.system(),
              () -> {});
      trail.start();
      for (int i = 0; i < LEAVES; i++) {
        trail.record(
            AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Patient")
                .request("r" + i)
                .patients(List.of("p"))
                .build());
      }
      Sequencer sequencer =
          new Sequencer(dataSource, new Lease("sequencer", "child", Duration.ofSeconds(30)));
      Sequencer.Round round = sequencer.runOnce();
      while (!round.holds() || round.appended() > 0) {
        round = sequencer.runOnce();
      }
      heads.now();
      System.out.println("LEAVES " + log.size());
      System.out.flush();
      new LogArchive(
              dataSource,
              log,
              heads,
              keys,
              trail,
              new LogArchive.Rules(folder.resolve("archive"), Duration.ofSeconds(1), 1_000_000),
              later)
          .archive();
      System.out.println("NOT HALTED");
    }
  }
}
