package org.auscult.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.auscult.prove.CommandRun;
import org.auscult.prove.Folders;
import org.auscult.prove.LoadSlice;
import org.auscult.prove.NotRunException;

/**
 * Synthea's patients, loaded once by our command as history, and then copied where they lie: each
 * copy's rows of the timeline have other ids, so that patients are mixed, and the same times.
 */
final class SyntheaCopies {
  /** What features read, and what that refers to. */
  private static final Set<String> TYPES =
      Set.of(
          "Patient",
          "Encounter",
          "Observation",
          "Condition",
          "MedicationRequest",
          "Medication",
          "Organization",
          "Location",
          "Practitioner");

  private static final int MOST_RESOURCES = 2_000;

  private final Path ndjson;

  private SyntheaCopies(Path ndjson) {
    this.ndjson = ndjson;
  }

  /** Those of the folder of test data that the environment names. */
  static SyntheaCopies find() throws NotRunException {
    Path ndjson =
        Path.of(System.getenv().getOrDefault("AUSCULT_DATA", ".")).resolve("data/synthea/ndjson");
    if (!Files.exists(ndjson.resolve("manifest.json"))) {
      throw new NotRunException("there is no " + ndjson + "; set AUSCULT_DATA to the test data");
    }
    return new SyntheaCopies(ndjson);
  }

  /**
   * Loads them over HTTP.
   *
   * @param patients how many; all if there are fewer
   */
  void load(ServerRun server, int patients, Random random)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("auscult-synthea");
    try {
      Path wanted = Files.createDirectory(work.resolve("wanted"));
      try (Stream<Path> files = Files.list(ndjson)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          if (TYPES.contains(name.replaceFirst("\\..*", ""))) {
            Files.copy(file, wanted.resolve(name));
          }
        }
      }
      Path folder = wanted;
      if (patients < Integer.MAX_VALUE) {
        folder = Files.createDirectory(work.resolve("slice"));
        new LoadSlice(wanted).write(folder, patients, MOST_RESOURCES, random);
      }
      load(server, folder);
    } finally {
      Folders.delete(work);
    }
  }

  private static void load(ServerRun server, Path folder) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "load",
            folder.toString(),
            "--history",
            "--no-resume",
            "--server",
            server.root() + "/fhir",
            "--data",
            server.identities().toString());
    try (CommandRun load = CommandRun.start(command, line -> {})) {
      if (load.end() != 0) {
        throw new IOException("Synthea could not be loaded: " + load.lastLines(3));
      }
    }
  }

  /**
   * Makes so many of each patient.
   *
   * @param seed of the new ids
   * @return the patients that were there before
   */
  static List<String> multiply(String db, int copies, long seed) throws SQLException {
    try (Connection connection = DriverManager.getConnection(db);
        Statement statement = connection.createStatement()) {
      List<String> patients = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("select patient from patient_epoch")) {
        while (rows.next()) {
          patients.add(rows.getString(1));
        }
      }
      List<String> facts = columns(connection, "clinical_fact");
      copy(
          connection,
          "clinical_fact",
          facts,
          Set.of("patient", "home_patient", "source_id", "encounter"),
          copies,
          seed);
      copy(
          connection,
          "patient_epoch",
          columns(connection, "patient_epoch"),
          Set.of("patient"),
          copies,
          seed);
      return patients;
    }
  }

  /** Those that are written: the database makes the others itself. */
  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select column_name from information_schema.columns where table_schema = 'public' and"
                + " table_name = ? and is_generated = 'NEVER' and is_identity = 'NO'")) {
      select.setString(1, table);
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      return columns;
    }
  }

  private static void copy(
      Connection connection,
      String table,
      List<String> columns,
      Set<String> ids,
      int copies,
      long seed)
      throws SQLException {
    String values =
        columns.stream()
            .map(
                column ->
                    ids.contains(column)
                        ? "md5(%s || '/%d/' || copy)::uuid::text".formatted(column, seed)
                        : column)
            .collect(Collectors.joining(", "));
    try (Statement insert = connection.createStatement()) {
      insert.executeUpdate(
          "insert into %s (%s) select %s from %s, generate_series(2, %d) copy"
              .formatted(table, String.join(", ", columns), values, table, copies));
    }
  }
}
