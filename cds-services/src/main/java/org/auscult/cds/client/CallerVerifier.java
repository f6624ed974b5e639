package org.auscult.cds.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Port: finds out who calls a hook, by the token that the call brings, before anything else is read
 * of it. Threads: safe.
 */
public interface CallerVerifier {
  /** Nobody has to say who they are. */
  CallerVerifier NONE = call -> CallerVerdict.UNKNOWN;

  /**
   * Judges one call. A token counts once, so this is asked once for each call.
   *
   * @throws RuntimeException if that cannot be found out: then the call is not answered
   */
  CallerVerdict verify(Attempt call);

  /** What is called. */
  enum Endpoint {
    DISCOVERY,
    SERVICE,
    FEEDBACK
  }

  /**
   * A call of which nobody knows yet whose it is.
   *
   * @param path the profile of the path that is called
   * @param service id; empty for discovery
   * @param authorization the header, several joined by commas; null if there is none. It is in no
   *     text of this record
   */
  record Attempt(
      ClientProfile path, Endpoint endpoint, String service, @Nullable String authorization) {
    public Attempt {
      Objects.requireNonNull(path);
      Objects.requireNonNull(endpoint);
      Objects.requireNonNull(service);
    }

    /**
     * The exact URL that is called, from configuration alone: no request header can change it.
     *
     * @return null if nobody knows the root of this server
     */
    public @Nullable String url() {
      return path.endpoint(
          switch (endpoint) {
            case DISCOVERY -> "";
            case SERVICE -> "/" + service;
            case FEEDBACK -> "/" + service + "/feedback";
          });
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Attempt[" + path.id() + ", " + endpoint + "]";
    }
  }
}
