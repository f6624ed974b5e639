package org.auscult.feature.fhir;

/** Canonicals of the profile of context rules and its extensions. */
public final class ContextUrls {
  private static final String SD = FeatureUrls.BASE + "/StructureDefinition/";

  public static final String CONTEXT_RULE = SD + "context-rule";

  /** Parts: {@code context}, {@code code}, {@code component}, {@code answer}. */
  public static final String RECORDED = SD + "context-recorded";

  /** Parts: {@code context}, {@code type}, {@code code}, {@code valueSet}, side, distances. */
  public static final String FACT = SD + "context-fact";

  /** Parts: {@code context}, {@code from}, {@code to}. */
  public static final String TIME = SD + "context-time";

  public static final String ZONE = SD + "context-zone";

  private ContextUrls() {}
}
