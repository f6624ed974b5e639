package org.auscult.server.config;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The URLs by which others know this server: from configuration, never from a request's {@code
 * Host}. Without {@code auscult.public-base-url} it is this machine and the port that is open.
 */
public final class PublicUrls {
  private static final String FHIR = "/fhir";

  private final @Nullable String configured;
  private final Environment environment;

  public PublicUrls(AuscultSettings settings, Environment environment) {
    this.configured = settings.publicBaseUrl();
    this.environment = environment;
  }

  /** The FHIR base URL, without a slash at its end. */
  public String fhir() {
    if (configured != null) {
      return configured.replaceFirst("/+$", "");
    }
    String given = environment.getProperty("server.port", "8080");
    return "http://127.0.0.1:" + environment.getProperty("local.server.port", given) + FHIR;
  }

  /**
   * The root of this server, without a slash at its end.
   *
   * @throws IllegalStateException if the FHIR base URL does not end with {@code /fhir}
   */
  public String root() {
    String fhir = fhir();
    if (!fhir.endsWith(FHIR)) {
      throw new IllegalStateException("auscult.public-base-url must end with /fhir");
    }
    return fhir.substring(0, fhir.length() - FHIR.length());
  }
}
