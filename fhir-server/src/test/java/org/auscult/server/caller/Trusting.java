package org.auscult.server.caller;

import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerdict.Reason;
import org.auscult.cds.client.CallerVerifier.Attempt;
import org.auscult.cds.client.CallerVerifier.Endpoint;
import org.auscult.cds.client.ClientProfile;
import org.auscult.cds.client.Clients;
import org.auscult.server.caller.JwtCallerVerifier.Limits;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A verifier over fakes, configured as an operator would: by settings. */
final class Trusting {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String ROOT = "https://hooks.example.org";
  static final String NORTH = "https://north.example.org";
  static final String SOUTH = "https://south.example.org";
  static final String NORTH_SERVICE = ROOT + "/ehr/north/cds-services/cvd-risk";

  final MovedClock clock = new MovedClock(NOW);
  final MemoryTokenLedger ledger = new MemoryTokenLedger();
  final Map<String, String> documents = new HashMap<>();
  private final Map<String, String> settings = new HashMap<>();
  private @Nullable JwtCallerVerifier verifier;

  /** North signs with EC, south with RSA; both must. */
  Trusting() {
    set("callers.authentication", "required");
    set("clients.north.issuer", NORTH);
    set("clients.north.keys", Ehr.set(Ehr.EC));
    set("clients.south.issuer", SOUTH);
    set("clients.south.keys", Ehr.set(Ehr.RSA));
  }

  Trusting set(String key, String value) {
    settings.put("auscult." + key, value);
    return this;
  }

  Trusting without(String key) {
    settings.remove("auscult." + key);
    return this;
  }

  static TrustSettings bound(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("auscult", TrustSettings.class);
  }

  static Clients clients() {
    return new Clients(
        ClientProfile.PLAIN.reachedAt(ROOT),
        List.of(client("north"), client("south"), client("none")));
  }

  private static ClientProfile client(String id) {
    ClientProfile plain = ClientProfile.PLAIN;
    return new ClientProfile(
        id, id, Set.of(), ROOT, plain.hooks(), plain.prefetch(), plain.parts(), plain.bodyLimit());
  }

  JwtCallerVerifier verifier() {
    JwtCallerVerifier made = verifier;
    if (made == null) {
      made = verifier(ledger);
      verifier = made;
    }
    return made;
  }

  /** Another node, with the same settings. */
  JwtCallerVerifier verifier(TokenLedger tokens) {
    TrustSettings trust = bound(settings);
    KeyFetcher fetcher =
        (URI address) -> {
          String document = documents.get(address.toString());
          if (document == null) {
            throw new IOException("it cannot be reached");
          }
          return document;
        };
    Map<String, Integer> rates = new HashMap<>();
    trust.clients().forEach((id, t) -> rates.put(id, t.callsPerSecond()));
    rates.values().removeIf(r -> r == 0);
    return new JwtCallerVerifier(
        trust,
        Issuers.from(trust, clients().all(), fetcher, clock),
        new Limits(
            new CallRates(rates, time()), new DailyQuotas(Map.of(), new JdbcDataSource(), clock)),
        tokens,
        clock);
  }

  private TimeMeter time() {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return Duration.between(NOW, clock.instant()).toNanos() + 1_000_000_000L;
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  static Attempt attempt(String client, Endpoint endpoint, @Nullable String authorization) {
    ClientProfile path =
        clients().all().stream().filter(c -> c.id().equals(client)).findFirst().orElseThrow();
    return new Attempt(
        path, endpoint, endpoint == Endpoint.DISCOVERY ? "" : "cvd-risk", authorization);
  }

  /** What is said of a token at the path of north's service. */
  CallerVerdict atNorth(String token) {
    return verifier().verify(attempt("north", Endpoint.SERVICE, "Bearer " + token));
  }

  /** Why a token is refused there; null if it is taken. */
  @Nullable Reason refusal(String token) {
    return reason(atNorth(token));
  }

  static @Nullable Reason reason(CallerVerdict verdict) {
    return verdict instanceof CallerVerdict.Refused refused ? refused.reason() : null;
  }
}
