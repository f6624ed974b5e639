package org.auscult.server.auth;

import java.util.Set;
import java.util.function.Consumer;
import org.auscult.server.auth.grant.LaunchParameter;
import org.auscult.server.auth.launch.LaunchReach;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.launch.Launches.Kind;
import org.auscult.server.auth.user.Users;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/**
 * Which requests for authorization are answered. The redirect URI comes first: before it is known
 * to be one that was registered, exactly, nothing is sent there, not even an error.
 */
final class AuthorizeRules
    implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {
  private final Launches launches;
  private final Users users;
  private final LaunchReach reach;
  private final PublicUrls urls;

  AuthorizeRules(Launches launches, Users users, LaunchReach reach, PublicUrls urls) {
    this.launches = launches;
    this.users = users;
    this.reach = reach;
    this.urls = urls;
  }

  @Override
  public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
    OAuth2AuthorizationCodeRequestAuthenticationToken asked = context.getAuthentication();
    String redirectUri = asked.getRedirectUri();
    if (redirectUri == null
        || !context.getRegisteredClient().getRedirectUris().contains(redirectUri)) {
      throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "redirect_uri is not registered", null);
    }
    if (asked.getState() == null || asked.getState().isEmpty()) {
      throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "state is missing", asked);
    }
    if (!isOurs(asked.getAdditionalParameters().get("aud"))) {
      throw refusal(
          OAuth2ErrorCodes.INVALID_REQUEST, "aud is not the base URL of our FHIR API", asked);
    }
    Set<String> scopes = asked.getScopes();
    if (scopes.isEmpty()) {
      throw refusal(
          OAuth2ErrorCodes.INVALID_SCOPE, "None of the scopes can be had by this client", asked);
    }
    if (scopes.contains("launch")) {
      checkLaunch(asked);
    }
  }

  private boolean isOurs(@Nullable Object aud) {
    return aud instanceof String text && text.replaceFirst("/+$", "").equals(urls.fhir());
  }

  /** Before the user has signed in it is only there or not; whose it is counts afterwards. */
  private void checkLaunch(OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
    LaunchParameter launch = LaunchParameter.of(asked.getAdditionalParameters());
    if (launch == null || launch.kind() != Kind.EHR) {
      throw refusal(OAuth2ErrorCodes.INVALID_REQUEST, "launch is missing", asked);
    }
    Authentication user = (Authentication) asked.getPrincipal();
    boolean isSignedIn = user.isAuthenticated() && !(user instanceof AnonymousAuthenticationToken);
    if (isSignedIn
        && launches
            .find(launch.kind(), launch.id(), asked.getClientId(), user.getName())
            .filter(
                context ->
                    launches.isFederated(launch.id()) || mayOpen(user.getName(), context.patient()))
            .isEmpty()) {
      throw refusal(
          OAuth2ErrorCodes.INVALID_REQUEST,
          "launch is unknown, too old, used, of another client or user, or of a patient whose"
              + " record this user may not open",
          asked);
    }
  }

  /**
   * Who opens a chart here for a user does not extend what the policy allows this user. An EHR of
   * its own, where the user has signed in and opened this chart, vouches for both.
   */
  private boolean mayOpen(String user, @Nullable String patient) {
    return patient == null
        || users.active(user).filter(known -> reach.reaches(known, patient)).isPresent();
  }

  private static OAuth2AuthorizationCodeRequestAuthenticationException refusal(
      String error,
      String reason,
      @Nullable OAuth2AuthorizationCodeRequestAuthenticationToken asked) {
    return new OAuth2AuthorizationCodeRequestAuthenticationException(
        new OAuth2Error(error, reason, null), asked);
  }
}
