package org.auscult.server.auth.registry;

/** What was asked cannot be done. Its text is for the administrator, and quotes no secret. */
final class RegistryProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  private RegistryProblem(int status, String code, String text) {
    super(text, null, false, false);
    this.status = status;
    this.code = code;
  }

  static RegistryProblem invalid(String text) {
    return new RegistryProblem(400, "invalid", text);
  }

  static RegistryProblem unauthenticated() {
    return new RegistryProblem(
        401, "login", "Send an access token of this server with the scope auscult/registry");
  }

  static RegistryProblem forbidden(String text) {
    return new RegistryProblem(403, "forbidden", text);
  }

  static RegistryProblem notFound() {
    return new RegistryProblem(404, "not-found", "There is none of this name");
  }

  static RegistryProblem conflict(String text) {
    return new RegistryProblem(409, "conflict", text);
  }

  static RegistryProblem changed() {
    return new RegistryProblem(
        412, "conflict", "It was changed since it was read; read it again and repeat the change");
  }

  static RegistryProblem noVersion() {
    return new RegistryProblem(428, "required", "Send If-Match with the ETag of what was read");
  }

  int status() {
    return status;
  }

  /** A code of FHIR's issue types. */
  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
