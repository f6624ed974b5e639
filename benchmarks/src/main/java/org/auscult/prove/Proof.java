package org.auscult.prove;

/** One claim, measured. */
public interface Proof {
  /** The word by which it is called, such as {@code crash}. */
  String name();

  /** The claim, in one line. */
  String about();

  /**
   * Measures it, and prints what it did and found.
   *
   * @throws Exception if it could not be measured: that is not a proof either
   */
  Verdict run(Conditions conditions) throws Exception;
}
