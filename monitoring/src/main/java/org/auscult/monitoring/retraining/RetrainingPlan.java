package org.auscult.monitoring.retraining;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When people are asked to train a model again. The same facts give the same reasons.
 *
 * @param canonical {@code url|version} of the plan
 * @param title for people
 * @param model {@code url|version}, or {@code url} for the version that serves
 * @param site id of the Organization for whose patients alone; empty for all
 * @param began from when on time is counted, and events count
 * @param triggers one at least
 * @param length of the data to train on
 * @param labels so many of them after a change are enough to train on these alone, 1 or more
 */
public record RetrainingPlan(
    String canonical,
    String title,
    String model,
    String site,
    Instant began,
    List<RetrainingTrigger> triggers,
    Period length,
    int labels) {
  public RetrainingPlan {
    triggers = List.copyOf(triggers);
    if (triggers.isEmpty()) {
      throw new IllegalArgumentException(canonical + " has a trigger");
    }
    if (labels < 1 || length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException(
          canonical + " trains on some data, not on " + length + " and " + labels + " labels");
    }
  }

  /** Whether what is found at a site is: the empty one is none in particular. */
  boolean concerns(String found) {
    return site.isEmpty() || found.isEmpty() || found.equals(site);
  }

  /** All reasons that there are, those that people know already too; in the order of triggers. */
  public List<RetrainingReason> reasons(RetrainingFacts facts, Instant now, ZoneId zone) {
    return triggers.stream()
        .flatMap(trigger -> trigger.reasons(this, facts, now, zone).stream())
        .distinct()
        .toList();
  }

  /** Tells how many labels there are from a time on. */
  @FunctionalInterface
  public interface LabelCount {
    /** Of predictions made in a stretch of time: inclusive, exclusive. */
    long between(Instant start, Instant end);
  }

  /**
   * The data to train on: those behind the latest change, if there are enough; else all of the
   * plan's length.
   *
   * @param end exclusive: behind the last prediction whose outcome is known
   */
  public TrainingWindow window(
      List<RetrainingReason> reasons, Instant end, ZoneId zone, LabelCount count) {
    Instant whole = end.atZone(zone).minus(length).toInstant();
    Instant change = latest(reasons);
    if (change != null && change.isAfter(whole) && change.isBefore(end)) {
      long after = count.between(change, end);
      if (after >= labels) {
        return new TrainingWindow(change, end, after, TrainingWindow.Why.SINCE_CHANGE);
      }
    }
    return new TrainingWindow(
        whole,
        end,
        count.between(whole, end),
        change == null ? TrainingWindow.Why.LENGTH : TrainingWindow.Why.TOO_FEW_SINCE_CHANGE);
  }

  private static @Nullable Instant latest(List<RetrainingReason> reasons) {
    Instant latest = null;
    for (RetrainingReason reason : reasons) {
      Instant since = reason.since();
      if (since != null && (latest == null || since.isAfter(latest))) {
        latest = since;
      }
    }
    return latest;
  }
}
