package org.auscult.feature;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * How far back a window reaches: (index time − lookback, index time]. Months and years go by the
 * calendar in UTC.
 */
public record Lookback(long amount, Unit unit) {
  /** Units of a window, with their UCUM codes. */
  public enum Unit {
    MINUTE("min", ChronoUnit.MINUTES),
    HOUR("h", ChronoUnit.HOURS),
    DAY("d", ChronoUnit.DAYS),
    WEEK("wk", ChronoUnit.WEEKS),
    MONTH("mo", ChronoUnit.MONTHS),
    YEAR("a", ChronoUnit.YEARS);

    private final String ucum;
    private final ChronoUnit chrono;

    Unit(String ucum, ChronoUnit chrono) {
      this.ucum = ucum;
      this.chrono = chrono;
    }

    public String ucum() {
      return ucum;
    }

    public static Optional<Unit> parse(String ucum) {
      return Arrays.stream(values()).filter(u -> u.ucum.equals(ucum)).findFirst();
    }
  }

  public Lookback {
    Objects.requireNonNull(unit);
    if (amount <= 0) {
      throw new IllegalArgumentException("A look-back window is longer than nothing: " + amount);
    }
  }

  /** The (exclusive) start of the window before an index time. */
  public Instant startBefore(Instant indexTime) {
    return inUtc(indexTime).minus(amount, unit.chrono).toInstant(ZoneOffset.UTC);
  }

  /** The end of the same span counted forwards, as for a model's horizon. */
  public Instant endAfter(Instant indexTime) {
    return inUtc(indexTime).plus(amount, unit.chrono).toInstant(ZoneOffset.UTC);
  }

  /** Without a zone, which would be looked up again for each step. */
  private static LocalDateTime inUtc(Instant instant) {
    return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
  }
}
