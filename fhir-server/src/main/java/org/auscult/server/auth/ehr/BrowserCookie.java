package org.auscult.server.auth.ehr;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that tells one browser from another during a launch: a random value that signs nobody
 * in by itself. Inside an EHR's frame it is partitioned: it belongs to the EHR's site and this
 * server together, so that no third-party cookie is needed, and no other site's frame sees it.
 */
public final class BrowserCookie {
  private static final String PLAIN_NAME = "auscult-browser";
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String name;
  private final boolean isSecure;

  /**
   * @param isSecure whether this server is reached by https; without it, on one machine for a
   *     trial, the cookie is of the same site alone
   */
  public BrowserCookie(boolean isSecure) {
    this.isSecure = isSecure;
    this.name = isSecure ? "__Host-" + PLAIN_NAME : PLAIN_NAME;
  }

  /** The browser's value; empty if it has none that could be ours. */
  Optional<String> of(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return Optional.empty();
    }
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(name) && VALUE.matcher(cookie.getValue()).matches()) {
        return Optional.of(cookie.getValue());
      }
    }
    return Optional.empty();
  }

  static String random() {
    byte[] value = new byte[BYTES];
    RANDOM.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  /** The header that sets it until the browser is closed. */
  String header(String value) {
    return name
        + "="
        + value
        + "; Path=/; HttpOnly"
        + (isSecure ? "; Secure; SameSite=None; Partitioned" : "; SameSite=Lax");
  }
}
