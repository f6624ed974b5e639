package org.auscult.server.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** Plain pages: no script, one style sheet, each value escaped. */
public final class Pages {
  static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

  private Pages() {}

  /**
   * A page.
   *
   * @param title plain text
   * @param body HTML, its values escaped by {@link #text}
   */
  public static ResponseEntity<String> page(String title, String body) {
    return ResponseEntity.ok()
        .contentType(HTML)
        .body(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s · Auscult</title>
            <link rel="stylesheet" href="/oauth2/style.css">
            </head>
            <body>
            <main>
            <h1>%1$s</h1>
            %2$s
            </main>
            </body>
            </html>
            """
                .formatted(text(title), body));
  }

  /** Escapes a value for HTML, in text and in quoted attributes. */
  public static String text(String value) {
    return HtmlUtils.htmlEscape(value, "UTF-8");
  }

  /** The hidden field without which a form is refused. */
  static String csrf(HttpServletRequest request) {
    CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    return hidden(token.getParameterName(), token.getToken());
  }

  static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(text(name), text(value));
  }
}
