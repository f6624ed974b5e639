package org.auscult.prediction;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who answered a card, and by which way. An EHR's feedback names no user: then it is the one to
 * whom the card was shown, as the call named them.
 *
 * @param user reference such as {@code Practitioner/12}; null if nobody was named
 * @param server FHIR base URL whose user that is; null if it is one of our own record, empty if
 *     nobody told
 * @param client id of the EHR or the application, as a token proved it; null if none did
 */
public record Answerer(
    Way way, @Nullable String user, @Nullable String server, @Nullable String client) {
  private static final int LONGEST = 400;

  private static final Pattern CLINICIAN =
      Pattern.compile("(.*/)?(Practitioner|PractitionerRole)/[A-Za-z0-9.-]{1,64}");

  /** How an answer came. */
  public enum Way {
    /** By CDS Hooks' feedback: the EHR vouches for its user. */
    EHR,
    /** By our operation, under the user's own access token. */
    APP;

    /** As in the guide's code system feedback-way. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Answerer {
    Objects.requireNonNull(way);
  }

  /**
   * The EHR that showed a card, for the user to whom it was shown.
   *
   * @param server as of an answerer
   */
  static Answerer ofEhr(
      @Nullable String user, @Nullable String server, @Nullable CallerIdentity proven) {
    return new Answerer(Way.EHR, user, server, proven == null ? null : proven.client());
  }

  /** A user of ours, as an access token names them. */
  public static Answerer ofUser(String user, String client) {
    return new Answerer(Way.APP, user, null, client);
  }

  /** Whether the user is a clinician, and not a patient, a relative or a system. */
  public boolean isClinician() {
    return user != null && user.length() <= LONGEST && CLINICIAN.matcher(user).matches();
  }

  /** The user as a FHIR reference; null if nobody was named, or nobody knows at which server. */
  public @Nullable String reference() {
    if (user == null || server == null) {
      return user;
    }
    return server.isEmpty() ? null : server + "/" + user;
  }
}
