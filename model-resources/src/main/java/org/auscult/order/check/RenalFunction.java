package org.auscult.order.check;

/**
 * The formulas by which kidneys are judged for a dose. Adults only; whoever calls has checked that.
 *
 * <p>Source: Cockcroft DW, Gault MH. Prediction of creatinine clearance from serum creatinine.
 * Nephron 1976;16:31-41. Devine BJ. Gentamicin therapy. Drug Intell Clin Pharm 1974;8:650-5. Du
 * Bois D, Du Bois EF. Arch Intern Med 1916;17:863-71, which is the formula of the 1.73 m2, and the
 * one that the US National Institute of Diabetes and Digestive and Kidney Diseases states for
 * de-indexing ("Determining Drug Dosing in Adults with Chronic Kidney Disease").
 */
public final class RenalFunction {
  /** Body surface to which filtration rates are indexed, in m2. */
  public static final double INDEXED_SURFACE = 1.73;

  /** From here on Devine's formula holds: five feet, in cm. */
  public static final double DEVINE_FROM_CM = 152.4;

  private static final double CM_PER_INCH = 2.54;

  private RenalFunction() {}

  /** Sex as a parameter of formulas. */
  public enum Sex {
    FEMALE,
    MALE
  }

  /**
   * Creatinine clearance by Cockcroft–Gault: (140 − age) × weight ÷ (72 × creatinine), × 0.85 for
   * women. Unit: mL/min, of the patient's own body.
   *
   * @param age in completed years, below 140
   * @param creatinine in serum or plasma, mg/dL, above 0
   * @param weight in kg, above 0: which one, the rule states
   */
  public static double cockcroftGault(int age, Sex sex, double creatinine, double weight) {
    if (age >= 140) {
      throw new IllegalArgumentException("Cockcroft–Gault ends at 140 years: " + age);
    }
    positive(creatinine, "creatinine");
    positive(weight, "weight");
    double male = (140 - age) * weight / (72 * creatinine);
    return sex == Sex.FEMALE ? male * 0.85 : male;
  }

  /**
   * Ideal weight by Devine: 50 kg for men, 45.5 kg for women, and 2.3 kg for each inch above five
   * feet. Unit: kg.
   *
   * @param height in cm, not below {@link #DEVINE_FROM_CM}: the formula says nothing of less
   */
  public static double idealWeight(Sex sex, double height) {
    if (!(height >= DEVINE_FROM_CM)) {
      throw new IllegalArgumentException("Devine's formula begins at five feet: " + height);
    }
    double base = sex == Sex.FEMALE ? 45.5 : 50;
    return base + 2.3 * (height - DEVINE_FROM_CM) / CM_PER_INCH;
  }

  /**
   * Adjusted weight: the ideal one and 0.4 of what the patient weighs more; who weighs less than
   * ideal has the actual one. Unit: kg.
   */
  public static double adjustedWeight(double ideal, double actual) {
    positive(ideal, "ideal weight");
    positive(actual, "weight");
    return actual <= ideal ? actual : ideal + 0.4 * (actual - ideal);
  }

  /**
   * Body surface by Du Bois and Du Bois: 0.007184 × weight^0.425 × height^0.725. Unit: m2.
   *
   * @param height in cm
   * @param weight in kg
   */
  public static double bodySurface(double height, double weight) {
    positive(height, "height");
    positive(weight, "weight");
    return 0.007184 * Math.pow(weight, 0.425) * Math.pow(height, 0.725);
  }

  /** Body mass index. Unit: kg/m2. */
  public static double bodyMassIndex(double height, double weight) {
    positive(height, "height");
    positive(weight, "weight");
    double metres = height / 100;
    return weight / (metres * metres);
  }

  /**
   * The filtration rate of the patient's own body, of one that is indexed to 1.73 m2. Unit: mL/min.
   *
   * @param indexed in mL/min/{1.73_m2}
   * @param surface in m2
   */
  public static double deIndexed(double indexed, double surface) {
    positive(indexed, "eGFR");
    positive(surface, "body surface");
    return indexed * surface / INDEXED_SURFACE;
  }

  private static void positive(double value, String what) {
    if (!(value > 0)) {
      throw new IllegalArgumentException("The " + what + " lies above zero: " + value);
    }
  }
}
