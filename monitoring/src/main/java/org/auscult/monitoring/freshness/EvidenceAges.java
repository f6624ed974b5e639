package org.auscult.monitoring.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.MissingReason;
import org.auscult.prediction.JournalEntry;
import org.auscult.prediction.ModelRun;

/** How old the evidence was, by feature, at the time for which it was served. */
public final class EvidenceAges {
  private final Map<String, Counted> features = new TreeMap<>();

  private static final class Counted {
    final Map<MissingReason, Integer> missing = new EnumMap<>(MissingReason.class);
    final List<Duration> ages = new ArrayList<>();
    int served;
  }

  /**
   * One feature.
   *
   * @param definition {@code url|version}
   * @param served how often it was asked for
   * @param missing how often it was missing, by reason
   * @param ages how many values had dated evidence; what absence proves has none
   * @param median the age that half of them do not exceed; zero if there is none, as the following
   * @param ninetieth the age that nine in ten do not exceed
   * @param oldest the greatest age
   */
  public record OfFeature(
      String definition,
      int served,
      Map<MissingReason, Integer> missing,
      int ages,
      Duration median,
      Duration ninetieth,
      Duration oldest) {
    public OfFeature {
      missing = Map.copyOf(missing);
    }
  }

  /** Adds an entry; a feature that several of its runs were given counts once. */
  public void add(JournalEntry entry) {
    Set<String> seen = new HashSet<>();
    for (ModelRun run : entry.runs()) {
      Instant at = run.vector().asOf().at();
      for (FeatureVector.Entry feature : run.vector().entries()) {
        if (seen.add(feature.definition())) {
          add(feature, at);
        }
      }
    }
  }

  private void add(FeatureVector.Entry feature, Instant at) {
    Counted counted = features.computeIfAbsent(feature.definition(), k -> new Counted());
    counted.served++;
    if (feature.value() instanceof Missing missing) {
      counted.missing.merge(missing.reason(), 1, Integer::sum);
    } else if (feature.value() instanceof Present present && present.effective() != null) {
      counted.ages.add(Duration.between(present.effective(), at));
    }
  }

  /** All features, by their canonicals. */
  public List<OfFeature> features() {
    List<OfFeature> all = new ArrayList<>();
    features.forEach(
        (definition, counted) -> {
          Collections.sort(counted.ages);
          all.add(
              new OfFeature(
                  definition,
                  counted.served,
                  counted.missing,
                  counted.ages.size(),
                  quantile(counted.ages, 0.5),
                  quantile(counted.ages, 0.9),
                  quantile(counted.ages, 1)));
        });
    return all;
  }

  /** The least age that a share of them does not exceed. */
  private static Duration quantile(List<Duration> sorted, double share) {
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
