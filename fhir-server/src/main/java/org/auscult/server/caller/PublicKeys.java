package org.auscult.server.caller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys that verify signatures. A key verifies the algorithms of its own kind only, so that no token
 * can have a public key taken for a shared secret. Immutable.
 */
final class PublicKeys {
  /** What may be configured; {@code none} and shared secrets never. */
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.ES384, JWSAlgorithm.RS384, JWSAlgorithm.ES256, JWSAlgorithm.RS256);

  private static final Map<Curve, Set<JWSAlgorithm>> OF_CURVES =
      Map.of(
          Curve.P_256, Set.of(JWSAlgorithm.ES256),
          Curve.P_384, Set.of(JWSAlgorithm.ES384));
  private static final Set<JWSAlgorithm> OF_RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384);
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_KEYS = 100;

  private final List<Key> keys;

  private PublicKeys(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  private record Key(String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {}

  /**
   * Reads a JWK set. Keys that cannot verify a caller's token are left out: those without id, for
   * encryption, too weak, or of another kind.
   *
   * @throws ParseException if it is no JWK set, has more than 100 keys, or holds a private key or a
   *     shared secret: then it is no secret any more
   */
  static PublicKeys parse(String json) throws ParseException {
    JWKSet set;
    try {
      set = JWKSet.parse(json);
    } catch (RuntimeException e) {
      // The library trips over JSON that is no object, among others.
      throw new ParseException("it is none", 0);
    }
    if (set.containsNonPublicKeys()) {
      throw new ParseException("it holds a private key or a shared secret", 0);
    }
    if (set.size() > MOST_KEYS) {
      throw new ParseException("it has more than " + MOST_KEYS + " keys", 0);
    }
    List<Key> keys = new ArrayList<>();
    for (JWK jwk : set.getKeys()) {
      key(jwk).ifPresent(keys::add);
    }
    return new PublicKeys(keys);
  }

  private static Optional<Key> key(JWK jwk) {
    boolean verifies =
        (jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE))
            && (jwk.getKeyOperations() == null
                || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    if (!verifies || jwk.getKeyID() == null || jwk.getKeyID().isBlank()) {
      return Optional.empty();
    }
    Set<JWSAlgorithm> algorithms = algorithms(jwk);
    if (jwk.getAlgorithm() != null) {
      JWSAlgorithm only = JWSAlgorithm.parse(jwk.getAlgorithm().getName());
      algorithms = algorithms.contains(only) ? Set.of(only) : Set.of();
    }
    if (algorithms.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Key(jwk.getKeyID(), algorithms, verifier(jwk)));
    } catch (JOSEException e) {
      return Optional.empty();
    }
  }

  private static Set<JWSAlgorithm> algorithms(JWK jwk) {
    if (jwk instanceof ECKey ec) {
      return OF_CURVES.getOrDefault(ec.getCurve(), Set.of());
    }
    return jwk instanceof RSAKey && jwk.size() >= LEAST_RSA_BITS ? OF_RSA : Set.of();
  }

  private static JWSVerifier verifier(JWK jwk) throws JOSEException {
    return jwk instanceof ECKey ec
        ? new ECDSAVerifier(ec.toECPublicKey())
        : new RSASSAVerifier(jwk.toRSAKey().toRSAPublicKey());
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** What verifies this algorithm under this id: usually one, several if ids are not unique. */
  List<JWSVerifier> find(String id, JWSAlgorithm algorithm) {
    return keys.stream()
        .filter(k -> k.id().equals(id) && k.algorithms().contains(algorithm))
        .map(Key::verifier)
        .toList();
  }
}
