package org.auscult.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;

/** The names of the features that order checks read, with their units. */
public final class RenalInputs {
  public static final String AGE = "age";
  public static final String SEX = "sex";
  public static final String CREATININE = "creatinine";
  public static final String EGFR = "egfr_2021";
  public static final String WEIGHT = "weight";
  public static final String HEIGHT = "height";
  public static final String DIALYSIS_DEPENDENCE = "dialysis_dependence";
  public static final String DIALYSIS = "dialysis";
  public static final String KIDNEY_TRANSPLANT = "kidney_transplant";
  public static final String KIDNEY_TRANSPLANTATION = "kidney_transplantation";
  public static final String ACUTE_KIDNEY_INJURY = "acute_kidney_injury";

  private static final Map<String, String> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put(AGE, "a");
    UNITS.put(SEX, "1");
    UNITS.put(CREATININE, "mg/dL");
    UNITS.put(EGFR, "mL/min/{1.73_m2}");
    UNITS.put(WEIGHT, "kg");
    UNITS.put(HEIGHT, "cm");
    UNITS.put(DIALYSIS_DEPENDENCE, "1");
    UNITS.put(DIALYSIS, "1");
    UNITS.put(KIDNEY_TRANSPLANT, "1");
    UNITS.put(KIDNEY_TRANSPLANTATION, "1");
    UNITS.put(ACUTE_KIDNEY_INJURY, "1");
  }

  private RenalInputs() {}

  /** Why a feature set cannot feed order checks: a feature that is not there, or another unit. */
  public static List<String> misfits(ResolvedFeatureSet features) {
    List<String> misfits = new ArrayList<>();
    UNITS.forEach(
        (name, unit) -> {
          Optional<ResolvedFeature> feature = features.feature(name);
          if (feature.isEmpty()) {
            misfits.add(features.canonical() + " has no feature " + name);
          } else if (!feature.get().definition().unit().equals(unit)) {
            misfits.add(
                "feature %s is in %s, and order checks read it in %s"
                    .formatted(name, feature.get().definition().unit(), unit));
          }
        });
    return misfits;
  }
}
