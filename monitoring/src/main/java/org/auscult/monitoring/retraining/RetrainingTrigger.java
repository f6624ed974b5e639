package org.auscult.monitoring.retraining;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.auscult.monitoring.finding.FindingKind;
import org.auscult.monitoring.retraining.RetrainingFacts.Event;
import org.auscult.monitoring.retraining.RetrainingFacts.OpenIssue;
import org.jspecify.annotations.Nullable;

/** What makes it time to train a model again. */
public sealed interface RetrainingTrigger {
  /** Its reasons now, those that people know already too. */
  List<RetrainingReason> reasons(
      RetrainingPlan plan, RetrainingFacts facts, Instant now, ZoneId zone);

  /** So long after the plan began, or people last answered. */
  record Elapsed(Period every) implements RetrainingTrigger {
    public Elapsed {
      if (every.isNegative() || every.isZero()) {
        throw new IllegalArgumentException("Time goes on between two trainings, not " + every);
      }
    }

    @Override
    public List<RetrainingReason> reasons(
        RetrainingPlan plan, RetrainingFacts facts, Instant now, ZoneId zone) {
      ZonedDateTime due = facts.since().atZone(zone).plus(every);
      return due.toInstant().isAfter(now)
          ? List.of()
          : List.of(
              new RetrainingReason(
                  "time " + due.toInstant(),
                  "Its time has come: "
                      + due.toLocalDate()
                      + ", "
                      + words()
                      + " after the last time.",
                  null,
                  null));
    }

    private String words() {
      return every.toTotalMonths() == 0
          ? every.getDays() + " days"
          : every.toTotalMonths() + " months";
    }
  }

  /**
   * An issue about the model is open.
   *
   * @param kind of an alert rule
   * @param rule that found it: {@code url|version}, or {@code url} for every version; null for any
   */
  record Found(FindingKind kind, @Nullable String rule) implements RetrainingTrigger {
    public Found {
      if (!kind.isOfRules()) {
        throw new IllegalArgumentException(kind + " is not found by alert rules");
      }
    }

    @Override
    public List<RetrainingReason> reasons(
        RetrainingPlan plan, RetrainingFacts facts, Instant now, ZoneId zone) {
      return facts.issues().stream()
          .filter(issue -> issue.kind() == kind && isOurRule(issue.rule()))
          .filter(issue -> plan.concerns(issue.site()))
          .map(Found::reason)
          .toList();
    }

    private boolean isOurRule(String found) {
      return rule == null || found.equals(rule) || found.startsWith(rule + "|");
    }

    private static RetrainingReason reason(OpenIssue issue) {
      return new RetrainingReason(
          "issue " + issue.id() + " " + issue.episode(),
          "Monitoring has found it (" + issue.kind().code() + "): " + issue.title() + ".",
          issue.began(),
          "DetectedIssue/" + issue.id());
    }
  }

  /**
   * People have written down that something happened, since the plan began.
   *
   * @param event kind of it, such as {@code guideline}
   */
  record Happened(String event) implements RetrainingTrigger {
    public Happened {
      Objects.requireNonNull(event);
    }

    @Override
    public List<RetrainingReason> reasons(
        RetrainingPlan plan, RetrainingFacts facts, Instant now, ZoneId zone) {
      return facts.events().stream()
          .filter(one -> one.kind().equals(event))
          .filter(one -> !one.from().isBefore(plan.began()) && !one.from().isAfter(now))
          .map(Happened::reason)
          .toList();
    }

    private static RetrainingReason reason(Event event) {
      return new RetrainingReason(
          "event " + event.id(),
          "It has happened (" + event.kind() + "): " + event.title() + ".",
          event.from(),
          "EventDefinition/" + event.id());
    }
  }
}
