package org.auscult.server.access;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.auscult.access.Requester;
import org.jspecify.annotations.Nullable;

/** Verifies access tokens of the issuers that count here, and says who bears one. Threads: safe. */
final class AccessTokens {
  private static final int MOST_CHARACTERS = 16_000;

  private final Supplier<Map<String, Trusted>> issuers;
  private final Supplier<String> fhirBase;
  private final Predicate<String> revoked;

  /** An issuer that counts, and how its claims are read. */
  record Trusted(TokenIssuer issuer, TokenClaims claims) {}

  /**
   * @param issuers by the value of {@code iss}
   * @param fhirBase our FHIR base URL
   */
  AccessTokens(Supplier<Map<String, Trusted>> issuers, Supplier<String> fhirBase) {
    this(issuers, fhirBase, jti -> false);
  }

  /**
   * The same.
   *
   * @param revoked whether the token of a {@code jti} was revoked although it has not expired
   */
  AccessTokens(
      Supplier<Map<String, Trusted>> issuers,
      Supplier<String> fhirBase,
      Predicate<String> revoked) {
    this.issuers = issuers;
    this.fhirBase = fhirBase;
    this.revoked = revoked;
  }

  /**
   * Who bears a token.
   *
   * @param purpose that the request states; null if it states none
   * @throws BadTokenException if it does not count
   */
  Requester requester(String token, @Nullable String purpose) throws BadTokenException {
    if (token.length() > MOST_CHARACTERS) {
      throw BadTokenException.because("The access token is too long");
    }
    Sent sent = parsed(token);
    // Who it claims to be from only picks the verifier, which holds it to that.
    Trusted trusted = issuers.get().get(sent.issuer());
    if (trusted == null) {
      throw BadTokenException.because("The access token is of an issuer that does not count here");
    }
    Requester requester =
        trusted
            .claims()
            .requester(trusted.issuer().verified(sent.token()), fhirBase.get(), purpose);
    if (requester.tokenId() != null && revoked.test(requester.tokenId())) {
      throw BadTokenException.because("The access token was revoked");
    }
    return requester;
  }

  private record Sent(SignedJWT token, String issuer) {}

  private static Sent parsed(String token) throws BadTokenException {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      return new Sent(signed, String.valueOf(signed.getJWTClaimsSet().getIssuer()));
    } catch (ParseException | RuntimeException e) {
      // The library trips over JSON that is no object, among others.
      throw BadTokenException.because("The access token is no signed JWT");
    }
  }
}
