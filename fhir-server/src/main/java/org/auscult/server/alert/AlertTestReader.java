package org.auscult.server.alert;

import static org.auscult.feature.fhir.Problems.part;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.auscult.feature.fhir.Problems;
import org.auscult.monitoring.alert.AlertTest;
import org.auscult.monitoring.alert.Baseline;
import org.auscult.monitoring.alert.Compared;
import org.auscult.monitoring.alert.Limits;
import org.auscult.monitoring.alert.Side;
import org.auscult.monitoring.performance.ReportWindow;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads the test of an alert rule. */
final class AlertTestReader {
  /** The deviation of fewer windows is a guess. */
  private static final int LEAST_TO_VARY = 5;

  private final Extension stated;
  private final String where;
  private final ReportWindow.@Nullable Kind window;
  private final Problems problems;
  private final int before;

  /**
   * @param window of the rule; null if that is not known
   */
  AlertTestReader(
      Extension stated, String where, ReportWindow.@Nullable Kind window, Problems problems) {
    this.stated = stated;
    this.where = where;
    this.window = window;
    this.problems = problems;
    this.before = problems.all().size();
  }

  /** The test; empty, and a problem at least, if it is none. */
  Optional<AlertTest> test() {
    Optional<Compared> compared = coded("compared", "point or bound", Compared::of);
    String kind = String.valueOf(part(stated, "kind"));
    return switch (kind) {
      case "fixed" -> {
        Limits limits = limits();
        without("side", "windows", "period");
        yield made(() -> new AlertTest.Fixed(limits, compared.orElseThrow()));
      }
      case "difference" -> {
        Limits limits = limits();
        Baseline baseline = baseline(1);
        without("side");
        yield made(() -> new AlertTest.Difference(limits, baseline, compared.orElseThrow()));
      }
      case "ratio" -> {
        Limits limits = limits();
        Baseline baseline = baseline(1);
        without("side");
        if (isNegative(limits.least()) || isNegative(limits.most())) {
          problems.add(where, "a ratio is negative", "Give multiples of the reference's mean.");
        }
        yield made(() -> new AlertTest.Ratio(limits, baseline, compared.orElseThrow()));
      }
      case "control-limits" -> {
        Optional<Side> side = side();
        Baseline baseline = varying();
        yield made(
            () -> new AlertTest.Control(side.orElseThrow(), baseline, compared.orElseThrow()));
      }
      case "cusum" -> {
        Optional<Side> side = side();
        Baseline baseline = varying();
        if (compared.filter(c -> c == Compared.BOUND).isPresent()) {
          problems.add(where + ".compared", "sums are of values", "Say point.");
        }
        yield made(() -> new AlertTest.Sums(side.orElseThrow(), baseline));
      }
      default -> {
        problems.add(
            where + ".kind",
            "'" + kind + "' is none",
            "Say fixed, difference, ratio, control-limits or cusum.");
        yield Optional.empty();
      }
    };
  }

  private Optional<AlertTest> made(Supplier<AlertTest> maker) {
    return problems.all().size() > before ? Optional.empty() : Optional.of(maker.get());
  }

  private Optional<Side> side() {
    without("lower", "upper");
    return coded("side", "below, above or either", Side::of);
  }

  /** Windows that overlap go together, and would seem to vary less than they do. */
  private Baseline varying() {
    if (window == ReportWindow.Kind.QUARTER) {
      problems.add(
          where + ".kind",
          "windows of three months overlap, so their deviation is too small",
          "Watch months.");
    }
    return baseline(LEAST_TO_VARY);
  }

  private Limits limits() {
    Double lower = decimal("lower");
    Double upper = decimal("upper");
    if (lower == null && upper == null) {
      problems.add(where, "there is no limit", "Give lower, upper or both.");
    } else if (lower != null && upper != null && lower > upper) {
      problems.add(where, "lower lies above upper", "Give what is in order between them.");
    }
    return new Limits(lower, upper);
  }

  private static boolean isNegative(@Nullable Double limit) {
    return limit != null && limit < 0;
  }

  private @Nullable Double decimal(String name) {
    Type value = Problems.value(stated, name);
    if (value instanceof DecimalType decimal && decimal.hasValue()) {
      return decimal.getValue().doubleValue();
    }
    if (value != null) {
      problems.add(where + "." + name, "it is no decimal", "Give it as valueDecimal.");
    }
    return null;
  }

  private Baseline baseline(int least) {
    Type windows = Problems.value(stated, "windows");
    Type period = Problems.value(stated, "period");
    if (windows instanceof IntegerType number && number.hasValue() && period == null) {
      if (number.getValue() >= least) {
        return new Baseline.First(number.getValue());
      }
      problems.add(
          where + ".windows",
          number.getValue() + " windows are too few for this test",
          "Give " + least + " or more.");
    } else if (period instanceof Period within
        && windows == null
        && within.hasStart()
        && within.hasEnd()
        && within.getStart().before(within.getEnd())) {
      return new Baseline.Within(within.getStart().toInstant(), within.getEnd().toInstant());
    } else {
      problems.add(
          where,
          "it has not one reference",
          "Give windows, how many, or period, with start and end.");
    }
    return new Baseline.First(least);
  }

  private void without(String... names) {
    for (String name : names) {
      if (stated.hasExtension(name)) {
        problems.add(where + "." + name, "this kind of test does not use it", "Remove it.");
      }
    }
  }

  private <T> Optional<T> coded(String name, String choice, Function<String, Optional<T>> reader) {
    String code = part(stated, name);
    Optional<T> found = code == null ? Optional.empty() : reader.apply(code);
    if (found.isEmpty()) {
      problems.add(
          where + "." + name,
          code == null ? "it is missing" : "'" + code + "' is none",
          "Say " + choice + ".");
    }
    return found;
  }
}
