package org.auscult.server.report;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of what all reports are made of; the guide in {@code ig} defines them. */
public final class ReportUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  static final String DEFINITION = SD + "figure-definition";
  public static final String INTERVAL = SD + "figure-interval";
  public static final String P_VALUE = SD + "figure-p-value";
  static final String UNKNOWN = SD + "figure-unknown";
  static final String NOTE = SD + "figure-note";
  public static final String BY = SD + "figure-by";

  /** Of which feature a figure is. */
  public static final String FEATURE = SD + "figure-feature";

  /** Of which output a figure is, where a report tells of several. */
  public static final String OUTPUT = SD + "figure-output";

  /** Why a feature drifted. */
  public static final String CAUSE = SD + "drift-cause";

  static final String FIGURE_SYSTEM = FeatureUrls.BASE + "/CodeSystem/figure";

  /** What kind of window the period is. */
  public static final String WINDOW = SD + "performance-window-kind";

  static final String EVENT = SD + "report-event";
  static final String MARKED = SD + "marked-event";
  static final String EVENT_KIND_SYSTEM = FeatureUrls.BASE + "/CodeSystem/report-event-kind";

  private ReportUrls() {}
}
