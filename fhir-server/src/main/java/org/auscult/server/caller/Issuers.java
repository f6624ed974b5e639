package org.auscult.server.caller;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.cds.client.ClientProfile;
import org.auscult.server.caller.Issuer.KeySource;
import org.auscult.server.caller.TrustSettings.Callers.Authentication;
import org.auscult.server.caller.TrustSettings.Trust;

/** The issuers that are trusted, by name. Immutable. */
final class Issuers {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

  private final Map<String, Issuer> byName;

  Issuers(Collection<Issuer> issuers) {
    Map<String, Issuer> all = new LinkedHashMap<>();
    for (Issuer issuer : issuers) {
      Issuer other = all.put(issuer.name(), issuer);
      if (other != null) {
        throw new IllegalArgumentException(
            "auscult.clients: "
                + other.client()
                + " and "
                + issuer.client()
                + " have the same issuer, so nobody could say which of them calls");
      }
    }
    this.byName = Map.copyOf(all);
  }

  /**
   * The issuers as they are configured.
   *
   * @throws IllegalArgumentException naming the key that is wrong
   */
  static Issuers from(
      TrustSettings settings,
      Collection<ClientProfile> clients,
      KeyFetcher fetcher,
      InstantSource clock) {
    Map<String, Issuer> issuers = new HashMap<>();
    settings
        .clients()
        .forEach(
            (client, trust) -> {
              try {
                issuer(client, trust, fetcher, clock).ifPresent(i -> issuers.put(client, i));
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                    "auscult.clients." + client + ": " + e.getMessage(), e);
              }
            });
    clients.forEach(profile -> requireAudience(profile, settings, issuers));
    return new Issuers(issuers.values());
  }

  /** Without our own address, no token could be for us. */
  private static void requireAudience(
      ClientProfile profile, TrustSettings settings, Map<String, Issuer> issuers) {
    Issuer issuer = issuers.get(profile.id());
    boolean isAsked =
        settings.authentication(profile.id()) != Authentication.OFF
            && (issuer != null || profile.id().equals(ClientProfile.PLAIN_ID));
    if (isAsked
        && !issuers.isEmpty()
        && profile.publicBaseUrl() == null
        && (issuer == null || issuer.audiences().isEmpty())) {
      throw new IllegalArgumentException(
          "auscult.clients."
              + profile.id()
              + ".public-base-url: nobody knows by which URL the client calls, so no token can be"
              + " for it. Set it, or auscult.public-base-url ending with /fhir");
    }
  }

  private static Optional<Issuer> issuer(
      String client, Trust trust, KeyFetcher fetcher, InstantSource clock) {
    String name = trust.issuer();
    if (name == null) {
      if (trust.hasKeys()) {
        throw new IllegalArgumentException("issuer is missing: these keys would be nobody's");
      }
      return Optional.empty();
    }
    Set<String> addresses = new HashSet<>(trust.jku());
    if (trust.keysUrl() != null) {
      addresses.add(trust.keysUrl());
    }
    addresses.forEach(Issuers::requireAddress);
    return Optional.of(
        new Issuer(
            client,
            name,
            trust.algorithms().stream().map(Issuers::algorithm).collect(Collectors.toSet()),
            keys(trust, fetcher, clock),
            addresses,
            Set.copyOf(trust.audiences()),
            trust.subject(),
            Set.copyOf(trust.tenants()),
            trust.leeway(),
            trust.longestLife()));
  }

  private static JWSAlgorithm algorithm(String name) {
    return PublicKeys.ALGORITHMS.stream()
        .filter(a -> a.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "algorithms takes ES384, RS384, ES256 and RS256, not: " + name));
  }

  /** Keys in hand come first; else one address; else the address that a token names. */
  private static KeySource keys(Trust trust, KeyFetcher fetcher, InstantSource clock) {
    long ways =
        List.of(trust.keys() != null, trust.keysFile() != null, trust.keysUrl() != null).stream()
            .filter(isSet -> isSet)
            .count();
    if (ways > 1 || !trust.hasKeys()) {
      throw new IllegalArgumentException(
          "an issuer needs one of keys, keys-file and keys-url, or jku");
    }
    if (trust.keys() != null) {
      PublicKeys inHand = inHand("keys", trust.keys());
      return (id, algorithm, address) -> inHand.find(id, algorithm);
    }
    if (trust.keysFile() != null) {
      PublicKeys inHand = inHand("keys-file", read(trust));
      return (id, algorithm, address) -> inHand.find(id, algorithm);
    }
    if (trust.keysUrl() != null) {
      RemoteKeys remote = new RemoteKeys(URI.create(trust.keysUrl()), fetcher, clock);
      return (id, algorithm, address) -> remote.find(id, algorithm);
    }
    Map<String, RemoteKeys> remotes = new HashMap<>();
    trust.jku().forEach(a -> remotes.put(a, new RemoteKeys(URI.create(a), fetcher, clock)));
    return (id, algorithm, address) -> {
      RemoteKeys remote = address == null ? null : remotes.get(address);
      return remote == null ? List.of() : remote.find(id, algorithm);
    };
  }

  private static String read(Trust trust) {
    try {
      return Files.readString(trust.keysFile());
    } catch (IOException e) {
      throw new IllegalArgumentException("keys-file cannot be read: " + trust.keysFile(), e);
    }
  }

  private static PublicKeys inHand(String key, String json) {
    try {
      PublicKeys keys = PublicKeys.parse(json);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException(
            key + " holds no key that verifies: EC P-384, or RSA of 2048 bits or more, with a kid");
      }
      return keys;
    } catch (ParseException e) {
      throw new IllegalArgumentException(key + " takes a JWK set of public keys: " + problem(e), e);
    }
  }

  /** Messages of the library may quote what they could not read. */
  private static String problem(ParseException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("it ") ? message : "it is none";
  }

  private static void requireAddress(String address) {
    try {
      URI url = URI.create(address);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
      boolean isSafe =
          scheme.equals("https") || (scheme.equals("http") && THIS_MACHINE.contains(host));
      if (isSafe && !host.isEmpty() && url.getRawUserInfo() == null && url.getFragment() == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "keys-url and jku take https URLs, or http ones of this machine, without user or fragment");
  }

  Optional<Issuer> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }
}
