package org.auscult.server.alert;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of alert rules and issues; the guide in {@code ig} defines them. */
public final class AlertUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  static final String RULE = SD + "alert-rule";
  public static final String ISSUE = SD + "monitoring-issue";
  public static final String TASK = SD + "monitoring-task";
  public static final String MODEL = SD + "alert-model";
  static final String OUTPUT = SD + "alert-output";
  static final String FIGURE = SD + "alert-figure";
  static final String WINDOW = SD + "alert-window";
  static final String GROUP = SD + "alert-group";
  public static final String TEST = SD + "alert-test";
  static final String MINIMUM = SD + "alert-minimum";
  static final String CONSECUTIVE = SD + "alert-consecutive";
  public static final String SEVERITY = SD + "alert-severity";
  static final String ESCALATION = SD + "alert-escalation";
  public static final String EPISODE = SD + "alert-episode";
  public static final String BREACH = SD + "alert-breach";
  public static final String KIND_SYSTEM = FeatureUrls.BASE + "/CodeSystem/monitoring-alert";

  private AlertUrls() {}
}
