package org.auscult.server.auth.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.server.auth.grant.OwnAccessTokens;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Who the user of an access token is: OpenID Connect's userinfo. */
@RestController
public final class UserInfo {
  private final OwnAccessTokens tokens;
  private final Users users;
  private final PublicUrls urls;

  public UserInfo(OwnAccessTokens tokens, Users users, PublicUrls urls) {
    this.tokens = tokens;
    this.users = users;
    this.urls = urls;
  }

  @RequestMapping(
      path = "/userinfo",
      method = {RequestMethod.GET, RequestMethod.POST},
      produces = "application/json")
  ResponseEntity<Map<String, Object>> tell(HttpServletRequest request) {
    Optional<Jwt> token = tokens.of(request);
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
