package org.auscult.prediction;

/** Whose facts a prediction was made of. */
public enum FactBasis {
  /** Our record's alone: a replay by the patient's epoch gives the same vector. */
  RECORD,
  /** A caller's too, or only a caller's: our record cannot tell all of it again. */
  CALLER
}
