package org.auscult.monitoring.cause;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One way in which facts may differ.
 *
 * @param value empty if the record does not say
 */
public record Trait(Kind kind, String value) implements Comparable<Trait> {
  /** What differs. */
  public enum Kind {
    /** The unit as it was recorded. */
    UNIT,
    /** The code under which it was recorded. */
    CODE,
    /** The organization from which it came. */
    SITE,
    /** What it was measured with. */
    DEVICE,
    /** How it was measured. */
    METHOD
  }

  public Trait {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(value);
  }

  /** Those of a fact. */
  static List<Trait> of(SeenFact fact) {
    return List.of(
        new Trait(Kind.UNIT, fact.unit()),
        new Trait(Kind.CODE, fact.code().toString()),
        new Trait(Kind.SITE, fact.site()),
        new Trait(Kind.DEVICE, fact.device()),
        new Trait(Kind.METHOD, fact.method()));
  }

  @Override
  public int compareTo(Trait other) {
    return Comparator.comparing(Trait::kind).thenComparing(Trait::value).compare(this, other);
  }
}
