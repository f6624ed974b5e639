package org.auscult.server.caller;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.auscult.server.caller.TrustSettings.Callers.Authentication;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set about who calls the hooks; checked at start, documented in {@code
 * docs/configuration.md}.
 *
 * @param callers for all clients
 * @param clients by id, beside what else is set for a client
 */
@ConfigurationProperties("auscult")
public record TrustSettings(
    @DefaultValue Callers callers, @DefaultValue Map<String, Trust> clients) {
  /**
   * For all clients.
   *
   * @param authentication whether callers must prove who they are
   * @param openDiscovery whether discovery is answered to whoever brings no token
   */
  public record Callers(
      @DefaultValue("required") Authentication authentication,
      @DefaultValue("false") boolean openDiscovery) {
    /** Whether callers must prove who they are. */
    public enum Authentication {
      /** Tokens are not looked at. */
      OFF,
      /** A token that is sent must be right; without one, nobody is known. */
      OPTIONAL,
      REQUIRED
    }
  }

  /**
   * What is trusted of one client.
   *
   * @param authentication at this client's path; null as for all
   * @param issuer {@code iss} of its tokens; null if it has none
   * @param keys its public keys: a JWK set
   * @param keysFile a file that holds them
   * @param keysUrl an address that serves them
   * @param jku addresses that its tokens may name
   * @param algorithms that it may sign with
   * @param audiences that are taken beside the URL that is called
   * @param subject {@code sub} that its tokens must have; null for any
   * @param tenants that may call; none: any
   * @param leeway by which clocks may differ
   * @param longestLife from {@code iat} to {@code exp}
   * @param callsPerSecond at the most, on each node; 0 for no limit
   * @param callsPerDay at the most, in UTC, on all nodes together; 0 for no limit
   */
  public record Trust(
      @Nullable Authentication authentication,
      @Nullable String issuer,
      @Nullable String keys,
      @Nullable Path keysFile,
      @Nullable String keysUrl,
      @DefaultValue List<String> jku,
      @DefaultValue({"ES384", "RS384"}) List<String> algorithms,
      @DefaultValue List<String> audiences,
      @Nullable String subject,
      @DefaultValue List<String> tenants,
      @DefaultValue("60s") Duration leeway,
      @DefaultValue("5m") Duration longestLife,
      @DefaultValue("0") int callsPerSecond,
      @DefaultValue("0") long callsPerDay) {
    private static final Duration MOST_LEEWAY = Duration.ofMinutes(5);
    private static final Duration LEAST_LIFE = Duration.ofSeconds(30);
    private static final Duration MOST_LIFE = Duration.ofHours(1);

    public Trust {
      jku = List.copyOf(jku);
      algorithms = List.copyOf(algorithms);
      audiences = List.copyOf(audiences);
      tenants = List.copyOf(tenants);
      require(
          !leeway.isNegative() && leeway.compareTo(MOST_LEEWAY) <= 0,
          "leeway is " + leeway + "; it takes 0s to 5m");
      require(
          longestLife.compareTo(LEAST_LIFE) >= 0 && longestLife.compareTo(MOST_LIFE) <= 0,
          "longest-life is " + longestLife + "; it takes 30s to 1h");
      require(
          callsPerSecond >= 0 && callsPerSecond <= 100_000,
          "calls-per-second is " + callsPerSecond + "; it takes 0 to 100000, 0 for no limit");
      require(callsPerDay >= 0, "calls-per-day is negative; it takes 0 for no limit");
      require(
          issuer == null || (!issuer.isBlank() && issuer.chars().noneMatch(c -> c <= ' ')),
          "issuer is blank or holds blanks; it is the iss of the client's tokens, exactly");
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }

    /** Whether any way to its keys is set. */
    boolean hasKeys() {
      return keys != null || keysFile != null || keysUrl != null || !jku.isEmpty();
    }
  }

  /** Whether callers at a client's path must prove who they are. */
  Authentication authentication(String client) {
    Trust trust = clients.get(client);
    Authentication own = trust == null ? null : trust.authentication();
    return own == null ? callers.authentication() : own;
  }
}
