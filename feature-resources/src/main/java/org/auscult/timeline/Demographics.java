package org.auscult.timeline;

/**
 * The codes under which a Patient's own elements stand in the timeline, so that a corrected birth
 * date is as-of like any other fact.
 */
public final class Demographics {
  public static final String SYSTEM = "https://auscult.org/fhir/CodeSystem/demographics";

  /** Value: Dated. */
  public static final Code BIRTH_DATE = new Code(SYSTEM, "birth-date");

  /** Value: Coded with FHIR's administrative gender. */
  public static final Code GENDER = new Code(SYSTEM, "gender");

  /** Value: Coded with US Core's birth sex (M, F, …). */
  public static final Code BIRTH_SEX = new Code(SYSTEM, "birth-sex");

  /** Value: Coded with sex-parameter-for-clinical-use (male-typical, female-typical, …). */
  public static final Code SEX_PARAMETER_FOR_CLINICAL_USE =
      new Code(SYSTEM, "sex-parameter-for-clinical-use");

  /** Value: Dated or Truth. Present only if the patient is said to be deceased. */
  public static final Code DECEASED = new Code(SYSTEM, "deceased");

  /** Value: Truth(false). Present only if the record is inactive. */
  public static final Code INACTIVE = new Code(SYSTEM, "inactive");

  /** Value: Coded with US Core's race, several if of several. */
  public static final Code RACE = new Code(SYSTEM, "race");

  /** Value: Coded with US Core's ethnicity. */
  public static final Code ETHNICITY = new Code(SYSTEM, "ethnicity");

  /** Value: Coded with the preferred language (BCP 47), and with its part before the hyphen. */
  public static final Code LANGUAGE = new Code(SYSTEM, "language");

  /** Value: Coded with {@link #ADDRESS}, in capital letters. */
  public static final Code STATE = new Code(SYSTEM, "state");

  /** Value: Coded with {@link #ADDRESS}: the code and each of its beginnings, without blanks. */
  public static final Code POSTAL_CODE = new Code(SYSTEM, "postal-code");

  /** Value: Coded with {@link #ADDRESS}, in capital letters. */
  public static final Code COUNTRY = new Code(SYSTEM, "country");

  /** System of parts of addresses as codes. */
  public static final String ADDRESS = "https://auscult.org/fhir/address";

  private Demographics() {}
}
