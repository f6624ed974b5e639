package org.auscult.training;

import java.util.Objects;

/**
 * A column of a table that is written to a file. Every cell may be null.
 *
 * @param type what its cells are
 */
public record Column(String name, Type type) {
  /** What a cell holds. */
  public enum Type {
    /** A String. */
    TEXT,
    /** An Instant, in UTC. */
    TIME,
    /** A Double. */
    NUMBER,
    /** A Float: what MEDS wants of values. */
    SINGLE,
    /** A Long. */
    INTEGER,
    /** A List of Strings. */
    TEXTS
  }

  public Column {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
  }
}
