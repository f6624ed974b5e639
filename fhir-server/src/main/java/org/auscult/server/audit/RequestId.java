package org.auscult.server.audit;

import ca.uhn.fhir.rest.api.Constants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.auscult.audit.fhir.Touched;

/** The id that a request's leaves are found by. */
public final class RequestId {
  private static final String ATTRIBUTE = "org.auscult.audit.request-id";

  private RequestId() {}

  /** As the answer's header says it: the caller's own, else one of ours. */
  public static String of(HttpServletRequest request) {
    if (request.getAttribute(Touched.ATTRIBUTE) instanceof Touched touched
        && touched.requestId() != null) {
      return touched.requestId();
    }
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String given = request.getHeader(Constants.HEADER_REQUEST_ID);
    boolean isUsable = given != null && given.matches("[A-Za-z0-9._:-]{1,100}");
    String id = isUsable ? given : UUID.randomUUID().toString();
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }
}
