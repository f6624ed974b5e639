package org.auscult.server.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;

/** Records each access token that leaves. */
final class AuditedTokens implements Consumer<OAuth2AccessTokenAuthenticationContext> {
  private final AuthAudit audit;

  AuditedTokens(AuthAudit audit) {
    this.audit = audit;
  }

  @Override
  public void accept(OAuth2AccessTokenAuthenticationContext context) {
    OAuth2AccessTokenAuthenticationToken answer = context.getAuthentication();
    try {
      JWTClaimsSet claims =
          SignedJWT.parse(answer.getAccessToken().getTokenValue()).getJWTClaimsSet();
      String patient = claims.getStringClaim("patient");
      audit.token(
          "token",
          claims.getSubject(),
          answer.getRegisteredClient().getClientId(),
          String.join(" ", answer.getAccessToken().getScopes()),
          patient == null ? List.of() : List.of(patient));
    } catch (ParseException e) {
      throw new IllegalStateException("Our own access token is a JWT", e);
    }
  }
}
