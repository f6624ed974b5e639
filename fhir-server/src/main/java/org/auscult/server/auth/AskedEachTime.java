package org.auscult.server.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/**
 * Consents are not kept: each launch is about another patient, and a user who agreed once has not
 * agreed for all of them. What was agreed stands in the grant.
 */
final class AskedEachTime implements OAuth2AuthorizationConsentService {
  @Override
  public void save(OAuth2AuthorizationConsent consent) {
    // The grant has it.
  }

  @Override
  public void remove(OAuth2AuthorizationConsent consent) {
    // There is none.
  }

  @Override
  public @Nullable OAuth2AuthorizationConsent findById(String client, String user) {
    return null;
  }
}
