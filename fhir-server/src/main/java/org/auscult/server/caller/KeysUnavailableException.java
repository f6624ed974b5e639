package org.auscult.server.caller;

import java.time.Duration;

/** An issuer's keys cannot be had at the moment, so its tokens can be neither taken nor refused. */
public final class KeysUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * @param why in our words: nothing that the server of the keys has said
   * @param retryAfter when they are asked for again
   */
  KeysUnavailableException(String why, Duration retryAfter) {
    super(why, null, false, false);
    this.retryAfter = retryAfter;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
