package org.auscult.cds.caller;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Queries as they are sent. */
final class QueryUrls {
  private static final String ALLOWED = "-._~:/?#[]@!$&'()*+,;=%";

  private QueryUrls() {}

  /** A query under a base; templates hold characters that a URL must escape, such as the bar. */
  static URI of(URI base, String query) {
    return URI.create(base + "/" + escaped(query));
  }

  /** With what a URL must not hold escaped, and all else as it is. */
  static String escaped(String text) {
    StringBuilder url = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || ALLOWED.indexOf(c) >= 0);
      url.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return url.toString();
  }
}
