package org.auscult.server.auth.grant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.server.auth.grant.GrantDocument.Token;
import org.auscult.server.auth.launch.Launches;
import org.auscult.server.auth.user.Hash;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Grants and their tokens, in our tables. A grant changes only from the version that was read: of
 * two simultaneous exchanges of a code, or uses of a refresh token, one succeeds. A refresh token
 * that was replaced and is used again ends its grant. There is one access token of a grant: a new
 * one, or the grant's end, revokes the one before.
 */
public final class JdbcGrants implements OAuth2AuthorizationService {
  static final String VERSION = "auscult.version";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> KINDS =
      Map.of(
          "code", "code", "state", "state", "access_token", "access", "refresh_token", "refresh");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final RegisteredClientRepository clients;
  private final Launches launches;
  private final RevokedTokens revoked;
  private final GrantLog log;
  private final InstantSource clock;

  public JdbcGrants(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      RegisteredClientRepository clients,
      Launches launches,
      RevokedTokens revoked,
      GrantLog log,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clients = clients;
    this.launches = launches;
    this.revoked = revoked;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void save(OAuth2Authorization grant) {
    GrantDocument document = GrantDocument.from(grant);
    Long version = grant.getAttribute(VERSION);
    transaction.executeWithoutResult(
        status -> {
          boolean isFirst = version == null;
          if (isFirst) {
            purge();
            insert(grant, document);
          } else if (!update(grant.getId(), version, grant, document)) {
            throw refusal(grant, document);
          }
          if (document.code() != null && !document.code().invalidated()) {
            claimLaunch(grant, document);
          }
        });
  }

  private void insert(OAuth2Authorization grant, GrantDocument document) {
    jdbc.update(
        "insert into auth_grant (id, version, client_id, user_id, lasts, document, expires_at)"
            + " values (?, 1, ?, ?, ?, ?, ?)",
        grant.getId(),
        grant.getRegisteredClientId(),
        document.user(),
        lasts(document.scopes()),
        write(document),
        expiry(document));
    index(grant.getId(), document);
  }

  private boolean update(
      String id, long version, OAuth2Authorization grant, GrantDocument document) {
    String before =
        jdbc
            .queryForList(
                "select document from auth_grant where id = ? and version = ? for update",
                String.class,
                id,
                version)
            .stream()
            .findFirst()
            .orElse(null);
    if (before == null) {
      return false;
    }
    jdbc.update(
        "update auth_grant set version = version + 1, lasts = ?, document = ?, expires_at = ?"
            + " where id = ?",
        lasts(document.scopes()),
        write(document),
        expiry(document),
        grant.getId());
    Token former = read(before).access();
    Token access = document.access();
    if (former != null && (access == null || access.invalidated() || isOther(former, access))) {
      revoke(former);
    }
    index(id, document);
    return true;
  }

  private static boolean isOther(Token former, Token now) {
    return !former.hash().equals(now.hash());
  }

  private void revoke(Token access) {
    String jti = access.jti();
    if (jti != null) {
      revoked.add(jti, Instant.ofEpochMilli(access.expires()));
    }
  }

  /** Former refresh tokens keep their rows: by them their use is noticed. */
  private void index(String id, GrantDocument document) {
    jdbc.update("delete from auth_token where grant_id = ? and kind <> 'refresh'", id);
    if (document.consent() != null) {
      put(document.consent(), id, "state", expiry(document));
    }
    put(document.code(), id, "code");
    put(document.access(), id, "access");
    put(document.refresh(), id, "refresh");
  }

  private void put(@Nullable Token token, String id, String kind) {
    if (token != null) {
      put(token.hash(), id, kind, token.expires());
    }
  }

  private void put(String hash, String id, String kind, long expires) {
    jdbc.update("delete from auth_token where hash = ?", hash);
    jdbc.update(
        "insert into auth_token (hash, grant_id, kind, expires_at) values (?, ?, ?, ?)",
        hash,
        id,
        kind,
        expires);
  }

  private void claimLaunch(OAuth2Authorization grant, GrantDocument document) {
    GrantDocument.Request request = document.request();
    LaunchParameter used = request == null ? null : LaunchParameter.of(request.parameters());
    if (used != null
        && !launches.claim(
            used.kind(),
            used.id(),
            grant.getRegisteredClientId(),
            document.user(),
            grant.getId())) {
      throw refusal(grant, document);
    }
  }

  /**
   * The endpoint of authorization and that of tokens each know their own exception. The former
   * tells the client: where that is, was checked before there was a grant.
   */
  private static OAuth2AuthenticationException refusal(
      OAuth2Authorization grant, GrantDocument document) {
    return document.access() == null
        ? new OAuth2AuthorizationCodeRequestAuthenticationException(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST), asked(grant))
        : new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT));
  }

  private static @Nullable OAuth2AuthorizationCodeRequestAuthenticationToken asked(
      OAuth2Authorization grant) {
    OAuth2AuthorizationRequest request =
        grant.getAttribute(OAuth2AuthorizationRequest.class.getName());
    Authentication user = grant.getAttribute(Principal.class.getName());
    return request == null || user == null
        ? null
        : new OAuth2AuthorizationCodeRequestAuthenticationToken(
            request.getAuthorizationUri(),
            request.getClientId(),
            user,
            request.getRedirectUri(),
            request.getState(),
            request.getScopes(),
            request.getAdditionalParameters());
  }

  @Override
  public void remove(OAuth2Authorization grant) {
    end(grant.getId());
  }

  /**
   * Ends a grant: nothing of it is valid any more. Its row is locked first: two that end it at once
   * would else both revoke its token, and PostgreSQL gives up the transaction of the later one.
   */
  void end(String id) {
    transaction.executeWithoutResult(
        status -> {
          jdbc
              .queryForList(
                  "select document from auth_grant where id = ? for update", String.class, id)
              .stream()
              .map(document -> read(document).access())
              .filter(Objects::nonNull)
              .forEach(this::revoke);
          jdbc.update("delete from auth_token where grant_id = ?", id);
          jdbc.update("delete from auth_launch where grant_id = ?", id);
          jdbc.update("delete from auth_grant where id = ?", id);
        });
  }

  /** Ends what was granted to clients of a user for as long as the user is signed in. */
  public void endOnline(String user) {
    jdbc.queryForList(
            "select id from auth_grant where user_id = ? and lasts = 'online'", String.class, user)
        .forEach(this::end);
  }

  /** Ends what was granted to clients that an EHR has launched for a user. */
  public void endFederated(String user) {
    jdbc.queryForList(
            "select g.id from auth_grant g join auth_launch l on l.grant_id = g.id"
                + " where g.user_id = ? and l.ehr is not null",
            String.class,
            user)
        .forEach(this::end);
  }

  /** Ends all that was granted in a user's name. */
  public void endAll(String user) {
    jdbc.queryForList("select id from auth_grant where user_id = ?", String.class, user)
        .forEach(this::end);
  }

  /** Ends all that was granted to a client. */
  public void endOfClient(String client) {
    jdbc.queryForList("select id from auth_grant where client_id = ?", String.class, client)
        .forEach(this::end);
  }

  /** Ends what was granted to clients that are not registered any more, or to disabled users. */
  public void endOrphaned() {
    jdbc.queryForList(
            "select id from auth_grant g where not exists"
                + " (select 1 from auth_client c where c.id = g.client_id and not c.disabled)"
                + " or exists (select 1 from auth_user u where u.id = g.user_id and u.disabled)",
            String.class)
        .forEach(this::end);
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return find(id, null);
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(
      String token, @Nullable OAuth2TokenType tokenType) {
    if (tokenType != null && !KINDS.containsKey(tokenType.getValue())) {
      return null;
    }
    String hash = Hash.of(token);
    List<String[]> rows =
        jdbc.query(
            "select grant_id, kind from auth_token where hash = ?",
            (row, n) -> new String[] {row.getString(1), row.getString(2)},
            hash);
    if (rows.isEmpty()
        || (tokenType != null && !rows.get(0)[1].equals(KINDS.get(tokenType.getValue())))) {
      return null;
    }
    String id = rows.get(0)[0];
    OAuth2Authorization grant = find(id, token);
    if (rows.get(0)[1].equals("refresh") && grant != null && isReplaced(grant, token)) {
      end(id);
      log.reused(grant.getPrincipalName(), grant.getRegisteredClientId());
      return null;
    }
    return grant;
  }

  private static boolean isReplaced(OAuth2Authorization grant, String token) {
    var current = grant.getRefreshToken();
    return current == null || !current.getToken().getTokenValue().equals(token);
  }

  private @Nullable OAuth2Authorization find(String id, @Nullable String sought) {
    return jdbc
        .query(
            "select version, client_id, document from auth_grant where id = ?",
            (row, n) -> {
              RegisteredClient client = clients.findById(row.getString(2));
              return client == null
                  ? null
                  : read(row.getString(3)).grant(id, row.getLong(1), client, sought);
            },
            id)
        .stream()
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private void purge() {
    long now = clock.instant().toEpochMilli();
    jdbc.update(
        "delete from auth_launch where expires_at < ? and grant_id in"
            + " (select id from auth_grant where expires_at < ?)",
        now,
        now);
    jdbc.update("delete from auth_grant where expires_at < ?", now);
    jdbc.update("delete from auth_token where expires_at < ?", now);
    revoked.purge();
  }

  /** A consent is waited for as long as a launch. */
  private long expiry(GrantDocument document) {
    List<Long> times = new ArrayList<>();
    for (Token token : new Token[] {document.code(), document.access(), document.refresh()}) {
      if (token != null) {
        times.add(token.expires());
      }
    }
    return times.stream()
        .max(Long::compare)
        .orElseGet(() -> clock.instant().plusSeconds(600).toEpochMilli());
  }

  private static String lasts(List<String> scopes) {
    return scopes.contains("offline_access")
        ? "offline"
        : Set.copyOf(scopes).contains("online_access") ? "online" : "once";
  }

  private static String write(GrantDocument document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A grant is plain data", e);
    }
  }

  private static GrantDocument read(String document) {
    try {
      return JSON.readValue(document, GrantDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("auth_grant holds a grant that cannot be read", e);
    }
  }
}
