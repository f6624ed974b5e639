package org.auscult.cds;

import java.util.List;
import org.auscult.cds.CdsService.ModelCard;
import org.auscult.cds.CdsService.OutputText;
import org.auscult.cds.CdsService.Thresholds;

/**
 * The service {@code cvd-risk} on patient-view: ten-year cardiovascular risk by PREVENT.
 *
 * <p>Thresholds: warning from 7.5 %, critical from 20 %, on total cardiovascular disease.
 *
 * <p>Source: 7.5 % of PREVENT's total cardiovascular disease is where the 2025 AHA/ACC guideline on
 * high blood pressure (doi:10.1161/CIR.0000000000001356) speaks of increased risk. 7.5 % and 20 %
 * bound "intermediate" and "high" in the 2018 AHA/ACC cholesterol guideline
 * (doi:10.1161/CIR.0000000000000625); those were set for the pooled cohort equations, whose numbers
 * run higher, so 20 % here is the more cautious of the two. A site may set its own.
 */
public final class CvdRisk {
  /** Percent of total cardiovascular disease within ten years. */
  public static final Thresholds THRESHOLDS = new Thresholds(7.5, 20);

  /** Where the codes of override reasons come from. */
  public static final String OVERRIDE_REASONS =
      "https://auscult.org/fhir/CodeSystem/override-reason";

  private CvdRisk() {}

  /**
   * The service for one registered version of PREVENT.
   *
   * @param prevent the model's {@code url|version}; its outputs are {@code total_cvd}, {@code
   *     ascvd} and {@code heart_failure}
   */
  public static CdsService service(String prevent) {
    return new CdsService(
        "cvd-risk",
        "patient-view",
        "Ten-year cardiovascular risk",
        "Estimates the ten-year risk of cardiovascular disease with the PREVENT equations (2023) "
            + "for adults of 30 to 79 years without known cardiovascular disease, and shows what "
            + "it rests on.",
        "Send the prefetch of every key, or call for a patient of a FHIR server that this service "
            + "is configured to know.",
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
                        "total_cvd", "10-year risk of cardiovascular disease", THRESHOLDS),
                    new OutputText(
                        "ascvd", "10-year risk of atherosclerotic cardiovascular disease", null),
                    new OutputText("heart_failure", "10-year risk of heart failure", null)))),
        List.of(
            new CdsCoding(OVERRIDE_REASONS, "already-addressed", "Already addressed"),
            new CdsCoding(OVERRIDE_REASONS, "not-applicable", "Does not apply to this patient"),
            new CdsCoding(OVERRIDE_REASONS, "data-wrong", "The data used are wrong or outdated"),
            new CdsCoding(OVERRIDE_REASONS, "patient-declined", "Patient declined"),
            new CdsCoding(OVERRIDE_REASONS, "other", "Other reason")));
  }
}
