package org.auscult.server.report;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of what all reports are made of; the guide in {@code ig} defines them. */
public final class ReportUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  static final String DEFINITION = SD + "figure-definition";
  static final String INTERVAL = SD + "figure-interval";
  public static final String P_VALUE = SD + "figure-p-value";
  static final String UNKNOWN = SD + "figure-unknown";
  static final String NOTE = SD + "figure-note";
  public static final String BY = SD + "figure-by";
  static final String FIGURE_SYSTEM = FeatureUrls.BASE + "/CodeSystem/figure";

  /** What kind of window the period is. */
  public static final String WINDOW = SD + "performance-window-kind";

  static final String EVENT = SD + "report-event";
  static final String MARKED = SD + "marked-event";
  static final String EVENT_KIND_SYSTEM = FeatureUrls.BASE + "/CodeSystem/report-event-kind";

  private ReportUrls() {}
}
