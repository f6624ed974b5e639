package org.auscult.server.auth.client;

import java.time.Duration;
import java.util.Set;
import org.auscult.server.auth.client.Client.Type;
import org.auscult.server.auth.scope.ScopeLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Our clients as Spring Authorization Server knows them. */
public final class Registrations implements RegisteredClientRepository {
  /** Source: SMART Backend Services 2.2: five minutes at the most. */
  static final Duration BACKEND_LIFE = Duration.ofSeconds(300);

  private static final Duration CODE_LIFE = Duration.ofSeconds(60);

  private final Clients clients;
  private final Duration accessTokenLife;

  public Registrations(Clients clients, Duration accessTokenLife) {
    this.clients = clients;
    this.accessTokenLife = accessTokenLife;
  }

  /** Clients are registered by {@link Clients}; the library asks only to hash a secret anew. */
  @Override
  public void save(RegisteredClient client) {
    throw new UnsupportedOperationException("Clients are registered elsewhere");
  }

  @Override
  public @Nullable RegisteredClient findById(String id) {
    return findByClientId(id);
  }

  @Override
  public @Nullable RegisteredClient findByClientId(String id) {
    return clients.find(id).map(this::registration).orElse(null);
  }

  private RegisteredClient registration(Client client) {
    Set<String> scopes = ScopeLimits.split(client.scopes());
    RegisteredClient.Builder registered =
        RegisteredClient.withId(client.id())
            .clientId(client.id())
            .clientName(client.name())
            .clientSecret(client.secretHash())
            .clientAuthenticationMethod(method(client.type()))
            .redirectUris(uris -> uris.addAll(client.redirectUris()))
            .scopes(all -> all.addAll(scopes))
            .clientSettings(clientSettings(client))
            .tokenSettings(tokenSettings(client));
    if (client.type() == Type.BACKEND) {
      return registered.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS).build();
    }
    registered.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE);
    if (scopes.contains("offline_access") || scopes.contains("online_access")) {
      registered.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN);
    }
    return registered.build();
  }

  private static ClientAuthenticationMethod method(Type type) {
    return switch (type) {
      case PUBLIC -> ClientAuthenticationMethod.NONE;
      case SYMMETRIC -> ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
      case ASYMMETRIC, BACKEND -> ClientAuthenticationMethod.PRIVATE_KEY_JWT;
    };
  }

  /** The algorithm tells the library that assertions are signed; which ones count we say. */
  private static ClientSettings clientSettings(Client client) {
    ClientSettings.Builder settings =
        ClientSettings.builder()
            .requireProofKey(true)
            .requireAuthorizationConsent(client.asksConsent());
    if (client.type() == Type.ASYMMETRIC || client.type() == Type.BACKEND) {
      settings.tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS384);
    }
    return settings.build();
  }

  private TokenSettings tokenSettings(Client client) {
    return TokenSettings.builder()
        .authorizationCodeTimeToLive(CODE_LIFE)
        .accessTokenTimeToLive(client.type() == Type.BACKEND ? BACKEND_LIFE : accessTokenLife)
        .reuseRefreshTokens(false)
        .build();
  }
}
