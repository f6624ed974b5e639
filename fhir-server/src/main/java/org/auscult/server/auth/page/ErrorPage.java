package org.auscult.server.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.View;

/** What a browser shows where there is no answer. It tells nothing of the reason to strangers. */
public final class ErrorPage implements View {
  /** The name by which Spring Boot looks for it. */
  public static final String NAME = "error";

  private static final int SERVERS_FAULT = 500;

  @Override
  public String getContentType() {
    return Pages.HTML.toString();
  }

  @Override
  public void render(
      @Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(getContentType());
    String body =
        Pages.page(
                "This did not work",
                response.getStatus() >= SERVERS_FAULT
                    ? "<p role=\"alert\">Something went wrong on this server. Try again later.</p>"
                    : """
                      <p role="alert">This link is wrong, or too old, or was used already.</p>
                      <p>Go back to the application, and start again there.</p>
                      <p><a href="/oauth2/account">Your account</a></p>
                      """)
            .getBody();
    response.getWriter().write(String.valueOf(body));
  }
}
