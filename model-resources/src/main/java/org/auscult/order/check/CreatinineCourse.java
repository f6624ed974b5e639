package org.auscult.order.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.Reading;
import org.auscult.order.Stability;
import org.auscult.order.Stability.State;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Quantity;
import org.auscult.unit.Units;
import org.jspecify.annotations.Nullable;

/**
 * Whether the creatinine rose as in acute kidney injury, in the seven days that end with its newest
 * value.
 *
 * <p>Source: KDIGO Clinical Practice Guideline for Acute Kidney Injury, Kidney Int Suppl
 * 2012;2:1-138, definition 2.1.1: an increase by 0.3 mg/dL (26.5 µmol/L) or more within 48 hours,
 * or to 1.5 times baseline or more within the prior seven days. Urine volume is not looked at.
 *
 * <p>Time: the window is [newest − 7 d, newest], both ends included, and so are exactly 48 hours. A
 * rise anywhere in the window counts, also where later values fell again: kidneys that recover are
 * in no steady state either. Of values that are dated to the day the shortest time that the dates
 * allow counts, and either may be the earlier one; two that are dated to the same instant are no
 * course.
 *
 * <p>Baseline of a value: the lowest earlier value in the window. There is no other: where the
 * window holds one value only, nothing is judged.
 *
 * <p>Unit: two values that the laboratory reported by substance are compared in µmol/L, all others
 * in mg/dL, in exact decimals; so either of KDIGO's two limits is met to the digit. A value that
 * cannot be read, or is above or below a bound, is no point and is left out; without a rise among
 * the others nothing is judged then.
 */
final class CreatinineCourse {
  static final Duration RISE_WINDOW = Duration.ofHours(48);
  static final Duration BASELINE_WINDOW = Duration.ofDays(7);
  private static final BigDecimal RISE_BY_MASS = new BigDecimal("0.3");
  private static final BigDecimal RISE_BY_SUBSTANCE = new BigDecimal("26.5");
  private static final BigDecimal RATIO = new BigDecimal("1.5");
  private static final String BY_SUBSTANCE = "umol/L";

  private CreatinineCourse() {}

  /**
   * Judges.
   *
   * @param readings of the creatinine, in mg/dL, in the order of time
   * @param complete whether the search for them was
   */
  static Stability judge(List<Reading> readings, boolean complete) {
    if (readings.isEmpty()) {
      return new Stability(State.NOT_JUDGED, "no creatinine is recorded", List.of());
    }
    Reading newest = readings.get(readings.size() - 1);
    List<Reading> window =
        readings.stream()
            .filter(r -> !isLonger(apart(r.fact(), newest.fact()), BASELINE_WINDOW))
            .toList();
    List<Point> points = window.stream().flatMap(r -> Point.of(r).stream()).toList();
    Optional<Stability> rise = rise(points);
    if (rise.isPresent()) {
      return rise.get();
    }
    List<String> evidence = window.stream().map(r -> r.fact().source().reference()).toList();
    if (points.size() < window.size()) {
      return notJudged("a creatinine of the last seven days cannot be read as a point", evidence);
    }
    if (points.size() < 2) {
      return notJudged(
          "one creatinine only in seven days, so that a rise cannot be told from it", evidence);
    }
    return complete
        ? new Stability(
            State.STABLE,
            "no rise of the creatinine in the seven days up to its newest value",
            evidence)
        : notJudged("the search for creatinine was not complete", evidence);
  }

  private static Stability notJudged(String text, List<String> evidence) {
    return new Stability(State.NOT_JUDGED, text, evidence);
  }

  private static Optional<Stability> rise(List<Point> points) {
    for (Point later : points) {
      for (Point earlier : points) {
        String how = earlier.mayPrecede(later) ? rise(earlier, later) : null;
        if (how != null) {
          return Optional.of(
              new Stability(
                  State.UNSTABLE,
                  "creatinine rose from %s to %s, %s".formatted(earlier.text(), later.text(), how),
                  List.of(earlier.reference(), later.reference())));
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable String rise(Point earlier, Point later) {
    boolean soon = !isLonger(apart(earlier.fact(), later.fact()), RISE_WINDOW);
    BigDecimal before = earlier.substance();
    BigDecimal after = later.substance();
    boolean byLimit =
        before != null && after != null
            ? after.subtract(before).compareTo(RISE_BY_SUBSTANCE) >= 0
            : later.mass().subtract(earlier.mass()).compareTo(RISE_BY_MASS) >= 0;
    if (soon && byLimit) {
      return "by 0.3 mg/dL (26.5 µmol/L) or more within 48 hours";
    }
    boolean byRatio =
        before != null && after != null
            ? after.compareTo(before.multiply(RATIO)) >= 0
            : later.mass().compareTo(earlier.mass().multiply(RATIO)) >= 0;
    return byRatio ? "to 1.5 times or more within seven days" : null;
  }

  /** The shortest time that the dates allow between two facts; nothing if they may coincide. */
  private static Duration apart(Fact earlier, Fact later) {
    Duration apart = Duration.between(earlier.effective().visibleFrom(), later.effective().from());
    return apart.isNegative() ? Duration.ZERO : apart;
  }

  private static boolean isLonger(Duration duration, Duration limit) {
    return duration.compareTo(limit) > 0;
  }

  /**
   * A value that can be read.
   *
   * @param mass in mg/dL
   * @param substance in µmol/L, if it was reported by substance
   */
  private record Point(
      Fact fact, Quantity original, BigDecimal mass, @Nullable BigDecimal substance) {
    static List<Point> of(Reading reading) {
      List<Point> points = new ArrayList<>();
      if (reading.value() instanceof Present present
          && reading.fact().value() instanceof FactValue.Measured measured) {
        points.add(
            new Point(
                reading.fact(),
                measured.original(),
                BigDecimal.valueOf(present.value()),
                Units.convert(measured.original(), BY_SUBSTANCE)
                    .map(Quantity::value)
                    .orElse(null)));
      }
      return points;
    }

    boolean mayPrecede(Point other) {
      EffectiveTime mine = fact.effective();
      Instant end = other.fact().effective().visibleFrom();
      return end.isAfter(mine.from());
    }

    String reference() {
      return fact.source().reference();
    }

    String text() {
      return original.value().toPlainString() + " " + original.unit();
    }
  }
}
