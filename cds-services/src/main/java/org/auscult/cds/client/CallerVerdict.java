package org.auscult.cds.client;

import java.time.Duration;
import java.util.Objects;
import org.auscult.prediction.CallerIdentity;
import org.jspecify.annotations.Nullable;

/** What was found out of a caller. */
public sealed interface CallerVerdict {
  /** It may call, and nobody knows who it is. */
  CallerVerdict UNKNOWN = new Admitted(null);

  /**
   * It may call.
   *
   * @param caller who it is; null where nothing had to be proven
   */
  record Admitted(@Nullable CallerIdentity caller) implements CallerVerdict {}

  /**
   * It may not call.
   *
   * @param advice what to do about it, in our words: nothing of the token is repeated
   * @param client whose token it was, if its signature was right; null otherwise
   * @param retryAfter when calling again may succeed; null where the same would fail again
   */
  record Refused(
      Reason reason, String advice, @Nullable String client, @Nullable Duration retryAfter)
      implements CallerVerdict {
    public Refused {
      Objects.requireNonNull(reason);
      Objects.requireNonNull(advice);
    }

    /** For a token that says nothing, or nothing true. */
    public Refused(Reason reason, String advice) {
      this(reason, advice, null, null);
    }
  }

  /** Why a call is refused, with its HTTP status. */
  enum Reason {
    /** No token was sent. */
    NO_TOKEN(401, "login"),
    /** It is no bearer token, or no signed JWT. */
    MALFORMED(401, "login"),
    /** Its header lacks something, or holds what could smuggle in a key. */
    HEADER(401, "login"),
    ALGORITHM(401, "login"),
    UNKNOWN_ISSUER(401, "login"),
    /** The address at which it says that its keys are is not on the issuer's list. */
    KEY_ADDRESS(401, "login"),
    UNKNOWN_KEY(401, "login"),
    SIGNATURE(401, "login"),
    /** A claim lacks, or is not what it must be. */
    CLAIM(401, "login"),
    AUDIENCE(401, "login"),
    EXPIRED(401, "expired"),
    NOT_YET_VALID(401, "login"),
    LIVES_TOO_LONG(401, "login"),
    /** A token of this name was here before. */
    REPLAYED(401, "login"),
    /** Who signed is known, and may not call here. */
    NOT_ALLOWED(403, "forbidden"),
    TOO_OFTEN(429, "throttled"),
    QUOTA(429, "throttled"),
    /** The issuer's keys cannot be had at the moment. */
    NO_KEYS(503, "transient");

    private final int status;
    private final String issue;

    Reason(int status, String issue) {
      this.status = status;
      this.issue = issue;
    }

    /** HTTP status. */
    public int status() {
      return status;
    }

    /** FHIR's issue type. */
    public String issue() {
      return issue;
    }

    /** RFC 6750's words for {@code WWW-Authenticate}; null where a token does not help. */
    public @Nullable String challenge() {
      return switch (status) {
        case 401 -> this == NO_TOKEN ? "Bearer" : "Bearer error=\"invalid_token\"";
        case 403 -> "Bearer error=\"insufficient_scope\"";
        default -> null;
      };
    }
  }
}
