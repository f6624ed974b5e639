package org.auscult.server.statistics;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times in a file: a date, or a date with a time, which is of UTC if it has no offset. */
final class CsvTime {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern TIME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(.*)");

  private CsvTime() {}

  /** The instant; empty if it is none of these. A date is its first instant in UTC. */
  static Optional<Instant> parse(String text) {
    try {
      if (DATE.matcher(text).matches()) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      var time = TIME.matcher(text);
      if (!time.matches()) {
        return Optional.empty();
      }
      String local = time.group(1) + "T" + time.group(2);
      return Optional.of(
          time.group(3).isEmpty()
              ? LocalDateTime.parse(local).toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(local + time.group(3)).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
