package org.auscult.prove.checklist;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * A test that says of itself what it tests.
 *
 * @param line of a checklist, or safety rule, as its list spells it: {@code 13}, {@code 11.10(e)}
 * @param test {@code Class#method}, or {@code Class} for all of its tests
 */
record Mark(Kind kind, String line, String test) implements Comparable<Mark> {
  /** What has numbers. */
  enum Kind {
    CHECKLIST("Checklist"),
    SMART("SMART"),
    TRANSPARENCY("Transparency"),
    GOVERNANCE("Governance"),
    SAFETY("Safety");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** How a Javadoc comment names it, before a colon. */
    String word() {
      return word;
    }

    static Kind of(String word) {
      return Arrays.stream(values()).filter(k -> k.word.equals(word)).findFirst().orElseThrow();
    }

    /** All words, as alternatives of a regular expression. */
    static String words() {
      return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining("|"));
    }
  }

  @Override
  public int compareTo(Mark other) {
    return Comparator.comparing(Mark::kind)
        .thenComparing(Mark::line)
        .thenComparing(Mark::test)
        .compare(this, other);
  }
}
