package org.auscult.display;

/** How urgent a card is, in rising order. */
public enum Urgency {
  INFO,
  WARNING,
  CRITICAL
}
