package org.auscult.feature;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * What a record leaves out of some facts, and from what it may be inferred: that a glucose was
 * measured after a meal, say.
 *
 * <p>Its conditions are asked in the order of their strength: what the record says of the fact
 * itself, another fact at a stated distance, the local time of day. The first kind of them that
 * gives any context gives all of them, and where the record has spoken nothing is inferred.
 *
 * @param url canonical without version
 * @param version SemVer
 * @param facts which it concerns; only codes and ValueSet of it are read
 * @param recorded what the record itself may say
 * @param lent what other facts lend
 * @param times what the time of day lends; no two overlap
 * @param zone in which times of day are told; null for the site's
 */
public record ContextRule(
    String url,
    String version,
    Selection facts,
    List<Recorded> recorded,
    List<Lent> lent,
    List<AtTime> times,
    @Nullable ZoneId zone) {
  public ContextRule {
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(facts);
    recorded = List.copyOf(recorded);
    lent = List.copyOf(lent);
    times = List.copyOf(times);
    if (lent.isEmpty() && times.isEmpty()) {
      throw new IllegalArgumentException("A rule that infers nothing is none");
    }
  }

  /**
   * How the record says it: by the fact's own code, or by a component of the same resource.
   *
   * @param codes of the fact that say so
   * @param components whose answer says it; whatever they answer, the record has spoken
   * @param answers of those components that mean this context
   */
  public record Recorded(Code context, Set<Code> codes, Set<Code> components, Set<Code> answers) {
    public Recorded {
      Objects.requireNonNull(context);
      codes = Set.copyOf(codes);
      components = Set.copyOf(components);
      answers = Set.copyOf(answers);
    }

    Recorded withCodes(UnaryOperator<Set<Code>> change) {
      return new Recorded(
          context, change.apply(codes), change.apply(components), change.apply(answers));
    }
  }

  /** On which side of the fact another one lies that lends it a context. */
  public enum Side {
    BEFORE,
    AFTER
  }

  /**
   * A fact that lends its context to others at a distance, by when it began; both ends count.
   *
   * @param by which facts; only type, codes and ValueSet of it are read
   * @param least distance; null for none
   * @param most distance
   */
  public record Lent(
      Code context, Selection by, Side side, @Nullable Lookback least, Lookback most) {
    public Lent {
      Objects.requireNonNull(context);
      Objects.requireNonNull(by);
      Objects.requireNonNull(side);
      Objects.requireNonNull(most);
      if (isOfCalendar(most) || (least != null && isOfCalendar(least))) {
        throw new IllegalArgumentException("Months and years are no distance between two facts");
      }
      if (!isInOrder(least, most)) {
        throw new IllegalArgumentException("The least distance is longer than the most");
      }
    }

    /** Whether its length hangs on the calendar. */
    public static boolean isOfCalendar(Lookback distance) {
      return distance.unit() == Lookback.Unit.MONTH || distance.unit() == Lookback.Unit.YEAR;
    }

    /** Whether a least distance is no longer than a most one. */
    public static boolean isInOrder(@Nullable Lookback least, Lookback most) {
      return seconds(least) <= seconds(most);
    }

    private static long seconds(@Nullable Lookback distance) {
      return distance == null ? 0 : distance.endAfter(Instant.EPOCH).getEpochSecond();
    }

    /** Whether a distance is of both. */
    public boolean overlaps(Lent other) {
      return side == other.side
          && seconds(least) <= seconds(other.most)
          && seconds(other.least) <= seconds(most);
    }
  }

  /** From a time of day, up to and without another one; over midnight if that is earlier. */
  public record AtTime(Code context, LocalTime from, LocalTime to) {
    public AtTime {
      Objects.requireNonNull(context);
      if (from.equals(to)) {
        throw new IllegalArgumentException("No time lies between " + from + " and itself");
      }
    }

    boolean holds(LocalTime time) {
      boolean isFrom = !time.isBefore(from);
      boolean isTo = time.isBefore(to);
      return from.isBefore(to) ? isFrom && isTo : isFrom || isTo;
    }

    /** Whether there is a time of both. */
    public boolean overlaps(AtTime other) {
      return holds(other.from) || other.holds(from);
    }
  }

  /** {@code url|version}. */
  public String canonical() {
    return url + "|" + version;
  }

  /** The contexts that it can give. */
  public Set<Code> contexts() {
    Set<Code> contexts = new LinkedHashSet<>();
    recorded.forEach(one -> contexts.add(one.context()));
    lent.forEach(one -> contexts.add(one.context()));
    times.forEach(one -> contexts.add(one.context()));
    return contexts;
  }

  /** Whether some of its codes stand in ValueSets. */
  public boolean namesValueSets() {
    return facts.valueSet() != null || lent.stream().anyMatch(one -> one.by().valueSet() != null);
  }

  ContextRule withCodes(UnaryOperator<Set<Code>> change) {
    return new ContextRule(
        url,
        version,
        facts,
        recorded.stream().map(one -> one.withCodes(change)).toList(),
        lent,
        times,
        zone);
  }
}
