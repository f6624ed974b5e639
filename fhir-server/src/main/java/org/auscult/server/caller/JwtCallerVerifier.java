package org.auscult.server.caller;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.auscult.cds.client.CallerVerdict;
import org.auscult.cds.client.CallerVerdict.Admitted;
import org.auscult.cds.client.CallerVerdict.Reason;
import org.auscult.cds.client.CallerVerdict.Refused;
import org.auscult.cds.client.CallerVerifier;
import org.auscult.cds.client.ClientProfile;
import org.auscult.prediction.CallerIdentity;
import org.auscult.server.caller.TrustSettings.Callers.Authentication;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the JWT of CDS Hooks 2.0, "Trusting CDS Clients": a token of a known issuer, signed by
 * one of its keys, for exactly the URL that is called, now, once.
 *
 * <p>What is checked first costs least and tells a stranger least: form, issuer, algorithm, key,
 * signature; only then whether the issuer may call here, what the token claims, how often its
 * client calls, and last whether it was here before. A call that comes too often leaves its token
 * unspent.
 *
 * <p>Threads: safe.
 */
final class JwtCallerVerifier implements CallerVerifier {
  private final TrustSettings settings;
  private final Issuers issuers;
  private final Limits limits;
  private final TokenLedger ledger;
  private final InstantSource clock;

  JwtCallerVerifier(
      TrustSettings settings,
      Issuers issuers,
      Limits limits,
      TokenLedger ledger,
      InstantSource clock) {
    this.settings = settings;
    this.issuers = issuers;
    this.limits = limits;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** How often clients may call. */
  record Limits(CallRates rates, DailyQuotas quotas) {}

  /** Ends a verification. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Refused refused;

    RefusedException(Refused refused) {
      super(refused.reason().name(), null, false, false);
      this.refused = refused;
    }
  }

  @Override
  public CallerVerdict verify(Attempt call) {
    Authentication asked = settings.authentication(call.path().id());
    String authorization = call.authorization();
    if (asked == Authentication.OFF) {
      return CallerVerdict.UNKNOWN;
    }
    if (authorization == null) {
      boolean isOpen =
          asked == Authentication.OPTIONAL
              || (call.endpoint() == Endpoint.DISCOVERY && settings.callers().openDiscovery());
      return isOpen
          ? CallerVerdict.UNKNOWN
          : new Refused(
              Reason.NO_TOKEN,
              "This server must know who calls. Send Authorization: Bearer with a JWT as CDS Hooks"
                  + " describes it, signed by a key that the operator has registered.");
    }
    try {
      return admitted(call, authorization);
    } catch (RefusedException e) {
      return e.refused;
    }
  }

  private Admitted admitted(Attempt call, String authorization) throws RefusedException {
    SignedToken token =
        SignedToken.of(authorization)
            .orElseThrow(
                () ->
                    refused(
                        Reason.MALFORMED,
                        "Authorization is not Bearer with one signed JWT of at most 8 kB. Send"
                            + " that."));
    String problem = token.headerProblem();
    if (problem != null) {
      throw refused(Reason.HEADER, problem);
    }
    Issuer issuer =
        token
            .name("iss")
            .flatMap(issuers::find)
            .orElseThrow(
                () ->
                    refused(
                        Reason.UNKNOWN_ISSUER,
                        "iss is no issuer that is registered here. Have the operator set"
                            + " auscult.clients.ID.issuer to exactly this text."));
    requireSignature(token, issuer);
    requireAllowed(call.path(), token, issuer);
    Instant end = requireTimely(token.claims(), issuer);
    requireAudience(call, token, issuer);
    CallerIdentity caller = identity(token, issuer);
    requireWithinLimits(issuer);
    if (!ledger.spend(issuer.name(), caller.token(), end.plus(issuer.leeway()))) {
      throw refused(
          issuer,
          Reason.REPLAYED,
          "A token with this jti was here before. Sign a new one, with a jti of its own, for each"
              + " request; a retried hookInstance is welcome.");
    }
    return new Admitted(caller);
  }

  private static void requireSignature(SignedToken token, Issuer issuer) throws RefusedException {
    if (!issuer.algorithms().contains(token.jwt().getHeader().getAlgorithm())) {
      throw refused(
          Reason.ALGORITHM,
          "alg is none that this issuer may sign with. Sign with ES384 or RS384, or have the"
              + " operator set the client's algorithms.");
    }
    String address = token.keyAddress();
    boolean isListed = address == null || issuer.addresses().contains(address);
    if (!isListed) {
      throw refused(
          Reason.KEY_ADDRESS,
          "jku is no address that is listed for this issuer. Have the operator add it to the"
              + " client's jku, exactly as the token has it.");
    }
    List<JWSVerifier> keys = keys(token, issuer, address);
    if (keys.isEmpty()) {
      throw refused(
          Reason.UNKNOWN_KEY,
          "kid is no key of this issuer for this alg. A new key is found within half a minute"
              + " where keys are fetched; otherwise have the operator add it.");
    }
    if (!token.isSignedBy(keys)) {
      throw refused(
          Reason.SIGNATURE, "The signature is not of the key that kid names. Sign with that key.");
    }
  }

  private static List<JWSVerifier> keys(SignedToken token, Issuer issuer, @Nullable String address)
      throws RefusedException {
    try {
      return issuer
          .keys()
          .find(
              token.jwt().getHeader().getKeyID(), token.jwt().getHeader().getAlgorithm(), address);
    } catch (KeysUnavailableException e) {
      throw new RefusedException(
          new Refused(
              Reason.NO_KEYS,
              "The issuer's public keys cannot be fetched at the moment, so nobody can say whose"
                  + " token this is. Call again later.",
              null,
              e.retryAfter()));
    }
  }

  private static void requireAllowed(ClientProfile path, SignedToken token, Issuer issuer)
      throws RefusedException {
    boolean isOwnPath =
        path.id().equals(ClientProfile.PLAIN_ID) || path.id().equals(issuer.client());
    if (!isOwnPath) {
      throw refused(
          issuer,
          Reason.NOT_ALLOWED,
          "The token's issuer is registered for another client than the one whose path this is."
              + " Call at that client's own path, or at /cds-services.");
    }
    String subject = issuer.subject();
    if (subject != null && !token.name("sub").filter(subject::equals).isPresent()) {
      throw refused(
          issuer,
          Reason.NOT_ALLOWED,
          "sub is not the one that is registered for this client. Send that, or have the operator"
              + " change the client's subject.");
    }
    if (!issuer.tenants().isEmpty()
        && token.name("tenant").filter(issuer.tenants()::contains).isEmpty()) {
      throw refused(
          issuer,
          Reason.NOT_ALLOWED,
          "tenant is none that may call here. Have the operator add it to the client's tenants.");
    }
  }

  /** The end of its life, as it claims. */
  private Instant requireTimely(JWTClaimsSet claims, Issuer issuer) throws RefusedException {
    Instant now = clock.instant();
    Instant end = time(claims.getExpirationTime(), "exp", issuer);
    Instant issued = time(claims.getIssueTime(), "iat", issuer);
    Instant latestStart = now.plus(issuer.leeway());
    if (!now.isBefore(end.plus(issuer.leeway()))) {
      throw refused(issuer, Reason.EXPIRED, "exp has passed. Sign a new token for each request.");
    }
    Date notBefore = claims.getNotBeforeTime();
    if (issued.isAfter(latestStart)
        || (notBefore != null && notBefore.toInstant().isAfter(latestStart))) {
      throw refused(
          issuer,
          Reason.NOT_YET_VALID,
          "iat or nbf lies in the future by more than clocks may differ. Set the clock right.");
    }
    if (!end.isAfter(issued)) {
      throw refused(issuer, Reason.CLAIM, "exp must be later than iat.");
    }
    Duration life = Duration.between(issued, end);
    if (life.compareTo(issuer.longestLife()) > 0) {
      throw refused(
          issuer,
          Reason.LIVES_TOO_LONG,
          "From iat to exp it is longer than "
              + issuer.longestLife().toSeconds()
              + " s. Sign tokens that live shorter, or have the operator set the client's"
              + " longest-life.");
    }
    return end;
  }

  private static Instant time(@Nullable Date claim, String name, Issuer issuer)
      throws RefusedException {
    if (claim == null) {
      throw refused(issuer, Reason.CLAIM, name + " is missing. Send it in seconds since 1970.");
    }
    return claim.toInstant();
  }

  private static void requireAudience(Attempt call, SignedToken token, Issuer issuer)
      throws RefusedException {
    String url = call.url();
    boolean isForUs =
        token.claims().getAudience().stream()
            .anyMatch(a -> a.equals(url) || issuer.audiences().contains(a));
    if (!isForUs) {
      throw refused(
          issuer,
          Reason.AUDIENCE,
          "aud is not the URL that is called"
              + (url == null ? "" : ", " + url)
              + ". Send exactly that, or have the operator add yours to the client's audiences.");
    }
  }

  private static CallerIdentity identity(SignedToken token, Issuer issuer) throws RefusedException {
    Optional<String> id = token.name("jti");
    if (id.isEmpty() || token.isSpoilt("sub") || token.isSpoilt("tenant")) {
      throw refused(
          issuer,
          Reason.CLAIM,
          "jti must be a text of at most 256 printable characters, as must sub and tenant where"
              + " they are sent.");
    }
    return new CallerIdentity(
        issuer.client(),
        issuer.name(),
        token.name("sub").orElse(null),
        token.name("tenant").orElse(null),
        id.get());
  }

  private void requireWithinLimits(Issuer issuer) throws RefusedException {
    Optional<Duration> wait = limits.rates().take(issuer.client());
    if (wait.isPresent()) {
      throw new RefusedException(
          new Refused(
              Reason.TOO_OFTEN,
              "This client calls more often than is agreed. Wait, and call again; the same token"
                  + " may be sent while it is valid.",
              issuer.client(),
              wait.get()));
    }
    Optional<Duration> tomorrow = limits.quotas().take(issuer.client());
    if (tomorrow.isPresent()) {
      throw new RefusedException(
          new Refused(
              Reason.QUOTA,
              "This client has had its calls of the day (UTC). Call again tomorrow, or have the"
                  + " operator raise calls-per-day.",
              issuer.client(),
              tomorrow.get()));
    }
  }

  private static RefusedException refused(Reason reason, String advice) {
    return new RefusedException(new Refused(reason, advice));
  }

  /** For a token whose signature is right. */
  private static RefusedException refused(Issuer issuer, Reason reason, String advice) {
    return new RefusedException(new Refused(reason, advice, issuer.client(), null));
  }
}
