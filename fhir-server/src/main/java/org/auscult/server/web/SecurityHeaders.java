package org.auscult.server.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Headers of every answer. A page that needs others, such as an EHR that may frame it, replaces
 * them by {@code setHeader}.
 *
 * <p>Scripts come from this server's files alone: none in a page's text, none from elsewhere.
 */
final class SecurityHeaders extends OncePerRequestFilter {
  static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";
  static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final Pattern STATIC_FILE = Pattern.compile(".*\\.(png|svg|ico|css|js|woff2)");

  /** Their content policy says who may frame them, which an older header would deny. */
  private static final Pattern FRAMED = Pattern.compile("/launch/.*|/oauth2/consent");

  private static final String YEAR = "max-age=31536000";

  private final boolean isBehindTls;

  /**
   * @param isBehindTls whether a proxy before this server ends TLS, so that no request looks secure
   */
  SecurityHeaders(boolean isBehindTls) {
    this.isBehindTls = isBehindTls;
  }

  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Area area = Area.of(request);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    if (!FRAMED.matcher(request.getServletPath()).matches()) {
      response.setHeader("X-Frame-Options", "DENY");
    }
    response.setHeader("Content-Security-Policy", area == Area.OTHER ? PAGE_POLICY : DATA_POLICY);
    if (request.isSecure() || isBehindTls) {
      response.setHeader("Strict-Transport-Security", YEAR);
    }
    // Whoever serves a file says itself how long it may be kept.
    boolean isFile = area == Area.OTHER && STATIC_FILE.matcher(request.getServletPath()).matches();
    if (!isFile) {
      response.setHeader("Cache-Control", "no-store");
    }
    chain.doFilter(request, response);
  }
}
