package org.auscult.feature.expression;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What a derived feature makes of others, as it is written in its definition.
 *
 * <pre>
 *   weight / (height * height)
 *   quantity(142 * min(number(creatinine, 'mg/dL') / 0.9, 1) ^ -0.302, 'mL/min/{1.73_m2}')
 *   if(systolic &lt; 90 'mm[Hg]' or missing(systolic), 1, 0)
 * </pre>
 *
 * Operators from loose to tight: {@code or}, {@code and}, {@code not}, comparisons ({@code < <= >
 * >= = !=}), {@code + -}, {@code * /}, unary {@code -}, {@code ^} (groups to the right). Truth is 1
 * and 0.
 */
public final class Expression {
  private final String text;
  private final Term term;

  private Expression(String text, Term term) {
    this.text = text;
    this.term = term;
  }

  /**
   * Reads an expression.
   *
   * <p>Errors: {@link ExpressionException} with the place of the first mistake.
   */
  public static Expression parse(String text) {
    return new Expression(text, new Parser(text).parse());
  }

  /** The names of the features in it, in the order in which they are met. */
  public Set<String> features() {
    Set<String> names = new LinkedHashSet<>();
    term.collect(names);
    return Collections.unmodifiableSet(names);
  }

  Term term() {
    return term;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Expression expression && expression.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text);
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
