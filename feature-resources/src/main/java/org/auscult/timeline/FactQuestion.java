package org.auscult.timeline;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What is asked of many snapshots: the facts of some codes. A reading of a timeline answers it once
 * and shows each snapshot what it may see of the answer; so who asks keeps the question. Two are
 * the same only if they are one.
 *
 * @param <T> a fact as it is asked for
 */
public final class FactQuestion<T> {
  private final ResourceKind kind;
  private final Set<Code> codes;
  private final boolean withModels;
  private final Function<Fact, T> form;

  /**
   * @param codes some of them may be families
   * @param withModels whether what a model wrote is asked for, too
   * @param form made of each fact by itself, whenever it was: it may depend on nothing else
   */
  public FactQuestion(
      ResourceKind kind, Set<Code> codes, boolean withModels, Function<Fact, T> form) {
    this.kind = Objects.requireNonNull(kind);
    this.codes = Set.copyOf(codes);
    this.withModels = withModels;
    this.form = Objects.requireNonNull(form);
  }

  ResourceKind kind() {
    return kind;
  }

  Set<Code> codes() {
    return codes;
  }

  boolean isOf(Fact fact) {
    return withModels || fact.context().author() == FactContext.Author.RECORD;
  }

  T form(Fact fact) {
    return form.apply(fact);
  }
}
