package org.auscult.server.caller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An EHR that signs its calls, rightly or as it is told. */
public final class Ehr {
  /** Each key is made once: an RSA key takes a while. */
  static final ECKey EC = ec(Curve.P_384, "ec");

  static final RSAKey RSA = rsa("rsa");

  private final String issuer;
  private final JWK key;
  private final JWSAlgorithm algorithm;

  private Ehr(String issuer, JWK key, JWSAlgorithm algorithm) {
    this.issuer = issuer;
    this.key = key;
    this.algorithm = algorithm;
  }

  /** One that signs with ES384, by a new key. */
  public static Ehr signing(String issuer) {
    return new Ehr(issuer, ec(Curve.P_384, UUID.randomUUID().toString()), JWSAlgorithm.ES384);
  }

  static Ehr of(String issuer, ECKey key) {
    return new Ehr(issuer, key, JWSAlgorithm.ES384);
  }

  static Ehr of(String issuer, RSAKey key, JWSAlgorithm algorithm) {
    return new Ehr(issuer, key, algorithm);
  }

  static ECKey ec(Curve curve, String kid) {
    try {
      return new ECKeyGenerator(curve).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static RSAKey rsa(String kid) {
    try {
      return new RSAKeyGenerator(2048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String set(JWK... keys) {
    return new JWKSet(Arrays.stream(keys).map(JWK::toPublicJWK).toList()).toString();
  }

  /** Its name in tokens. */
  public String issuer() {
    return issuer;
  }

  /** Its public keys, as it would publish them. */
  public String keys() {
    return set(key);
  }

  /** A right token for a URL. */
  public String token(String url, Instant now) {
    return token(url, now, claims -> claims);
  }

  String token(String url, Instant now, UnaryOperator<JWTClaimsSet.Builder> changed) {
    return sign(header().build(), changed.apply(claims(url, now)).build());
  }

  JWSHeader.Builder header() {
    return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  JWTClaimsSet.Builder claims(String url, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(List.of(url))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .jwtID(UUID.randomUUID().toString());
  }

  String sign(JWSHeader header, JWTClaimsSet claims) {
    try {
      JWSSigner signer =
          key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey());
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
