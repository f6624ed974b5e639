package org.auscult.server.caller;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys at one address, kept for a while. They are fetched again when they are no longer fresh,
 * and when a token names one that is not among them, since issuers rotate keys; but never more
 * often than once in a pause, whatever is sent. While the address fails, the last keys hold on for
 * an hour: longer would keep a key alive that was withdrawn.
 *
 * <p>Threads: safe. One fetches; the others go on with the keys that there are.
 */
public final class RemoteKeys {
  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration LONGEST = Duration.ofHours(1);
  static final Duration PAUSE = Duration.ofSeconds(30);
  static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
  private static final long LONGEST_WAIT_SECONDS = 5;

  private final URI address;
  private final KeyFetcher fetcher;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile State state = new State(null, Instant.MIN, Instant.MIN);

  /** Those at one address; nothing is fetched before they are asked for. */
  public RemoteKeys(URI address, KeyFetcher fetcher, InstantSource clock) {
    this.address = address;
    this.fetcher = fetcher;
    this.clock = clock;
  }

  /**
   * @param keys null before the first success
   * @param at when they were fetched
   * @param next when they may be fetched again
   */
  private record State(@Nullable PublicKeys keys, Instant at, Instant next) {
    boolean holds(Instant now, Duration longest) {
      return keys != null && now.isBefore(at.plus(longest));
    }

    List<JWSVerifier> find(String id, JWSAlgorithm algorithm) {
      return keys == null ? List.of() : keys.find(id, algorithm);
    }
  }

  /**
   * What verifies this algorithm under this id.
   *
   * @throws KeysUnavailableException if there are no keys that still hold
   */
  public List<JWSVerifier> find(String id, JWSAlgorithm algorithm) throws KeysUnavailableException {
    Instant now = clock.instant();
    State known = state;
    List<JWSVerifier> found = known.find(id, algorithm);
    if (known.holds(now, FRESH) && !found.isEmpty()) {
      return found;
    }
    if (!now.isBefore(known.next())) {
      refresh(known, now);
    }
    State latest = state;
    if (!latest.holds(now, LONGEST)) {
      Duration wait = Duration.between(now, latest.next());
      throw new KeysUnavailableException(
          "the issuer's keys cannot be had", wait.isNegative() ? PAUSE_AFTER_FAILURE : wait);
    }
    return latest.find(id, algorithm);
  }

  private void refresh(State known, Instant now) {
    boolean canGoOn = known.holds(now, LONGEST);
    try {
      if (!fetching.tryLock(canGoOn ? 0 : LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      if (state == known) {
        state = fetched(known, now);
      }
    } finally {
      fetching.unlock();
    }
  }

  private State fetched(State known, Instant now) {
    try {
      return new State(PublicKeys.parse(fetcher.fetch(address)), now, now.plus(PAUSE));
    } catch (IOException | ParseException e) {
      String why = e instanceof ParseException ? "it serves no set of public keys" : e.getMessage();
      LOG.warn("The keys at {} cannot be had: {}", address, why);
      return new State(known.keys(), known.at(), now.plus(PAUSE_AFTER_FAILURE));
    }
  }
}
