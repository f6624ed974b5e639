package org.auscult.statistics.drift;

import java.util.ArrayList;
import java.util.List;
import org.auscult.statistics.estimate.Definition;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.estimate.Reason;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.Proportion;

/** How a variable that is a number drifted from a reference. */
public final class NumericDrift {
  private static final Definition WASSERSTEIN =
      Definition.of(
              "wasserstein", "area between the distribution functions / sigma of the reference")
          .with("sigma", "of a sample, by n - 1");

  private final Numbers reference;
  private final ReferenceBins bins;
  private final double deviation;

  private NumericDrift(Numbers reference) {
    this.reference = reference;
    bins = ReferenceBins.of(reference);
    deviation = reference.deviation();
  }

  /** From this reference. */
  public static NumericDrift from(Numbers reference) {
    return new NumericDrift(reference);
  }

  /** The bins to be kept with every figure that was made with them. */
  public ReferenceBins bins() {
    return bins;
  }

  /** All figures of this sample. No intervals are defined, but of the missing rate. */
  public List<Estimate> of(Numbers current) {
    List<Estimate> all =
        new ArrayList<>(
            new Shares(bins.counts(), bins.count(current)).distances(ReferenceBins.BINNING));
    all.add(KolmogorovSmirnov.of(reference, current));
    all.add(wasserstein(current));
    all.add(
        Shares.missing(
            new Proportion(reference.missing(), reference.rows()),
            new Proportion(current.missing(), current.rows())));
    return List.copyOf(all);
  }

  private Estimate wasserstein(Numbers current) {
    long n = (long) reference.size() + current.size();
    if (reference.size() < 2 || current.size() == 0) {
      return WASSERSTEIN.unknown(
          n, Reason.TOO_FEW, "it needs two numbers of the reference, and one of now");
    }
    return deviation == 0
        ? WASSERSTEIN.unknown(n, Reason.NO_VARIATION, "the reference has a sigma of 0")
        : WASSERSTEIN.known(n, areaBetween(current) / deviation);
  }

  private double areaBetween(Numbers current) {
    double area = 0;
    double at = Math.min(reference.get(0), current.get(0));
    int i = 0;
    int j = 0;
    double perReference = 1.0 / reference.size();
    double perCurrent = 1.0 / current.size();
    while (i < reference.size() || j < current.size()) {
      double next =
          j == current.size() || (i < reference.size() && reference.get(i) <= current.get(j))
              ? reference.get(i)
              : current.get(j);
      area += Math.abs(i * perReference - j * perCurrent) * (next - at);
      at = next;
      while (i < reference.size() && reference.get(i) == at) {
        i++;
      }
      while (j < current.size() && current.get(j) == at) {
        j++;
      }
    }
    return area;
  }
}
