package org.auscult.server.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.ChainedLeaf;
import org.auscult.audit.NodeChains;
import org.auscult.audit.fhir.Touched;
import org.auscult.prediction.Caller;
import org.auscult.prediction.CallerIdentity;
import org.auscult.prediction.Feedback;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.Subject;
import org.auscult.server.journal.JournalLeaves;
import org.jspecify.annotations.Nullable;

/**
 * Leaves of hook calls, in chains of their own: what the sequencer reads from one table alone
 * stands there in the order of each chain.
 */
public final class HookLeaves implements JournalLeaves {
  static final String JOURNAL = "journal";
  static final String INSTANCE = "hookInstance";
  static final String SERVER = "fhirServer";
  static final String ENCOUNTER = "encounter";

  /** Models that gave a number, {@code url|version}, separated by spaces. */
  static final String MODELS = "models";

  static final String CARD = "card";
  static final String ANSWER = "answer";

  private final NodeChains chains;
  private final Clock clock;

  /**
   * @param node new at each start of the process
   */
  public HookLeaves(String node, Clock clock) {
    this.chains = new NodeChains(node + ".hooks");
    this.clock = clock;
  }

  @Override
  public @Nullable Leaf of(JournalEntry entry) {
    HttpServletRequest request = CurrentRequest.get();
    touch(entry, request);
    if (entry.call().caller().equals(Caller.NONE)) {
      return null;
    }
    NodeChains.Lane lane = chains.borrow();
    try {
      return new Laned(lane, lane.next(entry(entry, request), clock.instant()), request);
    } catch (RuntimeException e) {
      lane.rolledBack();
      throw e;
    }
  }

  /** If nothing comes of the insert, the request's own leaf says of whom it was. */
  private static void touch(JournalEntry entry, @Nullable HttpServletRequest request) {
    if (request != null && request.getAttribute(Touched.ATTRIBUTE) instanceof Touched touched) {
      touched.patient(patient(entry.subject()));
      if (entry.call().caller().equals(Caller.NONE)) {
        touched.detail(JOURNAL, entry.id().toString());
        touched.detail(MODELS, models(entry));
      } else {
        touched.detail(INSTANCE, entry.call().instance());
      }
    }
  }

  private static String models(JournalEntry entry) {
    return entry.runs().stream()
        .filter(r -> r.result() instanceof ModelRun.Result.Predicted)
        .map(ModelRun::model)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private record Laned(NodeChains.Lane lane, ChainedLeaf leaf, @Nullable HttpServletRequest request)
      implements Leaf {
    @Override
    public String id() {
      return leaf.leaf().id().toString();
    }

    @Override
    public byte[] bytes() {
      return leaf.bytes();
    }

    @Override
    public void stored() {
      lane.committed();
      if (request != null) {
        RequestRecorder.journaled(request);
      }
    }

    @Override
    public void notStored() {
      lane.rolledBack();
    }

    @Override
    public void unknown() {
      lane.abandon();
    }
  }

  private static AuditEntry entry(JournalEntry entry, @Nullable HttpServletRequest request) {
    AuditEntry.Builder leaf =
        AuditEntry.of(
            AuditKind.HOOK_CALL,
            AuditAction.EXECUTE,
            Touched.text(entry.call().hook() + " " + entry.call().service()));
    Caller caller = entry.call().caller();
    leaf.by(agent(caller, request)).patients(List.of(patient(entry.subject())));
    if (request != null) {
      leaf.request(RequestId.of(request));
    }
    leaf.detail(JOURNAL, entry.id().toString());
    leaf.detail(INSTANCE, Touched.text(entry.call().instance()));
    detail(leaf, SERVER, caller.fhirServer());
    CallerIdentity proven = caller.identity();
    detail(leaf, RequestRecorder.TOKEN, proven == null ? null : proven.token());
    detail(leaf, ENCOUNTER, caller.encounter());
    String models = models(entry);
    if (!models.isEmpty()) {
      leaf.detail(MODELS, models);
    }
    return leaf.build();
  }

  private static void detail(AuditEntry.Builder leaf, String name, @Nullable String value) {
    if (value != null) {
      leaf.detail(name, Touched.text(value));
    }
  }

  /** What a signed token proved of the caller, if it brought one, and the user that it names. */
  private static AuditAgent agent(Caller caller, @Nullable HttpServletRequest request) {
    AuditAgent known = request == null ? AuditAgent.unknown(null) : RequestRecorder.agent(request);
    String user = caller.user() == null ? known.user() : Touched.text(caller.user());
    CallerIdentity proven = caller.identity();
    if (proven == null) {
      return new AuditAgent(
          known.issuer(),
          known.subject(),
          user,
          known.client(),
          known.roles(),
          known.purpose(),
          known.address());
    }
    return new AuditAgent(
        Touched.text(proven.issuer()),
        proven.subject() == null ? null : Touched.text(proven.subject()),
        user,
        Touched.text(proven.client()),
        known.roles(),
        known.purpose(),
        known.address());
  }

  /** Of our own record the id; of another server's, its whole URL. */
  private static String patient(Subject subject) {
    return Touched.text(
        subject.isOurs() ? subject.id() : subject.origin() + "/Patient/" + subject.id());
  }

  @Override
  public void answered(JournalEntry entry, Feedback feedback) {
    HttpServletRequest request = CurrentRequest.get();
    if (request != null && request.getAttribute(Touched.ATTRIBUTE) instanceof Touched touched) {
      touched.patient(patient(entry.subject()));
      touched.detail(JOURNAL, entry.id().toString());
      touched.detail(CARD, feedback.card().toString());
      touched.detail(ANSWER, feedback.outcome().name().toLowerCase(Locale.ROOT));
    }
  }
}
