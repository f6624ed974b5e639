package org.auscult.prove.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.prove.Conditions;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.ServerProcess;

/** A server is killed while it makes a data set; another one makes it whole. */
final class KilledServer {
  private static final Pattern PERCENT = Pattern.compile("making rows, (\\d+) %");
  private static final int MOST_POLLS = 3_000;

  private final String db;
  private final Conditions conditions;
  private final List<String> failures;

  KilledServer(String db, Conditions conditions, List<String> failures) {
    this.db = db;
    this.conditions = conditions;
    this.failures = failures;
  }

  void run(ServerProcess first, ObjectNode request) throws Exception {
    TrainingCalls training = new TrainingCalls(first.calls());
    String status = training.start(request);
    int percent = inTheMiddle(training, status);
    first.kill();
    String id = status.replaceFirst(".*job=", "");
    try (ServerProcess second = first.beside(db, TrainingProof.SETTINGS)) {
      String broken = manifest(id);
      TrainingCalls again = new TrainingCalls(second.calls());
      String whole = TrainingProof.content(again.await(again.start(request)));
      boolean isSame = !whole.isEmpty() && whole.equals(broken);
      conditions
          .out()
          .printf(
              "  killed at %d %%, and made whole by another server: %s%n",
              percent, isSame ? "the same bytes" : "OTHER BYTES");
      if (!isSame) {
        failures.add("killed at " + percent + " % it gave " + broken + ", unkilled " + whole);
      }
      if (percent == 0 || percent == 100) {
        failures.add("the server was killed at " + percent + " %, not in the middle");
      }
    }
  }

  private static int inTheMiddle(TrainingCalls training, String status)
      throws IOException, InterruptedException {
    for (int i = 0; i < MOST_POLLS; i++) {
      String progress = training.ask(status).headers().firstValue("X-Progress").orElse("");
      Matcher percent = PERCENT.matcher(progress);
      if (percent.matches() && !percent.group(1).equals("0")) {
        return Integer.parseInt(percent.group(1));
      }
      if (progress.isEmpty()) {
        return 100;
      }
      Thread.sleep(20);
    }
    throw new IOException("A data set never came to its rows");
  }

  /** As it stands in the database: the server that is asked now has other callers. */
  private String manifest(String id) throws SQLException, IOException, InterruptedException {
    for (int i = 0; i < MOST_POLLS; i++) {
      try (Connection connection = DriverManager.getConnection(db);
          PreparedStatement select =
              connection.prepareStatement("select manifest from training_set where id = ?")) {
        select.setString(1, id);
        try (ResultSet rows = select.executeQuery()) {
          if (rows.next() && rows.getString(1) != null) {
            JsonNode manifest = FhirCalls.JSON.readTree(rows.getString(1));
            return manifest.path("contentSha256").asText();
          }
        }
      }
      Thread.sleep(100);
    }
    return "(no data set)";
  }
}
