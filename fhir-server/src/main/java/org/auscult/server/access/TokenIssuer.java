package org.auscult.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one issuer. Whatever key, key URL or certificate a token's own header
 * offers is not looked at: keys come from the issuer's source alone. Threads: safe.
 */
final class TokenIssuer {
  private final Rules rules;
  private final Clock clock;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /**
   * What a token must be.
   *
   * @param audiences asked for each token, since our own URL is known only once the port is open
   * @param longest time from issue to expiry; null if the issuer decides
   */
  record Rules(
      String issuer,
      Supplier<Set<String>> audiences,
      Collection<String> types,
      Set<JWSAlgorithm> algorithms,
      Duration leeway,
      @Nullable Duration longest) {}

  TokenIssuer(Rules rules, JWKSource<SecurityContext> keys, Clock clock) {
    this.rules = rules;
    this.clock = clock;
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            rules.types().stream().map(JOSEObjectType::new).collect(Collectors.toSet())));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(rules.algorithms(), keys));
    processor.setJWTClaimsSetVerifier((claims, context) -> check(claims));
  }

  /**
   * The claims of a token that counts.
   *
   * @throws BadTokenException if it does not, or cannot be verified now
   */
  JWTClaimsSet verified(SignedJWT token) throws BadTokenException {
    try {
      return processor.process(token, null);
    } catch (RateLimitReachedException e) {
      throw BadTokenException.because("The access token's key is not known");
    } catch (KeySourceException e) {
      throw BadTokenException.forNow("The keys of the access token's issuer cannot be had");
    } catch (BadJWTException e) {
      throw BadTokenException.because(String.valueOf(e.getMessage()));
    } catch (BadJOSEException | JOSEException e) {
      throw BadTokenException.because("The access token's signature, type or algorithm is wrong");
    }
  }

  private void check(JWTClaimsSet claims) throws BadJWTException {
    Instant now = clock.instant();
    Date expires = claims.getExpirationTime();
    if (!rules.issuer().equals(claims.getIssuer())) {
      throw new BadJWTException("The access token is of another issuer");
    }
    if (claims.getAudience().isEmpty()
        || !rules.audiences().get().containsAll(claims.getAudience())) {
      throw new BadJWTException("The access token is for another server");
    }
    if (expires == null || !now.isBefore(expires.toInstant().plus(rules.leeway()))) {
      throw new BadJWTException("The access token has expired");
    }
    if (isAfter(claims.getNotBeforeTime(), now) || isAfter(claims.getIssueTime(), now)) {
      throw new BadJWTException("The access token is not valid yet");
    }
    String subject = claims.getSubject();
    if (subject == null || subject.isBlank()) {
      throw new BadJWTException("The access token names nobody");
    }
    Duration longest = rules.longest();
    Date issued = claims.getIssueTime();
    if (longest != null
        && (issued == null || expires.toInstant().isAfter(issued.toInstant().plus(longest)))) {
      throw new BadJWTException("The access token lives too long");
    }
  }

  private boolean isAfter(@Nullable Date date, Instant now) {
    return date != null && date.toInstant().isAfter(now.plus(rules.leeway()));
  }
}
