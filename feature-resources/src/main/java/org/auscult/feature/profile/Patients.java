package org.auscult.feature.profile;

/**
 * How many patients something was seen of, and how many times. What comes of one patient comes
 * together.
 */
public final class Patients {
  private int patients;
  private int times;
  private int last = -1;

  /**
   * Counts one.
   *
   * @param patient not negative; the same number only without another one between
   */
  void add(int patient) {
    times++;
    if (patient != last) {
      patients++;
      last = patient;
    }
  }

  public int patients() {
    return patients;
  }

  public int times() {
    return times;
  }
}
