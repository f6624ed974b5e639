package org.auscult.server.auth.ehr;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.auscult.server.caller.GuardedHttp;
import org.auscult.server.caller.KeysUnavailableException;
import org.auscult.server.caller.RemoteKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies an EHR's id tokens. Whatever key, key address or certificate a token's own header offers
 * is not looked at: keys come from the EHR's discovery alone.
 *
 * <p>Source: OpenID Connect Core 1.0, section 3.1.3.7.
 */
final class EhrIdTokens {
  private static final Logger LOG = LoggerFactory.getLogger(EhrIdTokens.class);
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.RS384, JWSAlgorithm.ES384);
  private static final Set<String> REFUSED = Set.of("crit", "b64", "zip");
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  /** The token was made for the exchange that has just been. */
  private static final Duration OLDEST = Duration.ofMinutes(10);

  private static final int LONGEST = 16_000;

  private final GuardedHttp http;
  private final InstantSource clock;
  private final Map<URI, RemoteKeys> keys = new ConcurrentHashMap<>();

  EhrIdTokens(GuardedHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /**
   * Who signed in.
   *
   * @param login whose nonce the token must have
   * @throws LaunchRefused if the token does not hold
   */
  EhrPerson verified(Ehr ehr, EhrMetadata metadata, EhrLogin login, String token)
      throws LaunchRefused {
    try {
      if (token.length() > LONGEST) {
        throw new ParseException("too long", 0);
      }
      SignedJWT signed = SignedJWT.parse(token);
      JWTClaimsSet claims = signed.getJWTClaimsSet();
      require(ehr, isSigned(signed, metadata, URI.create(login.fhirServer())), "signature");
      require(ehr, metadata.issuer().equals(claims.getIssuer()), "issuer");
      require(ehr, isFor(ehr.clientId(), claims), "audience");
      require(ehr, isNow(claims), "time");
      require(ehr, isSame(login.nonce(), claims.getStringClaim("nonce")), "nonce");
      String subject = claims.getSubject();
      require(ehr, subject != null && !subject.isBlank(), "subject");
      return new EhrPerson(
          metadata.issuer(),
          String.valueOf(subject),
          fhirUser(claims),
          claims.getStringClaim("name"));
    } catch (ParseException | IllegalArgumentException e) {
      // The library's words may quote the token.
      LOG.warn("An id token of EHR {} is no signed JWT", ehr.id());
      throw new LaunchRefused(LaunchProblem.ID_TOKEN);
    } catch (KeysUnavailableException e) {
      throw new LaunchRefused(LaunchProblem.UNREACHABLE);
    }
  }

  private static void require(Ehr ehr, boolean holds, String what) throws LaunchRefused {
    if (!holds) {
      LOG.warn("An id token of EHR {} does not hold: {}", ehr.id(), what);
      throw new LaunchRefused(LaunchProblem.ID_TOKEN);
    }
  }

  private boolean isSigned(SignedJWT signed, EhrMetadata metadata, URI server)
      throws KeysUnavailableException {
    JWSAlgorithm algorithm = signed.getHeader().getAlgorithm();
    String id = signed.getHeader().getKeyID();
    if (!ALGORITHMS.contains(algorithm)
        || id == null
        || signed.getHeader().getIncludedParams().stream().anyMatch(REFUSED::contains)) {
      return false;
    }
    RemoteKeys ofIssuer =
        keys.computeIfAbsent(
            metadata.keys(),
            address -> new RemoteKeys(address, named -> http.get(named, server), clock));
    for (JWSVerifier verifier : ofIssuer.find(id, algorithm)) {
      try {
        if (signed.verify(verifier)) {
          return true;
        }
      } catch (JOSEException e) {
        // Not this key's algorithm or form: it has not signed this.
        continue;
      }
    }
    return false;
  }

  private static boolean isFor(String client, JWTClaimsSet claims) throws ParseException {
    String party = claims.getStringClaim("azp");
    return claims.getAudience().contains(client)
        && (claims.getAudience().size() == 1 || party != null)
        && (party == null || party.equals(client));
  }

  private boolean isNow(JWTClaimsSet claims) {
    Instant now = clock.instant();
    Date until = claims.getExpirationTime();
    Date from = claims.getNotBeforeTime();
    Date issued = claims.getIssueTime();
    return until != null
        && now.isBefore(until.toInstant().plus(LEEWAY))
        && issued != null
        && !issued.toInstant().isAfter(now.plus(LEEWAY))
        && issued.toInstant().isAfter(now.minus(OLDEST))
        && (from == null || !from.toInstant().isAfter(now.plus(LEEWAY)));
  }

  private static boolean isSame(String ours, @Nullable String theirs) {
    return theirs != null
        && MessageDigest.isEqual(
            ours.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8));
  }

  /** SMART's claim; {@code profile} is what it was called before version 1. */
  private static @Nullable String fhirUser(JWTClaimsSet claims) throws ParseException {
    String user = claims.getStringClaim("fhirUser");
    return user == null ? claims.getStringClaim("profile") : user;
  }
}
