package org.auscult.prove.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.auscult.audit.export.AuditVerifier;
import org.auscult.audit.export.ExportContent;
import org.auscult.audit.export.LogExportReader;
import org.auscult.audit.export.Verification;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Hash;

/**
 * What an exported audit log tells of the calls that were answered: one leaf for each, in chains
 * without a gap, though the process died in the middle of its work again and again.
 */
final class LogCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FINDINGS = 20;

  private final String where;
  private final Map<String, Integer> predictions = new TreeMap<>();
  private final Map<String, Integer> requests = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private long leaves;

  private LogCheck(String where) {
    this.where = where;
  }

  /** Verifies an export by its own keys, and reads what its leaves are of. */
  static LogCheck of(String where, byte[] export) throws IOException {
    LogCheck check = new LogCheck(where);
    Verification verification =
        new AuditVerifier(null, List.of(), MOST_FINDINGS).verify(in(export));
    verification
        .findings()
        .forEach(
            f ->
                check.failures.add(
                    "audit log of "
                        + where
                        + ": "
                        + f.kind()
                        + " at "
                        + f.index()
                        + ": "
                        + f.message()));
    LogExportReader.open(in(export)).read(check.new Leaves());
    return check;
  }

  private static InputStream in(byte[] export) {
    return new ByteArrayInputStream(export);
  }

  private final class Leaves implements ExportContent {
    @Override
    public void leaf(long index, byte[] leaf) {
      leaves++;
      try {
        JsonNode json = JSON.readTree(leaf);
        if (json.path("kind").asText().equals("hook-call")
            && json.at("/details/models").isTextual()) {
          predictions.merge(json.at("/details/journal").asText(), 1, Integer::sum);
        } else {
          requests.merge(json.path("request").asText(), 1, Integer::sum);
        }
      } catch (IOException e) {
        failures.add("audit log of " + where + ": leaf " + index + " is no JSON");
      }
    }

    @Override
    public void head(SignedTreeHead head, List<Hash> edge) {}

    @Override
    public void end(long size) {}

    @Override
    public void unreadable(long line, String why) {}
  }

  /** Whether each of these predictions has a leaf; one may wait to be put in order. */
  boolean hasAll(Collection<UUID> shown) {
    return shown.stream().allMatch(id -> predictions.containsKey(id.toString()));
  }

  /** Each prediction that was shown has one leaf. */
  LogCheck predictions(Collection<UUID> shown) {
    for (UUID id : shown) {
      one("prediction " + id, predictions.getOrDefault(id.toString(), 0));
    }
    return this;
  }

  /** Each request that was recorded has one leaf. */
  LogCheck requests(Collection<String> recorded) {
    for (String id : recorded) {
      one("request " + id, requests.getOrDefault(id, 0));
    }
    return this;
  }

  private void one(String what, int found) {
    if (found != 1) {
      failures.add("audit log of " + where + ": " + what + " has " + found + " leaves");
    }
  }

  /** How many leaves there are. */
  long leaves() {
    return leaves;
  }

  List<String> failures() {
    return failures;
  }
}
