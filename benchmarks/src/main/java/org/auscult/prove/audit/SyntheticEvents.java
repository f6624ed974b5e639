package org.auscult.prove.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.ChainedLeaf;
import org.auscult.audit.NodeChains;

/**
 * The leaves that three nodes of a busy hospital would write, by a seed: reads and searches, hook
 * calls and answers to cards, writes, logins, refusals; each node with several transactions in
 * flight, some rolled back, and started anew now and then.
 */
final class SyntheticEvents {
  private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
  private static final int NODES = 3;
  private static final int MOST_IN_FLIGHT = 4;
  private static final int STARTED_ANEW_EVERY = 100_000;
  private static final int PATIENTS = 20_000;
  private static final int USERS = 400;

  private final Random random;
  private final NodeChains[] nodes = new NodeChains[NODES];
  private Instant now = START;
  private int starts;
  private long written;

  SyntheticEvents(long seed) {
    this.random = new Random(seed);
    for (int i = 0; i < NODES; i++) {
      start(i);
    }
  }

  private void start(int node) {
    nodes[node] = new NodeChains("node-" + (node + 1) + "-" + ++starts);
  }

  /** When the last one was recorded. */
  Instant now() {
    return now;
  }

  /** The next leaf, in the order in which a log would take them. */
  byte[] next() {
    now = now.plusMillis(random.nextInt(40));
    int node = random.nextInt(NODES);
    if (random.nextInt(STARTED_ANEW_EVERY) == 0) {
      start(node);
    }
    List<NodeChains.Lane> lanes = new ArrayList<>();
    for (int i = random.nextInt(MOST_IN_FLIGHT); i >= 0; i--) {
      lanes.add(nodes[node].borrow());
    }
    NodeChains.Lane lane = lanes.remove(random.nextInt(lanes.size()));
    for (NodeChains.Lane other : lanes) {
      other.next(entry(), now);
      other.rolledBack();
    }
    ChainedLeaf leaf = lane.next(entry(), now);
    lane.committed();
    written++;
    return leaf.bytes();
  }

  private AuditEntry entry() {
    int dice = random.nextInt(1000);
    if (dice < 420) {
      return read();
    } else if (dice < 640) {
      return search();
    } else if (dice < 800) {
      return hook();
    } else if (dice < 840) {
      return feedback();
    } else if (dice < 930) {
      return write();
    } else if (dice < 980) {
      return login();
    } else {
      return refusal();
    }
  }

  private AuditEntry read() {
    String reference = "Observation/" + random.nextInt(5_000_000);
    return AuditEntry.of(AuditKind.REST, AuditAction.READ, "read Observation")
        .by(user())
        .at(site())
        .request(request())
        .query("/fhir/" + reference)
        .patients(List.of(patient()))
        .entities(List.of(reference + "/_history/1"))
        .build();
  }

  private AuditEntry search() {
    List<String> patients =
        IntStream.range(0, 1 + random.nextInt(random.nextInt(10) == 0 ? 50 : 1))
            .mapToObj(i -> patient())
            .toList();
    return AuditEntry.of(AuditKind.REST, AuditAction.EXECUTE, "search-type Condition")
        .by(user())
        .at(site())
        .request(request())
        .query("/fhir/Condition?code:text=Grippe%20mit%20Übelkeit&_count=" + random.nextInt(200))
        .patients(patients)
        .detail("total", String.valueOf(patients.size()))
        .build();
  }

  private AuditEntry hook() {
    return AuditEntry.of(AuditKind.HOOK_CALL, AuditAction.EXECUTE, "patient-view auscult-cvd-risk")
        .by(user())
        .at(site())
        .request(request())
        .patients(List.of(patient()))
        .entities(List.of("RiskAssessment/" + Long.toHexString(random.nextLong())))
        .detail("model", "prevent-base|1.0.0")
        .detail("cards", String.valueOf(random.nextInt(3)))
        .build();
  }

  private AuditEntry feedback() {
    return AuditEntry.of(AuditKind.FEEDBACK, AuditAction.CREATE, "feedback auscult-cvd-risk")
        .by(user())
        .at(site())
        .request(request())
        .patients(List.of(patient()))
        .detail("outcome", random.nextBoolean() ? "accepted" : "overridden")
        .build();
  }

  private AuditEntry write() {
    return AuditEntry.of(
            AuditKind.REST,
            random.nextBoolean() ? AuditAction.CREATE : AuditAction.UPDATE,
            "transaction")
        .by(user())
        .at(site())
        .request(request())
        .patients(List.of(patient()))
        .entities(
            IntStream.range(0, 1 + random.nextInt(8))
                .mapToObj(i -> "Observation/" + random.nextInt(5_000_000) + "/_history/1")
                .toList())
        .build();
  }

  private AuditEntry login() {
    boolean fails = random.nextInt(12) == 0;
    return AuditEntry.of(AuditKind.LOGIN, AuditAction.EXECUTE, "login")
        .by(user())
        .request(request())
        .outcome(
            fails ? AuditOutcome.MINOR_FAILURE : AuditOutcome.SUCCESS,
            fails ? "wrong-password" : null)
        .build();
  }

  private AuditEntry refusal() {
    return AuditEntry.of(AuditKind.ACCESS_DENIED, AuditAction.READ, "read Patient")
        .by(user())
        .at(site())
        .request(request())
        .outcome(AuditOutcome.MINOR_FAILURE, "other-site")
        .patients(List.of(patient()))
        .build();
  }

  private AuditAgent user() {
    int user = random.nextInt(USERS);
    return new AuditAgent(
        "https://auscult.example",
        "user-" + user,
        "Practitioner/" + user,
        "ehr",
        List.of("clinician"),
        "TREAT",
        "192.0.2." + user % 250);
  }

  private List<String> site() {
    return List.of("site-" + random.nextInt(4));
  }

  private String request() {
    return Long.toHexString(random.nextLong()) + written;
  }

  private String patient() {
    return "patient-" + random.nextInt(PATIENTS);
  }
}
