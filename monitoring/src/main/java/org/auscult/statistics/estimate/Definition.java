package org.auscult.statistics.estimate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What exactly a figure is, so that two of one name can be told apart.
 *
 * @param name such as {@code auroc}
 * @param version changes whenever the same data would give another figure
 * @param formula in words or signs, for a person
 * @param parameters what else the figure depends on: binning, epsilon, threshold, knots; sorted
 */
public record Definition(
    String name, String version, String formula, Map<String, String> parameters) {
  public Definition {
    if (name.isBlank() || version.isBlank() || formula.isBlank()) {
      throw new IllegalArgumentException("A definition has a name, a version and a formula");
    }
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** The first version, without parameters. */
  public static Definition of(String name, String formula) {
    return new Definition(name, "1.0.0", formula, Map.of());
  }

  /** The same with one more parameter. */
  public Definition with(String parameter, String value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(parameter, value);
    return new Definition(name, version, formula, more);
  }

  /** The same with one more parameter. */
  public Definition with(String parameter, double value) {
    return with(parameter, Double.toString(value));
  }

  /** A value of this definition, from so many rows. */
  public Estimate.Known known(long n, double value) {
    return new Estimate.Known(this, n, value, Certainty.NONE);
  }

  /** That there is no value, and why. */
  public Estimate.Unknown unknown(long n, Reason reason, String why) {
    return new Estimate.Unknown(this, n, reason, why);
  }
}
