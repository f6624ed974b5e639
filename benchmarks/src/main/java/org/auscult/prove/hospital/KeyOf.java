package org.auscult.prove.hospital;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.PublicKey;

/**
 * A key pair, and how JWTs name it.
 *
 * @param algorithm ES384 or RS384
 */
public record KeyOf(JWK jwk, String algorithm) {
  /** A new one. */
  public static KeyOf make(String id, String algorithm) {
    try {
      Algorithm alg = new Algorithm(algorithm);
      JWK jwk =
          algorithm.startsWith("ES")
              ? new ECKeyGenerator(Curve.P_384)
                  .keyID(id)
                  .keyUse(KeyUse.SIGNATURE)
                  .algorithm(alg)
                  .generate()
              : new RSAKeyGenerator(2048)
                  .keyID(id)
                  .keyUse(KeyUse.SIGNATURE)
                  .algorithm(alg)
                  .generate();
      return new KeyOf(jwk, algorithm);
    } catch (JOSEException e) {
      throw new IllegalStateException("Each Java makes such keys", e);
    }
  }

  /** Its id. */
  public String id() {
    return jwk.getKeyID();
  }

  /** Its public half, as JSON. */
  public String publicJwk() {
    return jwk.toPublicJWK().toJSONString();
  }

  /** Its public half. */
  public PublicKey publicKey() {
    try {
      return ((AsymmetricJWK) jwk).toPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException("It was made here", e);
    }
  }

  /** Signs with it. */
  public Jwt.Signer signer() {
    try {
      String name = algorithm.startsWith("ES") ? "SHA384withECDSAinP1363Format" : "SHA384withRSA";
      return Jwt.by(((AsymmetricJWK) jwk).toPrivateKey(), name);
    } catch (JOSEException e) {
      throw new IllegalStateException("It was made here", e);
    }
  }

  /** Never the private half. */
  @Override
  public String toString() {
    return "KeyOf[" + id() + "]";
  }
}
