package org.auscult.monitoring.use;

import java.util.Arrays;
import java.util.Locale;

/** What a clinician said to a card. */
public enum Reply {
  /** A suggestion of it was taken. */
  ACCEPTED,
  /** It was refused, with or without a reason. */
  OVERRIDDEN,
  /** No response was received; nobody knows whether it was seen. */
  NONE;

  /** As reports spell it: {@code accepted}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one with this code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Reply of(String code) {
    return Arrays.stream(values())
        .filter(reply -> reply.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No reply is called " + code));
  }
}
