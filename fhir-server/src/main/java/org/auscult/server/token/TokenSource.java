package org.auscult.server.token;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a client has its access token from. Threads: safe. */
public interface TokenSource {
  /** Nobody's. */
  TokenSource NONE =
      new TokenSource() {
        @Override
        public @Nullable String token() {
          return null;
        }

        @Override
        public @Nullable String anew() {
          return null;
        }
      };

  /**
   * The token of now.
   *
   * @return null to send none
   * @throws TokenRequest.RefusedException if whoever gives tokens gives none
   */
  @Nullable String token() throws IOException, InterruptedException;

  /** Another one, since the server has refused the last; the same if there is none. */
  @Nullable String anew() throws IOException, InterruptedException;
}
