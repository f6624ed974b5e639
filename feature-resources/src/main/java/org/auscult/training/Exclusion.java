package org.auscult.training;

/** Why a patient, or one index time, is not in a data set. Each is counted in the manifest. */
public enum Exclusion {
  /** The patient refuses this use by a Consent, wholly or in part. */
  CONSENT("consent", "a Consent refuses this use, wholly or in part"),
  /** Something of the record bears a label of special protection that no Consent permits. */
  PROTECTION("special-protection", "a resource bears a label of special protection"),
  /** The record was merged into another, under which its facts stand. */
  MERGED("merged", "merged into another patient's record"),
  /** Nothing that the data set reads was known of this patient at its cut. */
  NOTHING_KNOWN("nothing-known", "nothing that the data set reads is known of this patient"),
  /** The index rule gave no time. */
  NO_INDEX_TIME("no-index-time", "the index rule gives no time for this patient"),
  /** The index time lies behind the data set's cut. */
  AFTER_CUT("after-cut", "the index time lies after knownAt"),
  /** Before the patient's birth, as the record says it at the cut. */
  BEFORE_BIRTH("before-birth", "the index time lies before the patient's birth"),
  /** After the patient's death, as the record says it at the cut. */
  AFTER_DEATH("after-death", "the index time lies after the patient's death"),
  /** The stay was over before the index time came. */
  STAY_OVER("stay-over", "the stay was over before the index time"),
  /** The stay has no end yet. */
  STAY_OPEN("stay-open", "the stay has not ended"),
  /** Nobody dated the stay. */
  STAY_UNDATED("stay-undated", "the stay has no date"),
  /** More index times in one stay than anybody can want. */
  TOO_MANY("too-many", "a stay gives more than 100,000 index times"),
  /** A criterion of the cohort does not let the patient in as of this time. */
  CRITERIA("cohort-criteria", "a criterion of the cohort is not met"),
  /** A feature that has no vector without its value is missing. */
  REFUSED("feature-refused", "a feature is missing whose definition then refuses the vector"),
  /** The outcome definition leaves the patient out at this time. */
  OUTCOME("outcome-excluded", "the outcome definition excludes it");

  private final String code;
  private final String text;

  Exclusion(String code, String text) {
    this.code = code;
    this.text = text;
  }

  /** As a manifest spells it. */
  public String code() {
    return code;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
