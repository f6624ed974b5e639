package org.auscult.cds.fhir;

import java.net.URI;
import java.util.Locale;

/** Compares FHIR base URLs: scheme and host without case, no default port, no trailing slash. */
public final class FhirServers {
  private FhirServers() {}

  /**
   * One spelling for each base URL.
   *
   * @throws IllegalArgumentException if it is not an absolute http or https URL
   */
  public static String canonical(String baseUrl) {
    URI uri = URI.create(baseUrl.strip());
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null
        || !(scheme.equals("http") || scheme.equals("https"))
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("not an absolute http(s) base URL");
    }
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    String path = uri.getRawPath().replaceAll("/+$", "");
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path;
  }

  static boolean same(String one, String other) {
    try {
      return canonical(one).equals(canonical(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
