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
  public static final String OVERRIDE_REASON = SD + "deployment-override-reason";

  private DeploymentUrls() {}
}
