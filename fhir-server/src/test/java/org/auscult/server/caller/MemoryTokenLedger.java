package org.auscult.server.caller;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers for ever. */
final class MemoryTokenLedger implements TokenLedger {
  private final Set<String> spent = ConcurrentHashMap.newKeySet();

  @Override
  public boolean spend(String issuer, String token, Instant until) {
    return spent.add(issuer.length() + " " + issuer + token);
  }

  int size() {
    return spent.size();
  }
}
