package org.auscult.server.config;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * HAPI's server, which does not tell everybody its version, and sends no packet for each number.
 */
final class FhirServlet extends RestfulServer {
  private static final long serialVersionUID = 1;

  FhirServlet(FhirContext context) {
    super(context);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    super.service(request, new GatheredResponse(response));
  }

  @Override
  protected String createPoweredByHeader() {
    return "";
  }
}
