package org.auscult.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a cohort differs from a target population, by standardised differences: of a share,
 * {@code (p − q) / √((p(1−p) + q(1−q)) / 2)}; of age, the difference of means over the root of the
 * mean variance (Austin, Statistics in Medicine 2009;28:3083). More than 0.1 either way is commonly
 * called a difference.
 */
public final class Representativeness {
  /** From here on a difference is pointed at. */
  public static final double NOTABLE = 0.1;

  private Representativeness() {}

  /** The comparison of what a tally counted, as a part of a manifest. */
  public static ObjectNode of(Tally tally) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    long cohort = tally.get("cohort/all");
    long target = tally.get("target/all");
    all.put("cohortPatients", cohort);
    all.put("targetPatients", target);
    all.set("age", age(tally));
    ObjectNode variables = all.putObject("variables");
    SortedMap<String, SortedMap<String, Long>> ofCohort = byVariable(tally.below("cohort"));
    SortedMap<String, SortedMap<String, Long>> ofTarget = byVariable(tally.below("target"));
    TreeSet<String> names = new TreeSet<>(ofCohort.keySet());
    names.addAll(ofTarget.keySet());
    int notable = 0;
    for (String name : names) {
      ObjectNode categories = variables.putObject(name);
      SortedMap<String, Long> mine = ofCohort.getOrDefault(name, new TreeMap<>());
      SortedMap<String, Long> theirs = ofTarget.getOrDefault(name, new TreeMap<>());
      TreeSet<String> both = new TreeSet<>(mine.keySet());
      both.addAll(theirs.keySet());
      for (String category : both) {
        long a = mine.getOrDefault(category, 0L);
        long b = theirs.getOrDefault(category, 0L);
        Double difference = ofShares(share(a, cohort), share(b, target));
        ObjectNode one = categories.putObject(category);
        one.put("cohort", a).put("target", b);
        one.put("standardisedDifference", rounded(difference));
        notable += difference != null && Math.abs(difference) > NOTABLE ? 1 : 0;
      }
    }
    all.put("notableDifferences", notable);
    return all;
  }

  private static SortedMap<String, SortedMap<String, Long>> byVariable(Map<String, Long> counts) {
    SortedMap<String, SortedMap<String, Long>> variables = new TreeMap<>();
    counts.forEach(
        (path, count) -> {
          int slash = path.indexOf('/');
          if (slash > 0) {
            variables
                .computeIfAbsent(path.substring(0, slash), v -> new TreeMap<>())
                .put(path.substring(slash + 1), count);
          }
        });
    return variables;
  }

  private static ObjectNode age(Tally tally) {
    ObjectNode age = JsonNodeFactory.instance.objectNode();
    Moments cohort = Moments.of(tally, "cohort-age");
    Moments target = Moments.of(tally, "target-age");
    cohort.into(age.putObject("cohort"));
    target.into(age.putObject("target"));
    Double difference = null;
    if (cohort.n > 1 && target.n > 1) {
      double spread = Math.sqrt((cohort.variance() + target.variance()) / 2);
      difference = spread == 0 ? null : (cohort.mean() - target.mean()) / spread;
    }
    age.put("standardisedDifference", rounded(difference));
    return age;
  }

  private record Moments(long n, long sum, long squares) {
    static Moments of(Tally tally, String path) {
      return new Moments(
          tally.get(path + "/n"), tally.get(path + "/sum"), tally.get(path + "/squares"));
    }

    double mean() {
      return (double) sum / n;
    }

    double variance() {
      return Math.max(0, (squares - (double) sum * sum / n) / (n - 1));
    }

    void into(ObjectNode node) {
      node.put("n", n);
      node.put("mean", rounded(n == 0 ? null : mean()));
      node.put("standardDeviation", rounded(n < 2 ? null : Math.sqrt(variance())));
    }
  }

  private static double share(long part, long all) {
    return all == 0 ? Double.NaN : (double) part / all;
  }

  /** Null where there is nothing to compare, or where no difference can be put in numbers. */
  static @Nullable Double ofShares(double p, double q) {
    double spread = Math.sqrt((p * (1 - p) + q * (1 - q)) / 2);
    if (Double.isNaN(spread)) {
      return null;
    }
    if (spread == 0) {
      return p == q ? 0.0 : null;
    }
    return (p - q) / spread;
  }

  /** To six decimals: as many as anybody compares. */
  private static @Nullable Double rounded(@Nullable Double value) {
    return value == null ? null : Math.rint(value * 1e6) / 1e6;
  }
}
