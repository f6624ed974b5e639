package org.auscult.prove.checklist;

import java.util.Comparator;

/**
 * A test that says of itself what it tests.
 *
 * @param number line of the checklist, or safety rule
 * @param test {@code Class#method}, or {@code Class} for all of its tests
 */
record Mark(Kind kind, int number, String test) implements Comparable<Mark> {
  /** What is numbered. */
  enum Kind {
    CHECKLIST("Checklist"),
    SAFETY("Safety");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** How a Javadoc comment names it, before a colon. */
    String word() {
      return word;
    }
  }

  @Override
  public int compareTo(Mark other) {
    return Comparator.comparing(Mark::kind)
        .thenComparing(Mark::number)
        .thenComparing(Mark::test)
        .compare(this, other);
  }
}
