package org.auscult.cds.caller;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The access token of one call, for the caller's FHIR server alone. It lives as long as its call,
 * and no text of it can be had but for the request that it is for.
 */
public final class CallerToken {
  /** RFC 6750, section 2.1. */
  private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final int LONGEST = 16_384;

  private final String value;
  private final TokenScope scope;

  private CallerToken(String value, TokenScope scope) {
    this.value = value;
    this.scope = scope;
  }

  /** Whether a text can be sent as a bearer token. */
  public static boolean isBearer(String text) {
    return text.length() <= LONGEST && BEARER.matcher(text).matches();
  }

  /**
   * A token with its scope.
   *
   * @param scope as granted, separated by blanks
   * @throws IllegalArgumentException if it is no bearer token; the message does not quote it
   */
  public static CallerToken of(String value, String scope) {
    Objects.requireNonNull(scope);
    if (!isBearer(value)) {
      throw new IllegalArgumentException("not a bearer token");
    }
    return new CallerToken(value, TokenScope.parse(scope));
  }

  TokenScope scope() {
    return scope;
  }

  /** For the header of a request to the caller's FHIR server, and for nothing else. */
  String authorization() {
    return "Bearer " + value;
  }

  /** Says nothing of it. */
  @Override
  public String toString() {
    return "CallerToken";
  }
}
