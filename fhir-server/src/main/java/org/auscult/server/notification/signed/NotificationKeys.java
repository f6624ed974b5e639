package org.auscult.server.notification.signed;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The public keys by which receivers verify notifications, for everybody. */
public final class NotificationKeys extends HttpServlet {
  /** Where they are, from the root of the server. */
  public static final String PATH = "/.well-known/notification-keys";

  private static final long serialVersionUID = 1;

  private final transient NotificationSignatures signatures;

  public NotificationKeys(NotificationSignatures signatures) {
    this.signatures = signatures;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/jwk-set+json");
    response.setHeader("Cache-Control", "max-age=300");
    response.getOutputStream().write(signatures.publicKeys().getBytes(StandardCharsets.UTF_8));
  }
}
