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
  private final Predicate<Requester> ended;

  /** An issuer that counts, and how its claims are read. */
  record Trusted(TokenIssuer issuer, TokenClaims claims) {}

  /**
   * @param issuers by the value of {@code iss}
   * @param fhirBase our FHIR base URL
   */
  AccessTokens(Supplier<Map<String, Trusted>> issuers, Supplier<String> fhirBase) {
    this(issuers, fhirBase, requester -> false);
  }

  /**
   * The same.
   *
   * @param ended whether a token counts no more although it has not expired: it was revoked, or
   *     whoever bears it was disabled
   */
  AccessTokens(
      Supplier<Map<String, Trusted>> issuers,
      Supplier<String> fhirBase,
      Predicate<Requester> ended) {
    this.issuers = issuers;
    this.fhirBase = fhirBase;
    this.ended = ended;
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
    if (ended.test(requester)) {
      throw BadTokenException.because(
          "The access token was revoked, or its user or client was disabled");
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
