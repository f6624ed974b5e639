package org.auscult.monitoring.drift;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.statistics.estimate.Estimate;

/**
 * How one feature, or one output, stands to the reference.
 *
 * @param figures distances, tests and missing rates; those that would tell of few are unknown
 * @param adjusted p-values by figure, corrected for all features, or all outputs (Benjamini and
 *     Hochberg)
 * @param hasDrifted whether it is worth asking why: the shape or the missing rate changed, by the
 *     adjusted p-value and by more than a trifle (an index of 0.1, or 5 of 100 rows)
 */
public record DriftedVariable(
    String name, List<Estimate> figures, SortedMap<String, Double> adjusted, boolean hasDrifted) {
  /** Adjusted p-values below count as evidence. */
  private static final double LEVEL = 0.001;

  private static final double LEAST_INDEX = 0.1;
  private static final double LEAST_MISSING = 0.05;

  public DriftedVariable {
    Objects.requireNonNull(name);
    figures = List.copyOf(figures);
    adjusted = Collections.unmodifiableSortedMap(new TreeMap<>(adjusted));
  }

  /** One that is judged by all of its figures, before some are hidden. */
  static DriftedVariable judged(
      String name, List<Estimate> figures, SortedMap<String, Double> adjusted) {
    DriftedVariable open = new DriftedVariable(name, figures, adjusted, false);
    boolean hasShape =
        open.value("psi").orElse(0) >= LEAST_INDEX
            && Math.min(open.p("ks"), open.p("chi-squared")) < LEVEL;
    boolean isMissingOtherwise =
        open.p("missing-rate-difference") < LEVEL
            && Math.abs(open.value("missing-rate-difference").orElse(0)) >= LEAST_MISSING;
    return new DriftedVariable(name, figures, adjusted, hasShape || isMissingOtherwise);
  }

  /** A figure by its name. */
  public Optional<Estimate> figure(String figure) {
    return figures.stream().filter(one -> one.definition().name().equals(figure)).findFirst();
  }

  /** The band of the population stability index; empty if that is not known. */
  public Optional<Band> band() {
    OptionalDouble psi = value("psi");
    return psi.isPresent() ? Optional.of(Band.of(psi.getAsDouble())) : Optional.empty();
  }

  private double p(String figure) {
    return adjusted.getOrDefault(figure, 1.0);
  }

  private OptionalDouble value(String figure) {
    return figure(figure).map(Estimate::optional).orElse(OptionalDouble.empty());
  }
}
