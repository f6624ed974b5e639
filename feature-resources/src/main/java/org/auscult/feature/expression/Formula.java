package org.auscult.feature.expression;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.expression.UnitChecker.Typed;
import org.jspecify.annotations.Nullable;

/**
 * An expression whose units were checked, ready to be worked out: every operand arrives in the unit
 * in which it is used, and the result is in the unit that was asked for.
 */
public final class Formula {
  private final Code code;

  private Formula(Code code) {
    this.code = code;
  }

  /** The values of other features. */
  public interface Inputs {
    /**
     * @return the value in the feature's own unit; NaN if it is missing
     */
    double value(String feature);

    /** Whether the record itself gave the value, within the feature's window. */
    boolean isRecorded(String feature);
  }

  /** What comes of it. */
  public sealed interface Result {
    /** A finite number in the result's unit. */
    record Value(double number) implements Result {}

    /** A feature whose value would have been needed is missing. */
    record Needs(String feature) implements Result {}

    /**
     * Arithmetic has no answer.
     *
     * @param why for people: {@code a division by zero}
     */
    record Undefined(String why) implements Result {}
  }

  /** A step. NaN stands for missing or undefined; the run knows which. */
  interface Code {
    double run(Run run);
  }

  /** One evaluation: remembers the first thing that went wrong on the way that was taken. */
  static final class Run {
    private final Inputs inputs;
    private @Nullable Result trouble;

    Run(Inputs inputs) {
      this.inputs = inputs;
    }

    double value(String feature) {
      double value = inputs.value(feature);
      if (Double.isNaN(value)) {
        trouble(new Result.Needs(feature));
      }
      return value;
    }

    boolean isRecorded(String feature) {
      return inputs.isRecorded(feature);
    }

    /** A result of operands that were all there. */
    double defined(double value, String otherwise) {
      if (Double.isFinite(value)) {
        return value;
      }
      trouble(new Result.Undefined(otherwise));
      return Double.NaN;
    }

    /** Tries one part; what was missing in it is forgotten. */
    double tried(Code part) {
      Result before = trouble;
      double value = part.run(this);
      trouble = before;
      return value;
    }

    private void trouble(Result what) {
      if (trouble == null) {
        trouble = what;
      }
    }
  }

  /**
   * What became of checking an expression.
   *
   * @param misfits units that do not fit, in words
   * @param strangers names of which no unit was given
   */
  public record Checked(@Nullable Formula formula, List<String> misfits, Set<String> strangers) {
    public Checked {
      misfits = List.copyOf(misfits);
      strangers = Set.copyOf(strangers);
    }

    /** Everything that is wrong, in words. */
    public List<String> problems() {
      return Stream.concat(
              misfits.stream(),
              strangers.stream()
                  .sorted()
                  .map(n -> "'" + n + "' is none of the features that the definition depends on."))
          .toList();
    }

    /** The formula. Errors: IllegalStateException with all problems if there is none. */
    public Formula orThrow() {
      if (formula == null) {
        throw new IllegalStateException(String.join(" ", problems()));
      }
      return formula;
    }
  }

  /**
   * Checks an expression's units.
   *
   * @param units by feature: the UCUM unit of its value
   * @param unit UCUM unit of the result
   * @return the formula, or every problem that was found, in words
   */
  public static Checked check(Expression expression, Map<String, String> units, String unit) {
    UnitChecker checker = new UnitChecker(units);
    Typed typed = checker.check(expression.term());
    Code code = typed == null ? null : checker.inUnit(typed, unit, "The result");
    boolean isGood = code != null && checker.problems().isEmpty() && checker.strangers().isEmpty();
    return new Checked(
        isGood ? new Formula(Objects.requireNonNull(code)) : null,
        checker.problems(),
        checker.strangers());
  }

  /** Works it out. */
  public Result of(Inputs inputs) {
    Run run = new Run(inputs);
    double value = code.run(run);
    if (Double.isNaN(value)) {
      // Without a trouble of its own only infinities met, such as one taken from another.
      return Objects.requireNonNullElseGet(
          run.trouble, () -> new Result.Undefined("a number too large"));
    }
    return Double.isFinite(value)
        ? new Result.Value(value)
        : new Result.Undefined("a number too large");
  }
}
