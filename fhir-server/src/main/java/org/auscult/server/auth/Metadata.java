package org.auscult.server.auth;

import java.util.List;
import org.auscult.server.auth.page.SmartConfiguration;
import org.auscult.server.config.PublicUrls;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationServerMetadata;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;

/** Makes the library's own metadata say what holds here, and no more. */
final class Metadata {
  private static final List<String> NOT_OFFERED =
      List.of(
          "device_authorization_endpoint",
          "pushed_authorization_request_endpoint",
          "registration_endpoint",
          "end_session_endpoint",
          "tls_client_certificate_bound_access_tokens",
          "dpop_signing_alg_values_supported");

  private final PublicUrls urls;

  Metadata(PublicUrls urls) {
    this.urls = urls;
  }

  void of(OAuth2AuthorizationServerMetadata.Builder metadata) {
    metadata.claims(
        claims -> {
          NOT_OFFERED.forEach(claims::remove);
          claims.putAll(SmartConfiguration.common(urls));
        });
  }

  void ofOpenId(OidcProviderConfiguration.Builder metadata) {
    metadata.claims(
        claims -> {
          NOT_OFFERED.forEach(claims::remove);
          claims.putAll(SmartConfiguration.common(urls));
        });
  }
}
