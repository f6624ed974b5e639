package org.auscult.server.auth;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.auscult.server.config.PublicUrls;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;

/** Says in the CapabilityStatement that, and where, access is granted. */
@Interceptor
public final class SmartCapabilities {
  private static final String URIS =
      "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
  private static final String SERVICES =
      "http://terminology.hl7.org/CodeSystem/restful-security-service";

  private final PublicUrls urls;

  SmartCapabilities(PublicUrls urls) {
    this.urls = urls;
  }

  /** Called by HAPI for each statement that it generates. */
  @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
  public void add(IBaseConformance statement) {
    if (statement instanceof CapabilityStatement ours) {
      for (CapabilityStatementRestComponent rest : ours.getRest()) {
        rest.setSecurity(security());
      }
    }
  }

  private CapabilityStatementRestSecurityComponent security() {
    Extension uris = new Extension(URIS);
    for (String endpoint : new String[] {"authorize", "token", "introspect", "revoke"}) {
      uris.addExtension(endpoint, new UriType(urls.root() + "/oauth2/" + endpoint));
    }
    CapabilityStatementRestSecurityComponent security =
        new CapabilityStatementRestSecurityComponent();
    security.addExtension(uris);
    security.setCors(true);
    security.addService(
        new CodeableConcept(new Coding(SERVICES, "SMART-on-FHIR", "SMART-on-FHIR")));
    return security;
  }
}
