package org.auscult.server.keys.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;

/**
 * Signs what this server says to others in its own name, by ES384, with the keys of one purpose.
 *
 * <p>Source: RFC 7515, RFC 7519.
 */
public final class JwtSigner {
  private final KeyRing keys;
  private final KeyPurpose purpose;

  /**
   * @param purpose one whose keys are of P-384
   */
  public JwtSigner(KeyRing keys, KeyPurpose purpose) {
    this.keys = keys;
    this.purpose = purpose;
  }

  /** A JWT in its compact form, signed by the key that signs now. */
  public String sign(JWTClaimsSet claims) {
    SigningKey key = keys.signing(purpose);
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES384)
                .type(JOSEObjectType.JWT)
                .keyID(key.id())
                .build(),
            claims);
    try {
      signed.sign(new ECDSASigner((ECPrivateKey) key.privateKey()));
      return signed.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("Our own key signs by ES384", e);
    }
  }

  /** The public halves, as a JWK set: of the key that signs, and of those that have. */
  public String publicKeys() {
    keys.signing(purpose);
    List<JWK> all = new ArrayList<>();
    for (VerifyingKey key : keys.verifying(purpose)) {
      all.add(
          new ECKey.Builder(Curve.P_384, (ECPublicKey) key.publicKey())
              .keyID(key.id())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES384)
              .build());
    }
    return new JWKSet(all).toString();
  }
}
