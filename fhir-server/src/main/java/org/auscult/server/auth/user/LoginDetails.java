package org.auscult.server.auth.user;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;

/**
 * What a login says besides name and password.
 *
 * @param address of the caller
 * @param code of the second factor; empty if none was given
 */
public record LoginDetails(String address, String code) implements Serializable {
  static final LoginDetails NONE = new LoginDetails("", "");

  /** Of the login form. */
  public static LoginDetails from(HttpServletRequest request) {
    String code = request.getParameter("code");
    return new LoginDetails(request.getRemoteAddr(), code == null ? "" : code.replace(" ", ""));
  }

  /** Never the code. */
  @Override
  public String toString() {
    return "LoginDetails[]";
  }
}
