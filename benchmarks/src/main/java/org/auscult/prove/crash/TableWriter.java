package org.auscult.prove.crash;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.JournalJson;
import org.auscult.server.journal.ResourceWriter;

/**
 * Writes resources into one table, as a FHIR store does: other content under the same id makes a
 * new version, the same content none.
 */
final class TableWriter implements ResourceWriter {
  /** What one entry becomes. */
  static final List<String> PARTS = List.of(".0", ".0.explanation", ".provenance");

  static final String TABLE =
      "create table if not exists crash_resource (id varchar(80) primary key, journal varchar(36)"
          + " not null, versions integer not null, content text not null)";
  static final String INDEX =
      "create index if not exists ix_crash_journal on crash_resource (journal)";

  private static final String PUT =
      "insert into crash_resource (id, journal, versions, content) values (?, ?, 1, ?)"
          + " on conflict (id) do update set versions = crash_resource.versions + 1,"
          + " content = excluded.content where crash_resource.content <> excluded.content";

  private final DataSource dataSource;

  TableWriter(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  private record Put(String id, String journal, String content) {}

  @Override
  public void write(List<JournalEntry> entries) {
    put(
        entries.stream()
            .flatMap(
                entry ->
                    PARTS.stream()
                        .map(
                            part ->
                                new Put(
                                    entry.id() + part,
                                    entry.id().toString(),
                                    JournalJson.write(entry))))
            .toList());
  }

  @Override
  public void writeAnswers(List<Answer> answers) {
    put(
        answers.stream()
            .map(a -> new Put(a.id(), a.id(), JournalJson.write(a.feedback())))
            .toList());
  }

  private void put(List<Put> puts) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(PUT)) {
        for (Put put : puts) {
          statement.setString(1, put.id());
          statement.setString(2, put.journal());
          statement.setString(3, put.content());
          statement.addBatch();
        }
        statement.executeBatch();
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
