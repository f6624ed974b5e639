package org.auscult.server.caller;

import java.io.IOException;
import java.net.URI;

/** Gets a document with an issuer's public keys. Threads: safe. */
public interface KeyFetcher {
  /**
   * The document.
   *
   * @throws IOException if it cannot be had; its message is ours and may be logged
   */
  String fetch(URI address) throws IOException;
}
