package org.auscult.deployment.fhir;

/** Canonicals of the deployment profile; the guide in {@code ig} defines them. */
public final class DeploymentUrls {
  private static final String SD = "https://auscult.org/fhir/StructureDefinition/";

  public static final String DEPLOYMENT = SD + "deployment";
  public static final String SERVICE = SD + "deployment-service";
  public static final String MODE = SD + "deployment-mode";
  public static final String ON_FAILURE = SD + "deployment-on-failure";
  public static final String MODEL = SD + "deployment-model";
  public static final String OUTPUT = SD + "deployment-output";
  public static final String DISPLAY = SD + "deployment-display";
  public static final String TIME_BUDGET = SD + "deployment-time-budget";
  public static final String FALLBACK = SD + "deployment-fallback";
  public static final String PLACE = SD + "deployment-place";
  public static final String ORDER_RULES = SD + "deployment-order-rules";
  public static final String RECORDING = SD + "deployment-recording";
  public static final String SUSPENDS = SD + "deployment-suspends";
  public static final String SUSPENSION = SD + "deployment-suspension";
  public static final String OVERRIDE_REASON = SD + "deployment-override-reason";

  private DeploymentUrls() {}
}
