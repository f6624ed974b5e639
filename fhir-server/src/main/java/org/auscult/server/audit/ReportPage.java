package org.auscult.server.audit;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.auscult.server.audit.AuditEventSearch.Found;
import org.auscult.server.audit.AuditEventSearch.Key;
import org.auscult.server.audit.AuditEventSearch.Order;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Which part of a report is wanted, in what order, and in what form. */
final class ReportPage {
  /** The most events that one file holds. */
  static final int LARGEST_FILE = 20_000;

  private static final int DEFAULT_COUNT = 100;
  private static final int LARGEST_COUNT = 1_000;
  private static final int FARTHEST = 100_000;

  /** How a report is given. */
  enum Form {
    /** A page, as FHIR Parameters. */
    PARAMETERS(""),
    /** A table, whole. */
    CSV("text/csv"),
    /** Resources, whole. */
    NDJSON("application/fhir+ndjson");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }
  }

  /** The parameters as they were given. */
  record Asked(
      @Nullable StringType start,
      @Nullable StringType end,
      @Nullable StringType sort,
      @Nullable StringType count,
      @Nullable StringType offset,
      @Nullable StringType upTo,
      @Nullable StringType form) {}

  private final @Nullable Instant from;
  private final @Nullable Instant to;
  private final Order order;
  private final int count;
  private final int offset;
  private final long upTo;
  private final Form form;

  /**
   * @param keys by what this report can be sorted
   * @param size of the log now
   * @throws InvalidRequestException if one of them is nothing that can be used
   */
  ReportPage(ZoneId zone, Asked asked, Set<Key> keys, LongSupplier size) {
    this.from = instant(zone, "start", asked.start(), 0);
    this.to = instant(zone, "end", asked.end(), 1);
    this.order = order(asked.sort(), keys);
    this.count = (int) number("_count", asked.count(), 1, LARGEST_COUNT, () -> DEFAULT_COUNT);
    this.offset = (int) number("_offset", asked.offset(), 0, FARTHEST, () -> 0);
    this.upTo = number("_upto", asked.upTo(), 0, Long.MAX_VALUE, size);
    this.form = form(asked.form());
  }

  Form form() {
    return form;
  }

  void limit(AuditEventSearch search) {
    if (from != null) {
      search.from(from.toEpochMilli());
    }
    if (to != null) {
      search.to(to.toEpochMilli());
    }
    search.upTo(upTo);
  }

  /** The events of this page; says in the report how many there are, and where to go on. */
  List<Found> of(AuditEventSearch search, DataSource dataSource, LogReader log, Parameters report) {
    long archived = log.begin();
    if (archived > 0) {
      report.addParameter("archived", new StringType(String.valueOf(archived)));
    }
    OptionalInt total = search.count(dataSource, AuditEventSearch.MOST_COUNTED);
    if (total.isPresent()) {
      report.addParameter("total", new DecimalType(total.getAsInt()));
    }
    AuditEventSearch.Page page = search.page(dataSource, order, offset, count);
    report.addParameter("upTo", new StringType(String.valueOf(upTo)));
    if (!page.isLast()) {
      report.addParameter("next", new StringType(String.valueOf(offset + count)));
    }
    return page.found();
  }

  /**
   * All events.
   *
   * @throws InvalidRequestException if they are too many for a file
   */
  void all(AuditEventSearch search, DataSource dataSource, Consumer<Found> each) {
    if (search.count(dataSource, LARGEST_FILE).isEmpty()) {
      throw new InvalidRequestException(
          "More than "
              + LARGEST_FILE
              + " events are too many for a file; narrow it by start and end.");
    }
    boolean isLast = false;
    for (int at = 0; !isLast; at += LARGEST_COUNT) {
      AuditEventSearch.Page page = search.page(dataSource, order, at, LARGEST_COUNT);
      page.found().forEach(each);
      isLast = page.isLast();
    }
  }

  private static Order order(@Nullable StringType sort, Set<Key> keys) {
    if (sort == null) {
      return Order.LATEST_FIRST;
    }
    String given = sort.getValueNotNull();
    String name = given.startsWith("-") ? given.substring(1) : given;
    return keys.stream()
        .filter(key -> key.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .map(key -> new Order(key, given.startsWith("-")))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "sort is one of "
                        + keys.stream()
                            .map(k -> k.name().toLowerCase(Locale.ROOT))
                            .sorted()
                            .toList()
                        + ", with - before it for the other way round."));
  }

  private static Form form(@Nullable StringType asked) {
    if (asked == null) {
      return Form.PARAMETERS;
    }
    return switch (asked.getValueNotNull().replace(' ', '+')) {
      case "csv", "text/csv" -> Form.CSV;
      case "ndjson", "application/ndjson", "application/fhir+ndjson" -> Form.NDJSON;
      default ->
          throw new InvalidRequestException(
              "_outputFormat is text/csv or application/fhir+ndjson; without it, a page of"
                  + " Parameters.");
    };
  }

  /** A day counts from its start, or to its end. */
  private static @Nullable Instant instant(
      ZoneId zone, String name, @Nullable StringType given, int daysOn) {
    if (given == null) {
      return null;
    }
    String text = given.getValueNotNull();
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

  private static long number(
      String name, @Nullable StringType given, long least, long most, LongSupplier otherwise) {
    if (given == null) {
      return otherwise.getAsLong();
    }
    try {
      long number = Long.parseLong(given.getValueNotNull());
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
