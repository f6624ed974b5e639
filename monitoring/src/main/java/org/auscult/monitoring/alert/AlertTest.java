package org.auscult.monitoring.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.auscult.statistics.series.ControlLimits;
import org.auscult.statistics.series.Cusum;
import org.jspecify.annotations.Nullable;

/**
 * When a window's figure is a breach. What is exactly at a limit is in order.
 *
 * <p>Source: control limits and cumulative sums as in {@link ControlLimits} and {@link Cusum}.
 */
public sealed interface AlertTest {
  /**
   * Judges each window that comes after the reference, if the test has one.
   *
   * @param counting windows that can be judged, in order
   * @return empty if there is no reference yet, or one by which nothing can be judged
   */
  Optional<List<JudgedWindow>> judge(List<FigurePoint> counting);

  /** What of a figure is compared. */
  Compared compared();

  /**
   * Limits that are given.
   *
   * @param limits one of them at least
   */
  record Fixed(Limits limits, Compared compared) implements AlertTest {
    public Fixed {
      requireOne(limits);
    }

    @Override
    public Optional<List<JudgedWindow>> judge(List<FigurePoint> counting) {
      return Optional.of(judged(counting, limits, compared));
    }
  }

  /**
   * The reference's mean, and how far from it a figure may lie.
   *
   * @param off added to the mean; one of them at least
   */
  record Difference(Limits off, Baseline baseline, Compared compared) implements AlertTest {
    public Difference {
      requireOne(off);
    }

    @Override
    public Optional<List<JudgedWindow>> judge(List<FigurePoint> counting) {
      return after(
          counting,
          baseline,
          compared,
          values ->
              Optional.of(
                  new Limits(sum(mean(values), off.least()), sum(mean(values), off.most()))));
    }

    private static @Nullable Double sum(double mean, @Nullable Double off) {
      return off == null ? null : mean + off;
    }
  }

  /**
   * The reference's mean, and which multiples of it are in order. By a mean that is not above 0
   * nothing can be judged.
   *
   * @param times of the mean, not negative; one of them at least
   */
  record Ratio(Limits times, Baseline baseline, Compared compared) implements AlertTest {
    public Ratio {
      requireOne(times);
      if ((times.least() != null && times.least() < 0)
          || (times.most() != null && times.most() < 0)) {
        throw new IllegalArgumentException("A ratio is not negative");
      }
    }

    @Override
    public Optional<List<JudgedWindow>> judge(List<FigurePoint> counting) {
      return after(
          counting,
          baseline,
          compared,
          values ->
              mean(values) > 0
                  ? Optional.of(
                      new Limits(
                          product(mean(values), times.least()),
                          product(mean(values), times.most())))
                  : Optional.empty());
    }

    private static @Nullable Double product(double mean, @Nullable Double times) {
      return times == null ? null : mean * times;
    }
  }

  /**
   * Mean and three standard deviations of the reference's windows, which must vary; wider for a
   * window of fewer rows than these, see {@link ControlLimits#forRows}.
   */
  record Control(Side side, Baseline baseline, Compared compared) implements AlertTest {
    @Override
    public Optional<List<JudgedWindow>> judge(List<FigurePoint> counting) {
      return baseline
          .of(counting)
          .flatMap(
              reference ->
                  varying(values(reference))
                      .map(
                          limits ->
                              later(counting, reference).stream()
                                  .map(point -> judged(point, limits, rows(reference)))
                                  .toList()));
    }

    private JudgedWindow judged(FigurePoint point, ControlLimits reference, double usual) {
      ControlLimits own = reference.forRows(usual, point.n());
      Limits limits =
          new Limits(
              side.minds(Side.BELOW) ? own.lower() : null,
              side.minds(Side.ABOVE) ? own.upper() : null);
      return new JudgedWindow(point, limits, limits.areBreached(point, compared));
    }
  }

  /**
   * Small shifts from the reference's mean, added up, each in deviations of as many rows. Once the
   * sum of a side has alarmed, each window is a breach until one adds nothing to it: from there the
   * sum begins anew, since it would otherwise alarm long after all is in order.
   */
  record Sums(Side side, Baseline baseline) implements AlertTest {
    @Override
    public Compared compared() {
      return Compared.POINT;
    }

    @Override
    public Optional<List<JudgedWindow>> judge(List<FigurePoint> counting) {
      return baseline
          .of(counting)
          .flatMap(
              reference ->
                  varying(values(reference))
                      .map(limits -> sums(limits, rows(reference), later(counting, reference))));
    }

    private List<JudgedWindow> sums(
        ControlLimits reference, double usual, List<FigurePoint> points) {
      Limits mean =
          new Limits(
              side.minds(Side.BELOW) ? reference.mean() : null,
              side.minds(Side.ABOVE) ? reference.mean() : null);
      List<JudgedWindow> judged = new ArrayList<>();
      double above = 0;
      double below = 0;
      for (FigurePoint point : points) {
        ControlLimits own = reference.forRows(usual, point.n());
        Cusum next = new Cusum(own, above, below).after(point.known());
        above = above > Cusum.DECISION && next.above() <= above ? 0 : next.above();
        below = below > Cusum.DECISION && next.below() <= below ? 0 : next.below();
        boolean isBreach =
            (side.minds(Side.ABOVE) && above > Cusum.DECISION)
                || (side.minds(Side.BELOW) && below > Cusum.DECISION);
        judged.add(new JudgedWindow(point, mean, isBreach));
      }
      return judged;
    }
  }

  private static void requireOne(Limits limits) {
    if (limits.least() == null && limits.most() == null) {
      throw new IllegalArgumentException("There is no limit");
    }
  }

  private static Optional<List<JudgedWindow>> after(
      List<FigurePoint> counting,
      Baseline baseline,
      Compared compared,
      Function<List<Double>, Optional<Limits>> limits) {
    return baseline
        .of(counting)
        .flatMap(
            reference ->
                limits
                    .apply(values(reference))
                    .map(found -> judged(later(counting, reference), found, compared)));
  }

  private static List<JudgedWindow> judged(
      List<FigurePoint> points, Limits limits, Compared compared) {
    return points.stream()
        .map(point -> new JudgedWindow(point, limits, limits.areBreached(point, compared)))
        .toList();
  }

  /** Those that come after the reference. */
  private static List<FigurePoint> later(List<FigurePoint> counting, List<FigurePoint> reference) {
    FigurePoint last = reference.get(reference.size() - 1);
    return counting.subList(counting.indexOf(last) + 1, counting.size());
  }

  private static List<Double> values(List<FigurePoint> points) {
    return points.stream().map(FigurePoint::known).toList();
  }

  /** How many a window of the reference has on average. */
  private static double rows(List<FigurePoint> reference) {
    return reference.stream().mapToLong(FigurePoint::n).average().orElseThrow();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static Optional<ControlLimits> varying(List<Double> values) {
    return ControlLimits.of(values).filter(limits -> limits.deviation() > 0);
  }
}
