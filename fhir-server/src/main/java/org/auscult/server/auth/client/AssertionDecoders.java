package org.auscult.server.auth.client;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Checks the assertions by which clients prove who they are.
 *
 * <p>Source: SMART App Launch 2.2, client authentication (asymmetric); RFC 7523.
 */
public final class AssertionDecoders implements JwtDecoderFactory<RegisteredClient> {
  /** SMART's two; no symmetric one, and not none. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final int LONGEST_JTI = 256;

  private final Clients clients;
  private final ClientKeys keys;
  private final SeenAssertions seen;
  private final PublicUrls urls;
  private final InstantSource clock;

  public AssertionDecoders(
      Clients clients, ClientKeys keys, SeenAssertions seen, PublicUrls urls, InstantSource clock) {
    this.clients = clients;
    this.keys = keys;
    this.seen = seen;
    this.urls = urls;
    this.clock = clock;
  }

  @Override
  public JwtDecoder createDecoder(RegisteredClient registered) {
    Client client =
        clients
            .find(registered.getClientId())
            .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT));
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.of(client)));
    processor.setJWTClaimsSetVerifier((claims, context) -> checkIssued(claims.getIssueTime()));
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(jwt -> result(client, jwt));
    return decoder;
  }

  /** The claims that the processor leaves to us; the last check uses the assertion up. */
  private OAuth2TokenValidatorResult result(Client client, Jwt jwt) {
    return isOf(client, jwt) && isForUs(jwt) && isNow(jwt) && isFirst(client, jwt)
        ? OAuth2TokenValidatorResult.success()
        : OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT));
  }

  private static boolean isOf(Client client, Jwt jwt) {
    Object jku = jwt.getHeaders().get("jku");
    return client.id().equals(jwt.getClaimAsString("iss"))
        && client.id().equals(jwt.getSubject())
        && (jku == null || jku.equals(client.jwksUri()));
  }

  private boolean isForUs(Jwt jwt) {
    return List.of(urls.root() + "/oauth2/token").equals(jwt.getAudience());
  }

  private boolean isNow(Jwt jwt) {
    Instant now = clock.instant();
    Instant until = jwt.getExpiresAt();
    Instant from = jwt.getNotBefore();
    return until != null
        && now.isBefore(until.plus(SKEW))
        && !until.isAfter(now.plus(LONGEST_LIFE).plus(SKEW))
        && (from == null || !from.isAfter(now.plus(SKEW)));
  }

  /** Here and not above: where {@code iat} is missing, the library makes one up. */
  private void checkIssued(@Nullable Date issued) throws BadJWTException {
    if (issued != null && issued.toInstant().isAfter(clock.instant().plus(SKEW))) {
      throw new BadJWTException("iat lies in the future");
    }
  }

  private boolean isFirst(Client client, Jwt jwt) {
    String jti = jwt.getId();
    Instant until = jwt.getExpiresAt();
    return jti != null
        && !jti.isBlank()
        && jti.length() <= LONGEST_JTI
        && until != null
        && seen.isFirst(client.id(), jti, until.plus(SKEW));
  }
}
