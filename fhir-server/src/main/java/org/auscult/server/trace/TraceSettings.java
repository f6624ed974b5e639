package org.auscult.server.trace;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where spans go.
 *
 * @param endpoint of a collector, OTLP over HTTP, such as {@code http://127.0.0.1:4318/v1/traces};
 *     null: there are no spans
 * @param authorization the header of that name that the collector asks for; null for none
 * @param share of calls that have spans, 0 to 1, chosen by their trace's id
 */
@ConfigurationProperties("auscult.tracing")
public record TraceSettings(
    @Nullable String endpoint, @Nullable String authorization, @DefaultValue("1") double share) {
  public TraceSettings {
    if (endpoint != null && endpoint.isBlank()) {
      endpoint = null;
    }
    if (endpoint != null && !isHttp(endpoint)) {
      throw new IllegalArgumentException(
          "auscult.tracing.endpoint is no URL of http or https; it takes one such as"
              + " http://127.0.0.1:4318/v1/traces");
    }
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("auscult.tracing.share is " + share + "; it takes 0 to 1");
    }
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null && ("http".equals(uri.getScheme()) || isHttps(uri));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isHttps(URI uri) {
    return "https".equals(uri.getScheme());
  }

  /** Says nothing of the header, which may be a secret. */
  @Override
  public String toString() {
    return "TraceSettings[" + endpoint + ", " + share + "]";
  }
}
