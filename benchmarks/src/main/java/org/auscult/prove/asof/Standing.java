package org.auscult.prove.asof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the record knew each version of one resource, from its history alone: [from, until).
 *
 * <p>A live write was known when it was stored. A declared load of history was known when somebody
 * asserted it, or else its feed's lag after it took effect, but not later than it was stored;
 * unless it follows what was known live (also that it was gone), or what was known later than that:
 * then it cannot have been known earlier.
 */
record Standing(Version version, Instant from, @Nullable Instant until, boolean assumed) {
  boolean at(Instant known) {
    return !from.isAfter(known) && (until == null || until.isAfter(known));
  }

  /** Of all versions of one resource that state anything. */
  static List<Standing> of(List<Version> versions, Statements statements) {
    List<Version> sorted =
        versions.stream().sorted(Comparator.comparingLong(Version::number)).toList();
    List<Standing> all = new ArrayList<>();
    Standing open = null;
    Standing gone = null;
    for (Version version : sorted) {
      Standing next = from(version, open == null ? gone : open, statements);
      if (open != null) {
        Instant end = next == null ? version.stored() : next.from;
        gone = new Standing(open.version, open.from, end, open.assumed);
        all.add(gone);
      }
      open = next;
    }
    if (open != null) {
      all.add(open);
    }
    return all;
  }

  private static @Nullable Standing from(
      Version version, @Nullable Standing former, Statements statements) {
    boolean isPatient = version.type().equals("Patient") && version.json() != null;
    if (!isPatient && statements.of(version, Instant.EPOCH).isEmpty()) {
      return null;
    }
    Instant stored = version.stored();
    Optional<Duration> lag = Statements.lag(version);
    if (!Statements.isHistory(version) || lag.isEmpty()) {
      return new Standing(version, stored, null, false);
    }
    if (former != null && (!former.assumed || former.until != null)) {
      return new Standing(version, stored, null, false);
    }
    Instant assumed =
        isPatient
            ? Instant.MIN
            : statements
                .asserted(version)
                .or(
                    () ->
                        Optional.of(
                            statements.when(version).orElseThrow().visible().plus(lag.get())))
                .orElseThrow();
    Instant from = assumed.isBefore(stored) ? assumed : stored;
    if (former != null && former.from.isAfter(from)) {
      from = former.from;
    }
    return new Standing(version, from, null, true);
  }
}
