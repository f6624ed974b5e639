package org.auscult.feature.expression;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A part of an expression, as it was written. */
sealed interface Term {
  /**
   * A number, with its unit if one stands behind it: {@code 4.5 'mmol/L'}.
   *
   * @param unit UCUM; {@code 1} where none is written
   */
  record Literal(double value, String unit) implements Term {}

  /** The value of a feature. */
  record Feature(String name) implements Term {}

  /** Something with one or two operands: {@code +}, {@code <=}, {@code and}, {@code not}. */
  record Operation(String symbol, List<Term> operands) implements Term {
    public Operation {
      operands = List.copyOf(operands);
    }
  }

  /**
   * A function with its arguments.
   *
   * @param unit the quoted unit behind the last argument; null if there is none
   */
  record Call(Function function, List<Term> arguments, @Nullable String unit) implements Term {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** The features named in it, in the order in which they are met. */
  default void collect(Set<String> names) {
    if (this instanceof Feature feature) {
      names.add(feature.name());
    } else if (this instanceof Operation operation) {
      operation.operands().forEach(o -> o.collect(names));
    } else if (this instanceof Call call) {
      call.arguments().forEach(a -> a.collect(names));
    }
  }
}
