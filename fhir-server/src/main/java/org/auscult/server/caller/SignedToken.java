package org.auscult.server.caller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A caller's JWT as it was sent: nothing of it is believed yet. */
record SignedToken(SignedJWT jwt, JWTClaimsSet claims) {
  private static final int LONGEST = 8_192;
  private static final int LONGEST_NAME = 256;
  private static final Pattern BEARER =
      Pattern.compile(
          "Bearer +([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*)", Pattern.CASE_INSENSITIVE);

  /** What could bring a key along, or change what is signed. */
  private static final Set<String> REFUSED = Set.of("jwk", "x5u", "x5c", "crit", "b64", "zip");

  /** The token of an Authorization header; empty if it holds no signed JWT. */
  static Optional<SignedToken> of(String authorization) {
    Matcher bearer = BEARER.matcher(authorization);
    if (authorization.length() > LONGEST || !bearer.matches()) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(bearer.group(1));
      return Optional.of(new SignedToken(jwt, jwt.getJWTClaimsSet()));
    } catch (ParseException | RuntimeException e) {
      // The library trips over JSON that is no object, among others.
      return Optional.empty();
    }
  }

  /** What is wrong with its header; null if nothing is. */
  @Nullable String headerProblem() {
    JWSHeader header = jwt.getHeader();
    if (!JOSEObjectType.JWT.equals(header.getType())) {
      return "The token's header must have typ JWT.";
    }
    if (!isName(header.getKeyID())) {
      return "The token's header must have kid, the id of the key that signed it.";
    }
    if (header.getIncludedParams().stream().anyMatch(REFUSED::contains)) {
      return "The token's header must not have jwk, x5u, x5c, crit, b64 or zip: keys are taken only"
          + " from where they are configured.";
    }
    return null;
  }

  /** {@code jku} as it is written; null if there is none. */
  @Nullable String keyAddress() {
    Object address = jwt.getHeader().toJSONObject().get("jku");
    return address == null ? null : address.toString();
  }

  boolean isSignedBy(List<JWSVerifier> keys) {
    for (JWSVerifier key : keys) {
      try {
        if (jwt.verify(key)) {
          return true;
        }
      } catch (JOSEException e) {
        // Not this key's algorithm or form: it has not signed this.
        continue;
      }
    }
    return false;
  }

  /**
   * A claim that is a text.
   *
   * @return empty if there is none, or none that can be a name
   */
  Optional<String> name(String claim) {
    return claims.getClaim(claim) instanceof String text && isName(text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Whether a claim that may be left out is there and cannot be a name. */
  boolean isSpoilt(String claim) {
    return claims.getClaim(claim) != null && name(claim).isEmpty();
  }

  /** Of printable characters, so that it can stand in a log, and not too long. */
  private static boolean isName(@Nullable String text) {
    return text != null
        && !text.isBlank()
        && text.length() <= LONGEST_NAME
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) || !Character.isDefined(c));
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "SignedToken";
  }
}
