package org.auscult.server.auth.grant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.auscult.server.auth.launch.Launch;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.config.PublicUrls;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;

/**
 * Adds the context of a launch to the answer of the token endpoint.
 *
 * <p>Source: SMART App Launch 2.2, launch context arrives with your access token.
 */
public final class LaunchResponse implements Consumer<OAuth2AccessTokenAuthenticationContext> {
  private final OAuth2AuthorizationService grants;
  private final Launches launches;
  private final PublicUrls urls;

  public LaunchResponse(OAuth2AuthorizationService grants, Launches launches, PublicUrls urls) {
    this.grants = grants;
    this.launches = launches;
    this.urls = urls;
  }

  @Override
  public void accept(OAuth2AccessTokenAuthenticationContext context) {
    OAuth2AccessTokenAuthenticationToken answer = context.getAuthentication();
    OAuth2Authorization grant =
        grants.findByToken(answer.getAccessToken().getTokenValue(), OAuth2TokenType.ACCESS_TOKEN);
    Launch launch = grant == null ? null : launches.ofGrant(grant.getId()).orElse(null);
    if (launch != null) {
      Map<String, Object> members = new LinkedHashMap<>(answer.getAdditionalParameters());
      put(members, "patient", launch.patient());
      put(members, "encounter", launch.encounter());
      put(members, "intent", launch.intent());
      put(members, "tenant", launch.tenant());
      put(members, "appContext", launch.appContext());
      if (!launch.fhirContext().isEmpty()) {
        members.put("fhirContext", launch.fhirContext());
      }
      members.put("need_patient_banner", launch.needPatientBanner());
      members.put("smart_style_url", urls.root() + "/oauth2/smart-style.json");
      context.getAccessTokenResponse().additionalParameters(members);
    }
  }

  private static void put(Map<String, Object> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
