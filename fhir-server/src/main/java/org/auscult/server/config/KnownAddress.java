package org.auscult.server.config;

import ca.uhn.fhir.rest.server.IServerAddressStrategy;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The base of every link that this server writes: as configured, else the address on which the
 * request arrived. Never what the request says of it: whoever sends a request chooses its Host and
 * X-Forwarded headers, and would have links of others lead to himself.
 */
final class KnownAddress implements IServerAddressStrategy {
  private final @Nullable String publicBaseUrl;

  KnownAddress(@Nullable String publicBaseUrl) {
    this.publicBaseUrl =
        publicBaseUrl == null || publicBaseUrl.isBlank()
            ? null
            : publicBaseUrl.strip().replaceFirst("/+$", "");
  }

  @Override
  public String determineServerBase(ServletContext context, HttpServletRequest request) {
    if (publicBaseUrl != null) {
      return publicBaseUrl;
    }
    String address = request.getLocalAddr();
    String host = address.contains(":") ? "[" + address.replaceFirst("%.*", "") + "]" : address;
    return (request.isSecure() ? "https" : "http")
        + "://"
        + host
        + ":"
        + request.getLocalPort()
        + "/fhir";
  }
}
