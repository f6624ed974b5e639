package org.auscult.server.timeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.auscult.timeline.AsOf.Known;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientTimeline;
import org.auscult.timeline.TimelineQuery;
import org.auscult.timeline.TimelineQuery.Need;
import org.auscult.timeline.TimelineReader;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the facts that were read of a patient for as long as the patient's epoch stands. Each
 * question asks the database for the epoch, by one row: so what is answered is never stale, however
 * many nodes write.
 *
 * <p>Only questions about what the record says now are kept; those as of a time or an epoch go to
 * the database. So does whatever runs within a transaction: it may see what is never committed.
 */
final class CachedTimelineReader implements TimelineReader {
  /** Charts are opened and closed; what nobody asked for in this time is let go. */
  private static final Duration IDLE = Duration.ofMinutes(10);

  /** What an entry weighs without its facts. */
  private static final int EMPTY_WEIGHT = 5;

  private final JdbcTimelineReader database;
  private final Cache<Key, Kept> kept;

  private record Key(String patient, List<Need> needs) {}

  /**
   * What was read.
   *
   * @param facts of any time, the future too; indexed, so that what is asked of them again and
   *     again is found once
   */
  private record Kept(EpochRow epoch, List<Fact> facts) {}

  /**
   * @param most so many facts are kept in all
   */
  CachedTimelineReader(JdbcTimelineReader database, long most) {
    this.database = database;
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((Key key, Kept value) -> value.facts().size() + EMPTY_WEIGHT)
            .expireAfterAccess(IDLE)
            .recordStats()
            .build();
  }

  /** For metrics. */
  Cache<?, ?> cache() {
    return kept;
  }

  @Override
  public Optional<PatientTimeline> read(TimelineQuery query) {
    if (!(query.asOf().known() instanceof Known.Current)
        || TransactionSynchronizationManager.isActualTransactionActive()) {
      return database.read(query);
    }
    Key key = new Key(query.patient(), query.needs());
    Kept before = kept.getIfPresent(key);
    if (before != null) {
      Optional<EpochRow> epoch = database.epoch(query.patient());
      if (epoch.isPresent() && epoch.get().isSameAs(before.epoch())) {
        return Optional.of(timeline(query, new Kept(epoch.get(), before.facts())));
      }
    }
    Optional<JdbcTimelineReader.Rows> rows = database.current(query.patient(), query.needs());
    if (rows.isEmpty()) {
      kept.invalidate(key);
      return Optional.empty();
    }
    Kept now = new Kept(rows.get().epoch(), PatientTimeline.indexed(rows.get().facts()));
    kept.put(key, now);
    return Optional.of(timeline(query, now));
  }

  private static PatientTimeline timeline(TimelineQuery query, Kept found) {
    return found.epoch().timeline(query, PatientTimeline.until(found.facts(), query.asOf().at()));
  }
}
