package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.AuditOutcome;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.attack.Try.Trace;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/** The audit log as an auditor reads it, and which tries stand in it. */
final class AuditTrace {
  /** A leaf has its place in the log within about a second. */
  private static final int PATIENCE_MILLIS = 20_000;

  private final List<AuditLeaf> leaves;
  private final Map<Try, AuditLeaf> found = new HashMap<>();

  private AuditTrace(List<AuditLeaf> leaves, List<Try> tries) {
    this.leaves = leaves;
    match(tries);
  }

  /** Reads the log until every try is found, or for some seconds. */
  static AuditTrace of(TwoHospitals hospitals, List<Try> tries)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    AuditTrace trace = new AuditTrace(leaves(hospitals), tries);
    while (tries.stream().anyMatch(trace::isMissing) && System.nanoTime() < end) {
      Thread.sleep(1_000);
      trace = new AuditTrace(leaves(hospitals), tries);
    }
    return trace;
  }

  private static List<AuditLeaf> leaves(TwoHospitals hospitals) throws IOException {
    String auditor = hospitals.token(Staff.AUDRA);
    Reply reply = hospitals.wire().send(Ask.get("/fhir/$audit-export").bearer(auditor));
    if (reply.status() != 200) {
      throw new IOException("The audit log cannot be exported: HTTP " + reply.status());
    }
    List<AuditLeaf> leaves = new ArrayList<>();
    for (String line : reply.text().split("\n")) {
      JsonNode leaf = FhirCalls.JSON.readTree(line).path("leaf");
      if (leaf.isTextual()) {
        leaves.add(AuditLeaf.read(Base64.getDecoder().decode(leaf.asText())));
      }
    }
    return leaves;
  }

  /** By id where there is one; by time otherwise, each leaf for one try: the first that ends. */
  private void match(List<Try> tries) {
    Map<String, AuditLeaf> byRequest = new HashMap<>();
    leaves.forEach(l -> byRequest.put(l.entry().request(), l));
    Set<AuditLeaf> used = new HashSet<>();
    for (Try one : tries) {
      AuditLeaf leaf = byRequest.get(one.request());
      if (one.trace() != Trace.NONE && leaf != null) {
        found.put(one, leaf);
        used.add(leaf);
      }
    }
    List<AuditLeaf> failures =
        leaves.stream()
            .filter(l -> l.entry().outcome() != AuditOutcome.SUCCESS && !used.contains(l))
            .sorted(Comparator.comparing(AuditLeaf::recorded))
            .toList();
    tries.stream()
        .filter(t -> t.trace() == Trace.TIME && !found.containsKey(t))
        .sorted(Comparator.comparing(Try::to))
        .forEach(
            t ->
                failures.stream()
                    .filter(l -> !used.contains(l) && isWithin(l.recorded(), t))
                    .findFirst()
                    .ifPresent(
                        l -> {
                          found.put(t, l);
                          used.add(l);
                        }));
  }

  /** Leaves have whole milliseconds. */
  private static boolean isWithin(Instant recorded, Try one) {
    return !recorded.isBefore(one.from().minusMillis(1)) && !recorded.isAfter(one.to());
  }

  /** Whether a try that is to be found is not. */
  boolean isMissing(Try one) {
    return one.trace() != Trace.NONE && !found.containsKey(one);
  }

  /** The leaf of a try that was found. */
  AuditLeaf leaf(Try one) {
    AuditLeaf leaf = found.get(one);
    if (leaf == null) {
      throw new IllegalArgumentException("Not found: " + one.what());
    }
    return leaf;
  }

  /** How many leaves there are. */
  int size() {
    return leaves.size();
  }
}
