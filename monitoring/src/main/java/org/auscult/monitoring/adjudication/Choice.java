package org.auscult.monitoring.adjudication;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.auscult.monitoring.performance.ReportWindow;
import org.auscult.monitoring.performance.Standing;

/**
 * Chooses the cases of a window that people look at.
 *
 * <p>Idea: of each patient the first prediction about which is asked is a unit, as in reports
 * (safety rule 30). Chance orders the units by a hash of seed, window and id: whoever chooses
 * again, wherever and of whatever order of rows, chooses the same, and the first n are a simple
 * random sample. What one way has chosen, no other chooses too; chance goes first, so that its
 * sample is of all labels.
 *
 * <p>Informative are the labels that are least likely by the model's own scores: 1 less the rank of
 * an event's score among the window's, or the rank of a non-event's. Ranks need no probabilities.
 * Source: self-confidence of confident learning, Northcutt, Jiang and Chuang, J. Artif. Intell.
 * Res. 70 (2021) 1373-1411, with ranks in the place of probabilities.
 */
public final class Choice {
  private final AdjudicationPlan plan;
  private final ReportWindow window;

  private Choice(AdjudicationPlan plan, ReportWindow window) {
    this.plan = plan;
    this.window = window;
  }

  /** A case, and by which way it was chosen. */
  public record Chosen(Candidate candidate, Way way) {}

  /**
   * The cases of a window, in the order in which they were chosen.
   *
   * @param candidates all that were labelled within the window first; in any order, each id once
   */
  public static List<Chosen> of(
      AdjudicationPlan plan, ReportWindow window, Collection<Candidate> candidates) {
    return new Choice(plan, window).choose(units(candidates));
  }

  /** All who judge, the first two of whom are asked, in the order in which they are asked. */
  public static List<String> asked(AdjudicationPlan plan, String id) {
    return plan.performers().stream()
        .sorted(Comparator.comparing(person -> hash(plan.seed() + "\n" + id + "\n" + person)))
        .toList();
  }

  private static List<Candidate> units(Collection<Candidate> candidates) {
    Map<String, Candidate> first = new TreeMap<>();
    candidates.stream()
        .filter(one -> one.label() != Standing.EXCLUDED && one.label() != Standing.PENDING)
        .sorted(Comparator.comparing(Candidate::indexTime).thenComparing(Candidate::id))
        .forEach(one -> first.putIfAbsent(one.patient(), one));
    return List.copyOf(first.values());
  }

  private List<Chosen> choose(List<Candidate> units) {
    Map<String, Double> surprise = surprise(units);
    List<Candidate> left = new ArrayList<>(units);
    left.sort(Comparator.comparing(this::chance));
    List<Chosen> chosen = new ArrayList<>();
    plan.shares()
        .forEach(
            (way, count) -> {
              List<Candidate> some =
                  left.stream()
                      .filter(eligible(way, surprise))
                      .sorted(order(way, surprise))
                      .limit(count)
                      .toList();
              some.forEach(one -> chosen.add(new Chosen(one, way)));
              left.removeAll(some);
            });
    return List.copyOf(chosen);
  }

  private static Predicate<Candidate> eligible(Way way, Map<String, Double> surprise) {
    return switch (way) {
      case RANDOM -> Candidate::saysYesOrNo;
      case UNCERTAIN -> Candidate::isDoubtful;
      case INFORMATIVE -> one -> surprise.containsKey(one.id());
    };
  }

  private Comparator<Candidate> order(Way way, Map<String, Double> surprise) {
    Comparator<Candidate> byChance = Comparator.comparing(this::chance);
    return switch (way) {
      case RANDOM, UNCERTAIN -> byChance;
      case INFORMATIVE ->
          Comparator.<Candidate>comparingDouble(one -> -surprise.getOrDefault(one.id(), 0.0))
              .thenComparing(byChance);
    };
  }

  private String chance(Candidate one) {
    return hash(plan.seed() + "\n" + window.start() + "\n" + one.id());
  }

  /** How unlikely each label is by the ranks of scores, 0 to 1. */
  private static Map<String, Double> surprise(List<Candidate> units) {
    Map<String, List<Candidate>> series =
        units.stream()
            .filter(one -> one.saysYesOrNo() && one.score() != null)
            .collect(Collectors.groupingBy(Candidate::series));
    Map<String, Double> surprise = new HashMap<>();
    for (List<Candidate> some : series.values()) {
      double[] sorted =
          some.stream().mapToDouble(one -> Objects.requireNonNull(one.score())).sorted().toArray();
      for (Candidate one : some) {
        double rank = rank(sorted, Objects.requireNonNull(one.score()));
        surprise.put(one.id(), one.label() == Standing.EVENT ? 1 - rank : rank);
      }
    }
    return surprise;
  }

  /** The share below, and half of the share alike. */
  private static double rank(double[] sorted, double score) {
    int below = from(sorted, score);
    int upTo = from(sorted, Math.nextUp(score));
    return (below + upTo) / (2.0 * sorted.length);
  }

  /** How many are below. */
  private static int from(double[] sorted, double score) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
