package org.auscult.cds.hook;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates on cards: local, with the offset (safety rule 8); a midnight is a date without a time. */
final class LocalTime {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu '('xxx')'", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm '('xxx')'", Locale.ENGLISH);

  private LocalTime() {}

  /** With its time also at midnight, for what is known to have one. */
  static String exact(Instant instant, ZoneId zone) {
    return instant.atZone(zone).format(TIME);
  }

  static String text(Instant instant, ZoneId zone) {
    ZonedDateTime local = instant.atZone(zone);
    boolean midnight = local.toLocalTime().equals(java.time.LocalTime.MIDNIGHT);
    return local.format(midnight ? DATE : TIME);
  }
}
