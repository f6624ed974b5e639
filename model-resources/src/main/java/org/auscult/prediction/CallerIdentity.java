package org.auscult.prediction;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who called, as a signed token proved it. None of it is a secret.
 *
 * @param client id of the client's profile here
 * @param issuer who signed: {@code iss}
 * @param subject {@code sub}; null if not told
 * @param tenant of a system that serves several organisations; null if not told
 * @param token names the token, not its text: {@code jti}
 */
public record CallerIdentity(
    String client, String issuer, @Nullable String subject, @Nullable String tenant, String token) {
  public CallerIdentity {
    Objects.requireNonNull(client);
    Objects.requireNonNull(issuer);
    Objects.requireNonNull(token);
  }
}
