package org.auscult.monitoring.adjudication;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;

/**
 * Which labels of an outcome people look at, by which guideline, and who they are.
 *
 * @param canonical {@code url|version}
 * @param title for people
 * @param outcome {@code url|version} of the definition by which rules label
 * @param questionnaire {@code url|version} of what is asked
 * @param guideline by which people judge
 * @param shares how many cases of a window each way chooses, each 1 or more
 * @param seed of all chance
 * @param window how windows follow each other; a week or a month
 * @param performers three at least, each once
 * @param answer how long one has to answer
 * @param period whose windows are chosen from
 */
public record AdjudicationPlan(
    String canonical,
    String title,
    String outcome,
    String questionnaire,
    Guideline guideline,
    Map<Way, Integer> shares,
    long seed,
    ReportWindow.Kind window,
    List<String> performers,
    Duration answer,
    Validity period) {
  /** Two who judge, and a third where they disagree. */
  public static final int FEWEST_PERFORMERS = 3;

  public AdjudicationPlan {
    shares = Collections.unmodifiableMap(new EnumMap<>(shares));
    performers = List.copyOf(performers);
    if (Set.copyOf(performers).size() < Math.max(FEWEST_PERFORMERS, performers.size())) {
      throw new IllegalArgumentException("Three different people at least judge");
    }
    if (window == ReportWindow.Kind.QUARTER) {
      throw new IllegalArgumentException("Quarters overlap: a case would be chosen three times");
    }
  }

  /**
   * By which people judge.
   *
   * @param canonical {@code url|version}
   * @param sha256 of its text, 64 hexadecimal digits
   */
  public record Guideline(String canonical, String sha256) {}

  /**
   * When a plan holds.
   *
   * @param until exclusive; null if it goes on
   */
  public record Validity(Instant from, @Nullable Instant until) {}

  /** The windows that lie within its period and were over at a time, in order. */
  public List<ReportWindow> over(Instant time, ZoneId zone) {
    if (time.isBefore(period.from())) {
      return List.of();
    }
    return ReportWindow.between(window, period.from(), time, zone).stream()
        .filter(one -> !one.start().isBefore(period.from()) && !one.end().isAfter(time))
        .filter(one -> period.until() == null || !one.end().isAfter(period.until()))
        .toList();
  }
}
