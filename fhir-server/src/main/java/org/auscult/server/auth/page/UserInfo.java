package org.auscult.server.auth.page;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.server.auth.grant.RevokedTokens;
import org.auscult.server.auth.grant.TokenKeys;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Who the user of an access token is: OpenID Connect's userinfo. */
@RestController
public final class UserInfo {
  private static final String BEARER = "Bearer ";

  private final NimbusJwtDecoder decoder;
  private final Users users;
  private final RevokedTokens revoked;
  private final PublicUrls urls;

  public UserInfo(TokenKeys keys, Users users, RevokedTokens revoked, PublicUrls urls) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256), keys));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    this.decoder = new NimbusJwtDecoder(processor);
    this.decoder.setJwtValidator(JwtValidators.createDefault());
    this.users = users;
    this.revoked = revoked;
    this.urls = urls;
  }

  @RequestMapping(
      path = "/userinfo",
      method = {RequestMethod.GET, RequestMethod.POST},
      produces = "application/json")
  ResponseEntity<Map<String, Object>> tell(HttpServletRequest request) {
    Optional<Jwt> token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
    Optional<User> user = token.flatMap(valid -> users.active(valid.getSubject()));
    if (token.isEmpty() || user.isEmpty()) {
      return refusal(401, "invalid_token");
    }
    Set<String> scopes = ScopeLimits.split(token.get().getClaimAsString("scope"));
    if (!scopes.contains("openid")) {
      return refusal(403, "insufficient_scope");
    }
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(claims(user.get(), scopes));
  }

  private Optional<Jwt> token(@Nullable String header) {
    if (header == null || !header.startsWith(BEARER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(header.substring(BEARER.length())))
          .filter(jwt -> urls.root().equals(jwt.getClaimAsString("iss")))
          .filter(jwt -> List.of(urls.fhir()).equals(jwt.getAudience()))
          .filter(jwt -> jwt.getId() != null && !revoked.contains(jwt.getId()));
    } catch (JwtException e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> claims(User user, Set<String> scopes) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", user.id());
    boolean isAsked = scopes.contains("fhirUser") || scopes.contains("profile");
    if (isAsked && user.fhirUser() != null) {
      claims.put("fhirUser", urls.fhir() + "/" + user.fhirUser());
    }
    if (scopes.contains("profile")) {
      claims.put("name", user.displayName());
    }
    return claims;
  }

  private static ResponseEntity<Map<String, Object>> refusal(int status, String error) {
    return ResponseEntity.status(status)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"" + error + "\"")
        .body(Map.of("error", error));
  }
}
