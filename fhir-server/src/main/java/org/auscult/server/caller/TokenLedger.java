package org.auscult.server.caller;

import java.time.Instant;

/** Port: remembers tokens, so that each counts once. Threads: safe. */
interface TokenLedger {
  /**
   * Takes note of a token. Of all nodes and threads that ask for the same one, one is told true.
   *
   * @param until when it is refused as expired in any case
   * @return false if it was here before
   */
  boolean spend(String issuer, String token, Instant until);
}
