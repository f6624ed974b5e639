package org.auscult.server.caller;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Gets keys over HTTP, from addresses that the operator has configured.
 *
 * <p>Threads: safe.
 */
final class HttpKeyFetcher implements KeyFetcher {
  static final int MOST_BYTES = GuardedHttp.MOST_BYTES;

  private final GuardedHttp http;

  /**
   * @param budget for one document, from the first byte sent to the last one received
   * @param privateNetwork whether a name may lead to an address of a private network
   */
  HttpKeyFetcher(Duration budget, boolean privateNetwork) {
    this.http = new GuardedHttp(budget, privateNetwork);
  }

  @Override
  public String fetch(URI address) throws IOException {
    return http.get(address, address);
  }
}
