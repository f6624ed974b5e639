package org.auscult.model;

/** What a model's outputs are. */
public enum OutputKind {
  /** A probability, 0–1. */
  PROBABILITY,
  /** A value with a unit, such as an eGFR: never dressed as a probability (safety rule 11). */
  VALUE,
  /** Points and their band: never a probability, never percent (safety rule 11). */
  SCORE
}
