package org.auscult.server.auth.ehr;

/** Why a launch goes no further, and what the person before the screen can do. */
enum LaunchProblem {
  REQUEST(
      "invalid-request",
      400,
      "This link is not complete. Open the application from the patient's chart."),
  APPLICATION(
      "unknown-application",
      404,
      "No application is launched at this address. Ask your administrator which one is meant."),
  EHR(
      "unknown-ehr",
      403,
      "The system that opened this application is not registered here. Ask the administrator of"
          + " this server to register its FHIR address."),
  UNREACHABLE(
      "ehr-unreachable",
      502,
      "Your record system did not answer as it should. Close this window and open the application"
          + " from the chart again; if it happens again, tell your administrator."),
  USED(
      "launch-used",
      400,
      "This launch was used already. Close this window and open the application from the chart"
          + " again."),
  STATE(
      "unknown-state",
      400,
      "This sign-in did not begin in this browser, or it took too long. Close this window and open"
          + " the application from the chart again."),
  ISSUER(
      "wrong-issuer",
      403,
      "The answer came from another system than the one that was asked, so it was not used. Tell"
          + " your administrator."),
  DENIED(
      "denied",
      403,
      "Your record system did not allow the application to be opened. Open it from the chart again;"
          + " if it happens again, tell your administrator."),
  TOKEN(
      "token-refused",
      502,
      "Your record system did not confirm the sign-in. Close this window and open the application"
          + " from the chart again; if it happens again, tell your administrator."),
  ID_TOKEN(
      "wrong-id-token",
      403,
      "Your record system's proof of who you are does not hold, so it was not used. Tell your"
          + " administrator."),
  NO_PATIENT(
      "no-patient",
      400,
      "No patient is open. Open a patient's chart and start the application from there."),
  PATIENT(
      "wrong-patient",
      403,
      "Your record system told of one patient and showed another, so nothing was opened. Check"
          + " whose chart is open and tell your administrator."),
  UNKNOWN_PATIENT(
      "unknown-patient",
      404,
      "This patient cannot be found for certain in the record of this server: identifier, date of"
          + " birth and sex must agree. Use your own record, and tell your administrator."),
  CARD(
      "wrong-card",
      403,
      "The card that opened this application is about another patient, so nothing was opened. Check"
          + " whose chart is open and open the application from there."),
  USER(
      "unknown-user",
      403,
      "You are not registered here. Ask the administrator of this server to add you, or your role"
          + " in your record system."),
  SECOND_FACTOR(
      "second-factor",
      403,
      "Your account here asks for a second factor, so it cannot be used from your record system."
          + " Sign in to the application itself.");

  private final String code;
  private final int status;
  private final String advice;

  LaunchProblem(String code, int status, String advice) {
    this.code = code;
    this.status = status;
    this.advice = advice;
  }

  /** As the audit log has it. */
  String code() {
    return code;
  }

  int status() {
    return status;
  }

  String advice() {
    return advice;
  }
}
