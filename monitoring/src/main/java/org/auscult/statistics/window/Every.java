package org.auscult.statistics.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of the calendar, in UTC, after which the next one begins: so many hours, days or months.
 *
 * <p>Spans do not hang on the data: those of hours are counted from 1970-01-01T00:00Z, those of
 * days from the Monday before (so that weeks begin on Mondays), those of months from January 1970.
 *
 * @param count 1 to 9,999
 */
public record Every(int count, Unit unit) {
  private static final Pattern ISO = Pattern.compile("P(?:(\\d{1,4})([DWMY])|T(\\d{1,4})H)");
  private static final int MOST = 9_999;
  private static final int DAYS_OF_WEEK = 7;
  private static final int MONTHS_OF_YEAR = 12;

  /** The first of January 1970 was a Thursday. */
  private static final int MONDAY = 3;

  /** What is counted. */
  public enum Unit {
    HOURS,
    DAYS,
    MONTHS
  }

  public Every {
    if (count < 1 || count > MOST * MONTHS_OF_YEAR) {
      throw new IllegalArgumentException("A span lasts a unit at least, and not " + count);
    }
  }

  /** From ISO 8601, of one unit: PT6H, P7D, P1W, P3M, P1Y; empty if it is none of these. */
  public static Optional<Every> parse(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String hours = matcher.group(3);
    int count = Integer.parseInt(hours == null ? matcher.group(1) : hours);
    if (count == 0) {
      return Optional.empty();
    }
    String letter = hours == null ? matcher.group(2) : "H";
    return Optional.of(
        switch (letter) {
          case "H" -> new Every(count, Unit.HOURS);
          case "D" -> new Every(count, Unit.DAYS);
          case "W" -> new Every(count * DAYS_OF_WEEK, Unit.DAYS);
          case "M" -> new Every(count, Unit.MONTHS);
          default -> new Every(count * MONTHS_OF_YEAR, Unit.MONTHS);
        });
  }

  /** When the span begins that this instant lies in; the instant itself may be that. */
  public Instant start(Instant of) {
    return begin(Math.floorDiv(units(of), count));
  }

  /** When the span begins that is so many after the one that this instant lies in. */
  public Instant after(Instant of, int spans) {
    return begin(Math.floorDiv(units(of), count) + spans);
  }

  /** When each span begins from that of the first instant to that of the last, at most so many. */
  public List<Instant> starts(Instant first, Instant last, int most) {
    List<Instant> starts = new ArrayList<>();
    for (Instant at = start(first); !at.isAfter(last) && starts.size() < most; ) {
      starts.add(at);
      at = after(at, 1);
    }
    return List.copyOf(starts);
  }

  private long units(Instant of) {
    LocalDate day = LocalDate.ofInstant(of, ZoneOffset.UTC);
    return switch (unit) {
      case HOURS -> Math.floorDiv(of.getEpochSecond(), 3_600L);
      case DAYS -> day.toEpochDay() + MONDAY;
      case MONTHS -> day.getYear() * (long) MONTHS_OF_YEAR + day.getMonthValue() - 1;
    };
  }

  private Instant begin(long span) {
    long units = span * count;
    return switch (unit) {
      case HOURS -> Instant.ofEpochSecond(units * 3_600L);
      case DAYS -> LocalDate.ofEpochDay(units - MONDAY).atStartOfDay(ZoneOffset.UTC).toInstant();
      case MONTHS ->
          LocalDate.of(
                  (int) Math.floorDiv(units, (long) MONTHS_OF_YEAR),
                  (int) Math.floorMod(units, (long) MONTHS_OF_YEAR) + 1,
                  1)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
    };
  }
}
