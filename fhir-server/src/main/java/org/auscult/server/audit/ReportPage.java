package org.auscult.server.audit;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Which part of a report is wanted, and in what order. */
final class ReportPage {
  private static final int DEFAULT_COUNT = 100;
  private static final int LARGEST_COUNT = 1_000;

  private final @Nullable Instant from;
  private final @Nullable Instant to;
  private final boolean isOldestFirst;
  private final int count;
  private final int offset;

  /**
   * @throws InvalidRequestException if one of them is nothing that can be used
   */
  ReportPage(
      ZoneId zone,
      @Nullable StringType start,
      @Nullable StringType end,
      @Nullable StringType sort,
      @Nullable StringType count,
      @Nullable StringType offset) {
    this.from = start == null ? null : instant(zone, "start", start.getValueNotNull(), 0);
    this.to = end == null ? null : instant(zone, "end", end.getValueNotNull(), 1);
    String order = sort == null ? "-date" : sort.getValueNotNull();
    if (!order.equals("date") && !order.equals("-date")) {
      throw new InvalidRequestException("sort is date or -date.");
    }
    this.isOldestFirst = order.equals("date");
    this.count = number("_count", count, 1, LARGEST_COUNT, DEFAULT_COUNT);
    this.offset = number("_offset", offset, 0, Integer.MAX_VALUE, 0);
  }

  void limit(AuditEventSearch search) {
    if (from != null) {
      search.from(from.toEpochMilli());
    }
    if (to != null) {
      search.to(to.toEpochMilli());
    }
  }

  List<AuditEventSearch.Found> of(AuditEventSearch search, DataSource dataSource) {
    return search.page(dataSource, isOldestFirst, offset, count);
  }

  /** A day counts from its start, or to its end. */
  private static Instant instant(ZoneId zone, String name, String text, int daysOn) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text)
              .plusDays(daysOn)
              .atStartOfDay(zone)
              .toInstant()
              .minusMillis(daysOn)
          // An unescaped plus in a query arrives as a blank.
          : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidRequestException(
          name + " takes a time such as 2024-05-03T10:00:00Z, or a date such as 2024-05-03.");
    }
  }

  private static int number(
      String name, @Nullable StringType given, int least, int most, int otherwise) {
    if (given == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(given.getValueNotNull());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, together with what is out of range.
    }
    throw new InvalidRequestException(
        name + " takes a whole number from " + least + " to " + most + ".");
  }
}
