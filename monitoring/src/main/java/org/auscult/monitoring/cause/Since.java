package org.auscult.monitoring.cause;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.auscult.statistics.uncertainty.Proportion;
import org.jspecify.annotations.Nullable;

/**
 * From which day on something is so: the day that parts best what has a trait from what has not
 * (Youden's index).
 */
final class Since {
  /** A day that parts them worse says nothing. */
  private static final double LEAST = 0.5;

  private final List<LocalDate> with = new ArrayList<>();
  private final List<LocalDate> without = new ArrayList<>();

  /** Arrived on this day, and has it. */
  void with(LocalDate day) {
    with.add(day);
  }

  /** Arrived on this day, and has it not. */
  void without(LocalDate day) {
    without.add(day);
  }

  /** The day; null if there is none. Where everything has it, the first one that is known. */
  @Nullable LocalDate day() {
    LocalDate best = null;
    double most = LEAST;
    for (LocalDate day : new TreeSet<>(with)) {
      double parts = share(with, day) - (without.isEmpty() ? 0 : share(without, day));
      if (best == null ? parts >= most : parts > most) {
        best = day;
        most = parts;
      }
    }
    return best;
  }

  private static double share(List<LocalDate> days, LocalDate from) {
    return from(days, from) / (double) days.size();
  }

  private static long from(List<LocalDate> days, LocalDate from) {
    return days.stream().filter(day -> !day.isBefore(from)).count();
  }

  /** How many of those that arrived since then have it. */
  Proportion shareSince(LocalDate day) {
    long have = from(with, day);
    return new Proportion(have, have + from(without, day));
  }
}
