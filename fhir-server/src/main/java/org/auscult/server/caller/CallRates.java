package org.auscult.server.caller;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each client may call, on this node: a steady rate, with twice a second's calls at once
 * after a rest. Threads: safe.
 */
final class CallRates {
  private final Map<String, Bucket> buckets;

  /**
   * @param perSecond for each client that has a limit
   */
  CallRates(Map<String, Integer> perSecond, TimeMeter time) {
    Map<String, Bucket> made = new HashMap<>();
    perSecond.forEach((client, rate) -> made.put(client, bucket(rate, time)));
    this.buckets = Map.copyOf(made);
  }

  private static Bucket bucket(int rate, TimeMeter time) {
    Bandwidth limit =
        Bandwidth.builder().capacity(2L * rate).refillGreedy(rate, Duration.ofSeconds(1)).build();
    return Bucket.builder().addLimit(limit).withCustomTimePrecision(time).build();
  }

  /** Counts a call; tells how long to wait if it is one too many. */
  Optional<Duration> take(String client) {
    Bucket bucket = buckets.get(client);
    if (bucket == null) {
      return Optional.empty();
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }
}
