package org.auscult.cds;

import java.util.List;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.FailureDisplay;
import org.auscult.deployment.Hook;
import org.auscult.deployment.ModelCard;
import org.auscult.deployment.OutputText;
import org.auscult.deployment.OverrideReason;
import org.auscult.deployment.Thresholds;

/** A deployment like the guide's cvd-risk, over any version of PREVENT; it shows every number. */
public final class CvdRisk {
  /** Where the codes of override reasons come from. */
  public static final String OVERRIDE_REASONS =
      "https://auscult.org/fhir/CodeSystem/override-reason";

  private CvdRisk() {}

  /** On patient-view. */
  public static Deployment deployment(String prevent) {
    return deployment(prevent, Hook.PATIENT_VIEW, FailureDisplay.NOT_ASSESSED);
  }

  public static Deployment deployment(String prevent, Hook hook, FailureDisplay onFailure) {
    return new Deployment(
        "https://auscult.org/fhir/PlanDefinition/cvd-risk-" + hook.id(),
        "1.0.0",
        "cvd-risk",
        List.of(hook),
        "Ten-year cardiovascular risk",
        "Estimates the ten-year risk of cardiovascular disease.",
        "Send the prefetch of every key.",
        onFailure,
        List.of(
            new ModelCard(
                prevent,
                "PREVENT 2023",
                "It estimates how many people with the same values have a first heart attack, "
                    + "stroke or heart failure within ten years. It informs a shared decision; it "
                    + "does not say what to do.",
                "https://doi.org/10.1161/CIRCULATIONAHA.123.067626",
                List.of(
                    new OutputText(
                        "total_cvd",
                        "10-year risk of cardiovascular disease",
                        new Thresholds(7.5, 20),
                        0.0),
                    new OutputText(
                        "ascvd", "10-year risk of atherosclerotic cardiovascular disease", null),
                    new OutputText("heart_failure", "10-year risk of heart failure", null)))),
        List.of(
            new OverrideReason(OVERRIDE_REASONS, "already-addressed", "Already addressed"),
            new OverrideReason(
                OVERRIDE_REASONS, "not-applicable", "Does not apply to this patient"),
            new OverrideReason(
                OVERRIDE_REASONS, "data-wrong", "The data used are wrong or outdated"),
            new OverrideReason(OVERRIDE_REASONS, "patient-declined", "Patient declined"),
            new OverrideReason(OVERRIDE_REASONS, "other", "Other reason")));
  }
}
