package org.auscult.server.auth.grant;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.auscult.server.config.PublicUrls;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Verifies our own access tokens, where the authorization server itself takes one. */
public final class OwnAccessTokens {
  private static final String BEARER = "Bearer ";

  private final NimbusJwtDecoder decoder;
  private final RevokedTokens revoked;
  private final PublicUrls urls;

  public OwnAccessTokens(TokenKeys keys, RevokedTokens revoked, PublicUrls urls) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256), keys));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    this.decoder = new NimbusJwtDecoder(processor);
    this.decoder.setJwtValidator(JwtValidators.createDefault());
    this.revoked = revoked;
    this.urls = urls;
  }

  /** The token that a request bears; empty if it bears none that counts. */
  public Optional<Jwt> of(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.startsWith(BEARER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(header.substring(BEARER.length())))
          .filter(jwt -> urls.root().equals(jwt.getClaimAsString("iss")))
          .filter(jwt -> List.of(urls.fhir()).equals(jwt.getAudience()))
          .filter(jwt -> jwt.getId() != null && !isEnded(jwt));
    } catch (JwtException e) {
      return Optional.empty();
    }
  }

  private boolean isEnded(Jwt jwt) {
    return revoked.isEnded(
        jwt.getId(),
        String.valueOf(jwt.getSubject()),
        String.valueOf(jwt.getClaimAsString("client_id")));
  }
}
