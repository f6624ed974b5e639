package org.auscult.server.auth.ehr;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.jwt.JwtSigner;

/**
 * Proves to EHRs that it is this server that asks, by ES384.
 *
 * <p>Source: SMART App Launch 2.2, client authentication (asymmetric).
 */
final class EhrAssertions {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final Duration LIFE = Duration.ofMinutes(4);

  private final JwtSigner signer;
  private final InstantSource clock;

  EhrAssertions(KeyRing keys, InstantSource clock) {
    this.signer = new JwtSigner(keys, KeyPurpose.EHR_LAUNCH);
    this.clock = clock;
  }

  /** An assertion for one request to a token endpoint. */
  String sign(String client, URI tokenEndpoint) {
    Instant now = clock.instant();
    return signer.sign(
        new JWTClaimsSet.Builder()
            .issuer(client)
            .subject(client)
            .audience(tokenEndpoint.toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .jwtID(UUID.randomUUID().toString())
            .build());
  }

  /** The public halves, for EHRs to fetch: the one that signs and those that have. */
  String publicKeys() {
    return signer.publicKeys();
  }
}
