package org.auscult.order;

import java.util.Arrays;
import java.util.Locale;

/** What became of an order that was drafted, or that a card proposed, by what the record says. */
public enum OrderFate {
  /** A draft was placed: the same product, and the same dosage as far as the draft had one. */
  UNCHANGED,
  /** Instead of a draft another product of the same drug was placed, or another dosage of it. */
  CHANGED,
  /** Nothing of the kind was placed while there was time for it. */
  NOT_ORDERED,
  /** What was proposed was placed. */
  ORDERED,
  /** There is still time for it. */
  OPEN,
  /** The record cannot tell. */
  UNTOLD;

  /** As it is stored: {@code not-ordered}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is known what became of it. */
  public boolean isTold() {
    return this != OPEN && this != UNTOLD;
  }

  /**
   * The one with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static OrderFate of(String code) {
    return Arrays.stream(values())
        .filter(fate -> fate.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No fate is called " + code));
  }
}
