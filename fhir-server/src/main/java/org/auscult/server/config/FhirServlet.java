package org.auscult.server.config;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;

/** HAPI's server, which does not tell everybody its version. */
final class FhirServlet extends RestfulServer {
  private static final long serialVersionUID = 1;

  FhirServlet(FhirContext context) {
    super(context);
  }

  @Override
  protected String createPoweredByHeader() {
    return "";
  }
}
