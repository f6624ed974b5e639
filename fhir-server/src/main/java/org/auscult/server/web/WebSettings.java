package org.auscult.server.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of requests.
 *
 * @param fhirBodyLimit bytes of a request to the FHIR API; a larger one gets 413
 * @param metricsForAll whether metrics are answered to other machines too
 */
@ConfigurationProperties("auscult.web")
record WebSettings(
    @DefaultValue("100000000") long fhirBodyLimit, @DefaultValue("false") boolean metricsForAll) {
  private static final long LEAST = 100_000;
  private static final long MOST = 1_000_000_000;

  WebSettings {
    if (fhirBodyLimit < LEAST || fhirBodyLimit > MOST) {
      throw new IllegalArgumentException(
          "auscult.web.fhir-body-limit is "
              + fhirBodyLimit
              + "; it takes a number of bytes from "
              + LEAST
              + " to "
              + MOST);
    }
  }
}
