package org.auscult.feature.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.auscult.feature.expression.Formula.Code;
import org.auscult.timeline.Quantity;
import org.auscult.unit.Units;
import org.jspecify.annotations.Nullable;

/**
 * Finds the unit of each part of an expression, puts conversions where operands differ in scale,
 * and says where they measure different things. Goes on after a problem, to find all of them.
 */
final class UnitChecker {
  private static final String ONE = "1";
  private static final int HIGHEST_POWER = 6;

  private final Map<String, String> units;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> strangers = new LinkedHashSet<>();

  UnitChecker(Map<String, String> units) {
    this.units = Map.copyOf(units);
  }

  /** A part that can be worked out, and the unit in which it comes. */
  record Typed(Code code, String unit) {}

  List<String> problems() {
    return problems;
  }

  /** Names of which no unit is known. */
  Set<String> strangers() {
    return strangers;
  }

  /** Null if the part has a problem. */
  @Nullable Typed check(Term term) {
    if (term instanceof Term.Literal literal) {
      return literal(literal);
    }
    if (term instanceof Term.Feature feature) {
      return feature(feature.name());
    }
    if (term instanceof Term.Operation operation) {
      return operation(operation);
    }
    return call((Term.Call) term);
  }

  /** The part in a given unit; null and a problem if it cannot be. */
  @Nullable Code inUnit(Typed part, String unit, String what) {
    if (part.unit().equals(unit)) {
      return part.code();
    }
    Optional<double[]> line = line(part.unit(), unit);
    if (line.isEmpty()) {
      problems.add(what + " is in '" + part.unit() + "', which cannot become '" + unit + "'.");
      return null;
    }
    double factor = line.get()[0];
    double offset = line.get()[1];
    Code code = part.code();
    return run -> code.run(run) * factor + offset;
  }

  /** Factor and offset from one unit to another. */
  private static Optional<double[]> line(String from, String to) {
    Optional<Quantity> none = Units.convert(new Quantity(BigDecimal.ZERO, from), to);
    Optional<Quantity> one = Units.convert(new Quantity(BigDecimal.ONE, from), to);
    if (none.isEmpty() || one.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal offset = none.get().value();
    double factor = one.get().value().subtract(offset).doubleValue();
    return Optional.of(new double[] {factor, offset.doubleValue()});
  }

  private @Nullable Typed literal(Term.Literal literal) {
    if (!Units.isKnown(literal.unit())) {
      problems.add("'" + literal.unit() + "' is no UCUM unit.");
      return null;
    }
    double value = literal.value();
    return new Typed(run -> value, literal.unit());
  }

  private @Nullable Typed feature(String name) {
    String unit = units.get(name);
    if (unit == null) {
      strangers.add(name);
      return null;
    }
    return new Typed(run -> run.value(name), unit);
  }

  private @Nullable Typed operation(Term.Operation operation) {
    List<Typed> parts = all(operation.operands());
    if (parts == null) {
      return null;
    }
    Typed left = parts.get(0);
    if (parts.size() == 1) {
      return operation.symbol().equals("negative")
          ? new Typed(run -> -left.code().run(run), left.unit())
          : truth(operation.symbol(), bare(left, "What stands behind not"), null);
    }
    Typed right = parts.get(1);
    return switch (operation.symbol()) {
      case "+", "-" -> sum(operation.symbol(), left, right);
      case "*" -> product(left, right);
      case "/" -> quotient(left, right);
      case "^" -> power(left, right, operation.operands().get(1));
      case "and", "or" ->
          truth(
              operation.symbol(),
              bare(left, "What stands before " + operation.symbol()),
              bare(right, "What stands behind " + operation.symbol()));
      default -> comparison(operation.symbol(), left, right);
    };
  }

  private @Nullable List<Typed> all(List<Term> terms) {
    List<Typed> parts = new ArrayList<>();
    for (Term term : terms) {
      Typed part = check(term);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts.size() == terms.size() ? parts : null;
  }

  private @Nullable Typed sum(String symbol, Typed left, Typed right) {
    Code a = left.code();
    Code b = alike(symbol, left, right);
    if (b == null) {
      return null;
    }
    return symbol.equals("+")
        ? new Typed(run -> a.run(run) + b.run(run), left.unit())
        : new Typed(run -> a.run(run) - b.run(run), left.unit());
  }

  /** The right operand in the left one's unit. */
  private @Nullable Code alike(String symbol, Typed left, Typed right) {
    if (line(right.unit(), left.unit()).isEmpty()) {
      problems.add(
          "'"
              + left.unit()
              + "' "
              + symbol
              + " '"
              + right.unit()
              + "': these do not measure the same thing. Let both features be in one unit, or use"
              + " number(x, 'unit').");
      return null;
    }
    return inUnit(right, left.unit(), "The right side");
  }

  private @Nullable Typed product(Typed left, Typed right) {
    if (hasOffset(left) || hasOffset(right)) {
      return null;
    }
    Code a = left.code();
    Code b = right.code();
    return new Typed(run -> a.run(run) * b.run(run), product(left.unit(), right.unit()));
  }

  private @Nullable Typed quotient(Typed left, Typed right) {
    if (hasOffset(left) || hasOffset(right)) {
      return null;
    }
    boolean isByNumber = right.unit().equals(ONE);
    boolean isAlike = !isByNumber && line(right.unit(), left.unit()).isPresent();
    Code a = left.code();
    Code b = isAlike ? inUnit(right, left.unit(), "The divisor") : right.code();
    if (b == null) {
      return null;
    }
    String unit = isAlike ? ONE : left.unit() + "/(" + right.unit() + ")";
    return new Typed(
        run -> {
          double above = a.run(run);
          double below = b.run(run);
          return Double.isNaN(above) || Double.isNaN(below)
              ? Double.NaN
              : run.defined(above / below, "a division by zero");
        },
        isByNumber ? left.unit() : unit);
  }

  private static String product(String left, String right) {
    if (left.equals(ONE)) {
      return right;
    }
    return right.equals(ONE) ? left : "(" + left + ").(" + right + ")";
  }

  private @Nullable Typed power(Typed base, Typed exponent, Term written) {
    Code power = bare(exponent, "An exponent");
    if (power == null) {
      return null;
    }
    if (line(base.unit(), ONE).isPresent()) {
      Code number = bare(base, "The base");
      return number == null ? null : new Typed(two(number, power, Math::pow, "a power"), ONE);
    }
    boolean isWhole =
        written instanceof Term.Literal literal
            && literal.value() == Math.rint(literal.value())
            && literal.value() >= 1
            && literal.value() <= HIGHEST_POWER;
    if (!isWhole) {
      problems.add(
          "'"
              + base.unit()
              + "' can be raised to a whole number from 1 to "
              + HIGHEST_POWER
              + " only. Use number(x, 'unit') for others.");
      return null;
    }
    if (hasOffset(base)) {
      return null;
    }
    String unit = base.unit();
    for (int i = 1; i < ((Term.Literal) written).value(); i++) {
      unit = product(unit, base.unit());
    }
    return new Typed(two(base.code(), power, Math::pow, "a power"), unit);
  }

  /** A degree of temperature is no amount of anything: twice 20 °C is not 40 °C. */
  private boolean hasOffset(Typed part) {
    boolean has = line(part.unit(), "K").filter(line -> line[1] != 0).isPresent();
    if (has) {
      problems.add(
          "A temperature in '"
              + part.unit()
              + "' cannot be multiplied or divided. Use number(x, '"
              + part.unit()
              + "').");
    }
    return has;
  }

  private @Nullable Typed comparison(String symbol, Typed left, Typed right) {
    Code a = left.code();
    Code b = alike(symbol, left, right);
    if (b == null) {
      return null;
    }
    return new Typed(
        run -> {
          double x = a.run(run);
          double y = b.run(run);
          if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
          }
          boolean holds =
              switch (symbol) {
                case "<" -> x < y;
                case "<=" -> x <= y;
                case ">" -> x > y;
                case ">=" -> x >= y;
                case "=" -> x == y;
                default -> x != y;
              };
          return holds ? 1 : 0;
        },
        ONE);
  }

  /** What one side decides is decided, even if the other is missing. */
  private static @Nullable Typed truth(String symbol, @Nullable Code left, @Nullable Code right) {
    if (left == null || (right == null && !symbol.equals("not"))) {
      return null;
    }
    if (right == null) {
      return new Typed(
          run -> {
            double x = left.run(run);
            return Double.isNaN(x) ? x : x == 0 ? 1 : 0;
          },
          ONE);
    }
    boolean deciding = symbol.equals("or");
    return new Typed(
        run -> {
          double x = run.tried(left);
          double y = run.tried(right);
          if ((!Double.isNaN(x) && (x != 0) == deciding)
              || (!Double.isNaN(y) && (y != 0) == deciding)) {
            return deciding ? 1 : 0;
          }
          // Neither decides: what is missing in one of them is missing in all.
          boolean isMissing = Double.isNaN(left.run(run)) || Double.isNaN(right.run(run));
          return isMissing ? Double.NaN : deciding ? 0 : 1;
        },
        ONE);
  }

  private @Nullable Code bare(Typed part, String what) {
    return inUnit(part, ONE, what);
  }

  private @Nullable Typed call(Term.Call call) {
    if (call.function() == Function.MISSING) {
      String name = ((Term.Feature) call.arguments().get(0)).name();
      return feature(name) == null ? null : new Typed(run -> run.isRecorded(name) ? 0 : 1, ONE);
    }
    List<Typed> parts = all(call.arguments());
    if (parts == null) {
      return null;
    }
    Typed first = parts.get(0);
    return switch (call.function()) {
      case MIN -> extreme(parts, Comparator.naturalOrder());
      case MAX -> extreme(parts, Comparator.reverseOrder());
      case ABS -> new Typed(run -> Math.abs(first.code().run(run)), first.unit());
      case ROUND -> new Typed(run -> Math.floor(first.code().run(run) + 0.5), first.unit());
      case FLOOR -> new Typed(run -> Math.floor(first.code().run(run)), first.unit());
      case LN -> ofBare(first, Math::log, "a logarithm of a number that is not above zero");
      case LOG10 -> ofBare(first, Math::log10, "a logarithm of a number that is not above zero");
      case EXP -> ofBare(first, Math::exp, "an exponential that is too large");
      case SQRT -> ofBare(first, Math::sqrt, "a root of a negative number");
      case IF -> conditional(parts);
      case WHEN -> when(parts);
      case COALESCE -> coalesce(parts);
      case NUMBER -> {
        Code code = inUnit(first, unit(call), "What number() is of");
        yield code == null ? null : new Typed(code, ONE);
      }
      case QUANTITY -> quantity(first, unit(call));
      case MISSING -> throw new IllegalStateException("handled above");
    };
  }

  private static String unit(Term.Call call) {
    return call.unit() == null ? ONE : call.unit();
  }

  private @Nullable Typed quantity(Typed part, String unit) {
    if (!Units.isKnown(unit)) {
      problems.add("'" + unit + "' is no UCUM unit.");
      return null;
    }
    Code code = bare(part, "What quantity() is of");
    return code == null ? null : new Typed(code, unit);
  }

  private @Nullable Typed ofBare(Typed part, DoubleUnaryOperator function, String otherwise) {
    Code code = bare(part, "The argument");
    if (code == null) {
      return null;
    }
    return new Typed(
        run -> {
          double x = code.run(run);
          return Double.isNaN(x) ? x : run.defined(function.applyAsDouble(x), otherwise);
        },
        ONE);
  }

  private static Code two(Code left, Code right, DoubleBinaryOperator function, String what) {
    return run -> {
      double x = left.run(run);
      double y = right.run(run);
      return Double.isNaN(x) || Double.isNaN(y)
          ? Double.NaN
          : run.defined(function.applyAsDouble(x, y), what + " that is no number");
    };
  }

  private @Nullable Typed extreme(List<Typed> parts, Comparator<Double> order) {
    List<Code> codes = sameUnit(parts);
    if (codes == null) {
      return null;
    }
    return new Typed(
        run -> {
          double best = codes.get(0).run(run);
          for (Code code : codes.subList(1, codes.size())) {
            double x = code.run(run);
            if (Double.isNaN(x) || Double.isNaN(best)) {
              best = Double.NaN;
            } else if (order.compare(x, best) < 0) {
              best = x;
            }
          }
          return best;
        },
        parts.get(0).unit());
  }

  private @Nullable Typed conditional(List<Typed> parts) {
    Code condition = bare(parts.get(0), "A condition");
    List<Code> branches = sameUnit(parts.subList(1, 3));
    if (condition == null || branches == null) {
      return null;
    }
    return new Typed(
        run -> {
          double holds = condition.run(run);
          return Double.isNaN(holds) ? holds : branches.get(holds != 0 ? 0 : 1).run(run);
        },
        parts.get(1).unit());
  }

  private @Nullable Typed when(List<Typed> parts) {
    Code condition = bare(parts.get(0), "A condition");
    Code value = parts.get(1).code();
    if (condition == null) {
      return null;
    }
    return new Typed(
        run -> {
          double holds = condition.run(run);
          return holds == 0
              ? run.defined(Double.NaN, "its condition does not hold")
              : Double.isNaN(holds) ? holds : value.run(run);
        },
        parts.get(1).unit());
  }

  private @Nullable Typed coalesce(List<Typed> parts) {
    List<Code> codes = sameUnit(parts);
    if (codes == null) {
      return null;
    }
    return new Typed(
        run -> {
          for (Code code : codes) {
            double x = run.tried(code);
            if (!Double.isNaN(x)) {
              return x;
            }
          }
          return codes.get(0).run(run);
        },
        parts.get(0).unit());
  }

  /** All parts in the unit of the first. */
  private @Nullable List<Code> sameUnit(List<Typed> parts) {
    List<Code> codes = new ArrayList<>();
    for (Typed part : parts) {
      Code code = codes.isEmpty() ? part.code() : alike("and", parts.get(0), part);
      if (code != null) {
        codes.add(code);
      }
    }
    return codes.size() == parts.size() ? codes : null;
  }
}
