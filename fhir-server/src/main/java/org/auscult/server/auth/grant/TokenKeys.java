package org.auscult.server.auth.grant;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;
import org.jspecify.annotations.Nullable;

/** The installation's keys for tokens, as the library asks for them. */
public final class TokenKeys implements JWKSource<SecurityContext> {
  private final KeyRing keys;

  public TokenKeys(KeyRing keys) {
    this.keys = keys;
  }

  /** The id of the key that signs now. */
  String current() {
    return keys.signing(KeyPurpose.TOKEN).id();
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    SigningKey signing = keys.signing(KeyPurpose.TOKEN);
    List<JWK> all = new ArrayList<>();
    all.add(key(signing.id(), signing.publicKey()).privateKey(signing.privateKey()).build());
    for (VerifyingKey verifying : keys.verifying(KeyPurpose.TOKEN)) {
      if (!verifying.id().equals(signing.id())) {
        all.add(key(verifying.id(), verifying.publicKey()).build());
      }
    }
    return selector.select(new JWKSet(all));
  }

  private static RSAKey.Builder key(String id, PublicKey key) {
    return new RSAKey.Builder((RSAPublicKey) key)
        .keyID(id)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.RS256);
  }
}
