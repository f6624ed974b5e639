package org.auscult.server.web;

import jakarta.servlet.http.HttpServletRequest;

/** The parts of this server that differ in what a request to them may be. */
enum Area {
  FHIR,
  /** CDS Hooks: reads bodies by each client's own limits, and answers them in its own words. */
  HOOKS,
  /** Health, and metrics, which are not for everybody. */
  MANAGEMENT,
  OTHER;

  /** By the path as the container decoded and normalised it, never by the raw one. */
  static Area of(HttpServletRequest request) {
    String info = request.getPathInfo();
    String path = request.getServletPath() + (info == null ? "" : info);
    if (isBelow(path, "/fhir")) {
      return FHIR;
    }
    if (isBelow(path, "/cds-services") || isBelow(path, "/ehr")) {
      return HOOKS;
    }
    return isBelow(path, "/actuator") ? MANAGEMENT : OTHER;
  }

  private static boolean isBelow(String path, String root) {
    return path.equals(root) || path.startsWith(root + "/");
  }
}
