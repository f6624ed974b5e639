package org.auscult.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.auscult.monitoring.retraining.RetrainingFacts;
import org.auscult.monitoring.retraining.RetrainingPlan;
import org.auscult.monitoring.retraining.RetrainingReason;
import org.auscult.monitoring.retraining.TrainingWindow;
import org.jspecify.annotations.Nullable;

/**
 * What the retraining plan proposes, as the server asks people by Tasks: each reason is told once,
 * in the Task that waits, or in the next one. People answer after {@link #ANSWERED_AFTER}.
 */
final class Proposals {
  /** How long people take to answer what monitoring asks them. */
  static final Duration ANSWERED_AFTER = Duration.ofDays(14);

  private final RetrainingPlan plan;
  private final Ledger ledger;
  private final Instant begin;
  private final Set<String> known = new HashSet<>();
  private final List<Proposal> all = new ArrayList<>();
  private @Nullable Instant opened;
  private @Nullable Instant closed;

  /**
   * What people were told.
   *
   * @param task which of their Tasks told them, from 1 on
   * @param reasons those that were new
   */
  record Proposal(Instant at, int task, List<String> reasons, TrainingWindow window) {
    Proposal {
      reasons = List.copyOf(reasons);
    }
  }

  Proposals(RetrainingPlan plan, Ledger ledger, Instant begin) {
    this.plan = plan;
    this.ledger = ledger;
    this.begin = begin;
  }

  List<Proposal> all() {
    return List.copyOf(all);
  }

  /** Tells people what is new. */
  void look(List<RetrainingFacts.OpenIssue> issues, Instant now) {
    boolean isWaiting = opened != null && now.isBefore(opened.plus(ANSWERED_AFTER));
    if (opened != null && !isWaiting) {
      closed = opened.plus(ANSWERED_AFTER);
      opened = null;
    }
    Instant since = closed == null ? begin : closed;
    List<RetrainingReason> reasons =
        plan.reasons(new RetrainingFacts(since, issues, List.of()), now, YearPlan.ZONE);
    List<String> fresh =
        reasons.stream()
            .filter(reason -> known.add(reason.key()))
            .map(RetrainingReason::text)
            .toList();
    if (!fresh.isEmpty()) {
      int before = all.isEmpty() ? 0 : all.get(all.size() - 1).task();
      all.add(new Proposal(now, isWaiting ? before : before + 1, fresh, window(reasons, now)));
      opened = isWaiting ? opened : now;
    }
  }

  private TrainingWindow window(List<RetrainingReason> reasons, Instant now) {
    LocalDate last = YearPlan.day(ledger.lastLabelled().orElse(now));
    return plan.window(reasons, YearPlan.midnight(last.plusDays(1)), YearPlan.ZONE, ledger::labels);
  }
}
