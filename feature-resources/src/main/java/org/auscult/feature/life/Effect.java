package org.auscult.feature.life;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a change of a definition does to those who use it, from least to most. */
public enum Effect {
  /** Words and people: what is said of it, and by whom. */
  EDITORIAL,
  /** Something that programs read; every value stays what it was. */
  COMPATIBLE,
  /** A value may be another one, or bear another name or unit; or nobody can tell. */
  BREAKING;

  /** The code in an answer: {@code breaking}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The greatest of these changes'; empty if there is none. */
  public static Optional<Effect> of(Collection<Change> changes) {
    return changes.stream().map(Change::effect).max(Comparator.naturalOrder());
  }
}
