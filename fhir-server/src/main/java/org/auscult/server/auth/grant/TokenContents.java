package org.auscult.server.auth.grant;

import java.util.List;
import java.util.Set;
import org.auscult.access.Role;
import org.auscult.server.auth.client.Client;
import org.auscult.server.auth.client.Clients;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.LaunchReach;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.scope.ScopeLimits;
import org.auscult.server.auth.user.User;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * What stands in our tokens. An access token is a JWT of type {@code at+jwt}, for the FHIR API
 * alone; an id token says who signed in. Each token is made of what holds now: of a user who was
 * disabled, of scopes that a role has no more, or of a patient whose record this user may open no
 * more, nothing is issued.
 */
public final class TokenContents implements OAuth2TokenCustomizer<JwtEncodingContext> {
  private final TokenKeys keys;
  private final Users users;
  private final Clients clients;
  private final Launches launches;
  private final LaunchReach reach;
  private final PublicUrls urls;

  public TokenContents(
      TokenKeys keys,
      Users users,
      Clients clients,
      Launches launches,
      LaunchReach reach,
      PublicUrls urls) {
    this.keys = keys;
    this.users = users;
    this.clients = clients;
    this.launches = launches;
    this.reach = reach;
    this.urls = urls;
  }

  @Override
  public void customize(JwtEncodingContext context) {
    context.getJwsHeader().keyId(keys.current());
    boolean isOfClient =
        AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType());
    if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
      context.getJwsHeader().type("at+jwt");
      accessToken(context);
      if (isOfClient) {
        context.getClaims().claim("roles", List.of(Role.SYSTEM.code()));
      } else {
        ofUser(context);
      }
    } else {
      idToken(context);
    }
  }

  private void accessToken(JwtEncodingContext context) {
    context
        .getClaims()
        .issuer(urls.root())
        .audience(List.of(urls.fhir()))
        .claim("client_id", context.getRegisteredClient().getClientId())
        .claim("scope", String.join(" ", context.getAuthorizedScopes()));
  }

  private void ofUser(JwtEncodingContext context) {
    User user = user(context);
    Client client =
        clients.find(context.getRegisteredClient().getClientId()).orElseThrow(TokenContents::gone);
    requireStillAllowed(context.getAuthorizedScopes(), user, client);
    JwtClaimsSet.Builder claims = context.getClaims();
    claims.claim("roles", user.roles().stream().map(Role::code).sorted().toList());
    claims.claim("sites", user.sites());
    if (user.fhirUser() != null) {
      claims.claim("fhirUser", user.fhirUser());
    }
    OAuth2Authorization authorization = context.getAuthorization();
    String grant = authorization == null ? "" : authorization.getId();
    Launch launch = launches.ofGrant(grant).orElse(null);
    if (launch == null || launch.patient() == null) {
      if (ScopeLimits.needsPatient(context.getAuthorizedScopes())) {
        throw gone();
      }
    } else if (launches.isFederatedGrant(grant) || reach.reaches(user, launch.patient())) {
      claims.claim("patient", launch.patient());
    } else {
      throw gone();
    }
    if (launch != null && launch.encounter() != null) {
      claims.claim("encounter", launch.encounter());
    }
  }

  private static void requireStillAllowed(Set<String> scopes, User user, Client client) {
    Set<String> allowed =
        ScopeLimits.covered(
            ScopeLimits.forRoles(scopes, user.roles()), ScopeLimits.split(client.scopes()));
    if (!allowed.containsAll(scopes)) {
      throw gone();
    }
  }

  private void idToken(JwtEncodingContext context) {
    User user = user(context);
    context.getClaims().issuer(urls.root());
    Set<String> scopes = context.getAuthorizedScopes();
    boolean isAsked = scopes.contains("fhirUser") || scopes.contains("profile");
    if (isAsked && user.fhirUser() != null) {
      context.getClaims().claim("fhirUser", urls.fhir() + "/" + user.fhirUser());
    }
    if (scopes.contains("profile")) {
      context.getClaims().claim("name", user.displayName());
    }
  }

  private User user(JwtEncodingContext context) {
    return users.active(context.getPrincipal().getName()).orElseThrow(TokenContents::gone);
  }

  private static OAuth2AuthenticationException gone() {
    return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
  }
}
