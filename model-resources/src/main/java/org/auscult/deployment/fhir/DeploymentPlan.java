package org.auscult.deployment.fhir;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.model.api.annotation.Extension;
import ca.uhn.fhir.model.api.annotation.ResourceDef;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as a FHIR resource: a PlanDefinition of our profile. Its one action is triggered by
 * the hooks, and has an action for each model, with how its outputs look.
 */
@ResourceDef(name = "PlanDefinition", profile = DeploymentUrls.DEPLOYMENT)
public class DeploymentPlan extends PlanDefinition {
  private static final long serialVersionUID = 1L;

  @Child(name = "service", min = 1)
  @Extension(url = DeploymentUrls.SERVICE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Last part of the CDS service's address")
  private @Nullable StringType service;

  @Child(name = "mode")
  @Extension(url = DeploymentUrls.MODE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "live or suspended; set by operations only")
  private @Nullable CodeType mode;

  @Child(name = "onFailure", min = 1)
  @Extension(url = DeploymentUrls.ON_FAILURE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "not-assessed or silent")
  private @Nullable CodeType onFailure;

  public @Nullable StringType getService() {
    return service;
  }

  public DeploymentPlan setService(StringType value) {
    service = value;
    return this;
  }

  public @Nullable CodeType getMode() {
    return mode;
  }

  public DeploymentPlan setMode(@Nullable CodeType value) {
    mode = value;
    return this;
  }

  public @Nullable CodeType getOnFailure() {
    return onFailure;
  }

  public DeploymentPlan setOnFailure(CodeType value) {
    onFailure = value;
    return this;
  }

  @Override
  public DeploymentPlan copy() {
    DeploymentPlan copy = new DeploymentPlan();
    copyValues(copy);
    copy.service = service;
    copy.mode = mode;
    copy.onFailure = onFailure;
    return copy;
  }
}
