package org.auscult.timeline;

/** What stands before a number: {@code >60} is not the point 60. */
public enum Comparator {
  NONE(""),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER_OR_EQUAL(">="),
  GREATER(">");

  private final String symbol;

  Comparator(String symbol) {
    this.symbol = symbol;
  }

  /** FHIR's code for it, empty for {@link #NONE}. */
  public String symbol() {
    return symbol;
  }
}
