package org.auscult.order.fhir;

/** Canonicals of the order rules' profile; the guide in {@code ig} defines them. */
public final class OrderUrls {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";

  public static final String ORDER_RULES = SD + "order-rules";
  public static final String RULE = SD + "order-rule";
  public static final String EGFR_MODEL = SD + "order-rules-egfr-model";
  public static final String OTHER_DRUGS = SD + "order-rules-other-drugs";

  private OrderUrls() {}
}
