package org.auscult.server.use;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of reports of use; the guide in {@code ig} defines them. */
public final class UseUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  public static final String MEASURE = FeatureUrls.BASE + "/Measure/card-use";
  public static final String REPORT = SD + "use-report";
  public static final String DEPLOYMENT = SD + "use-deployment";
  public static final String USE = FeatureUrls.BASE + "/OperationDefinition/card-use";
  static final String COUNT_SYSTEM = FeatureUrls.BASE + "/CodeSystem/card-count";
  static final String WITHHELD_SYSTEM = FeatureUrls.BASE + "/CodeSystem/withheld-reason";

  private UseUrls() {}
}
