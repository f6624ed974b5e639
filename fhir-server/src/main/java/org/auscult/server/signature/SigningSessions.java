package org.auscult.server.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.auscult.server.signature.Reauthentication.Component;

/**
 * Which components a signature takes (21 CFR 11.200(a)(1)): all for the first of a session, at
 * least one for each further one. A session that rests, or grows old, is over. It is known on one
 * node; on another the first signature takes all components again.
 */
final class SigningSessions {
  static final Duration REST = Duration.ofMinutes(15);
  static final Duration LONGEST = Duration.ofHours(8);

  private record Session(String id, String signer) {}

  private final Cache<Session, Long> begun;
  private final Ticker ticker;

  SigningSessions(Ticker ticker) {
    this.ticker = ticker;
    this.begun =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(10_000)
            .expireAfterAccess(REST)
            .recordStats()
            .build();
  }

  /** Whether these components are enough to sign now. */
  boolean suffices(String session, Signer signer, Set<Component> confirmed) {
    if (confirmed.containsAll(EnumSet.allOf(Component.class))) {
      return true;
    }
    Long since = begun.getIfPresent(new Session(session, signer.reference()));
    return since != null && !isOld(since) && !confirmed.isEmpty();
  }

  /** A signature was made. */
  void signed(String session, Signer signer, Set<Component> confirmed) {
    if (confirmed.containsAll(EnumSet.allOf(Component.class))) {
      begun.put(new Session(session, signer.reference()), ticker.read());
    }
  }

  /** The person left. */
  void end(String session) {
    begun.asMap().keySet().removeIf(known -> known.id().equals(session));
  }

  private boolean isOld(long since) {
    return ticker.read() - since > LONGEST.toNanos();
  }
}
