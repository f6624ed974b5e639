package org.auscult.feature;

import java.util.List;
import java.util.Objects;
import org.auscult.feature.expression.Expression;

/**
 * What a derived feature is made of.
 *
 * @param inputs canonicals with version of the features that the expression names
 */
public record Derivation(Expression expression, List<String> inputs) {
  public Derivation {
    Objects.requireNonNull(expression);
    inputs = List.copyOf(inputs);
  }
}
