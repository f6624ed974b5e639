package org.auscult.timeline.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.auscult.timeline.EffectiveTime;
import org.auscult.timeline.EffectiveTime.Precision;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads FHIR's dates with their precision; partial ones, and times that lack their offset, in the
 * site's time zone (safety rule 8).
 */
final class FhirTime {
  private final ZoneId zone;

  FhirTime(ZoneId zone) {
    this.zone = zone;
  }

  /** From a dateTime, instant, Period (a measurement: visible at its end) or Timing event. */
  Optional<EffectiveTime> measured(@Nullable Type effective) {
    if (effective instanceof BaseDateTimeType date) {
      return interval(date).map(i -> new EffectiveTime(i.start, i.end, null, i.precision));
    }
    if (effective instanceof Period period) {
      return state(period.getStartElement(), period.getEndElement())
          .map(
              s ->
                  new EffectiveTime(
                      s.from(),
                      later(s.visibleFrom(), s.until() == null ? s.visibleFrom() : s.until()),
                      null,
                      s.precision()));
    }
    if (effective instanceof Timing timing && timing.hasEvent()) {
      return measured(timing.getEvent().get(timing.getEvent().size() - 1));
    }
    return Optional.empty();
  }

  /** From the start and end of a state, such as a condition or an encounter. */
  Optional<EffectiveTime> state(@Nullable BaseDateTimeType start, @Nullable BaseDateTimeType end) {
    Optional<Interval> begin = interval(start);
    Optional<Interval> finish = interval(end);
    if (begin.isEmpty()) {
      return finish.map(f -> new EffectiveTime(f.start, f.end, f.end, f.precision));
    }
    Interval b = begin.get();
    Instant until = finish.map(f -> f.end).orElse(null);
    return Optional.of(new EffectiveTime(b.start, b.end, until, b.precision));
  }

  /** The latest instant that a date allows; empty if it has no value. */
  Optional<Instant> end(@Nullable BaseDateTimeType date) {
    return interval(date).map(i -> i.end);
  }

  private record Interval(Instant start, Instant end, Precision precision) {}

  private Optional<Interval> interval(@Nullable BaseDateTimeType date) {
    if (date == null || date.getValue() == null) {
      return Optional.empty();
    }
    if (date instanceof InstantType) {
      Instant instant = date.getValue().toInstant();
      return Optional.of(new Interval(instant, instant, Precision.INSTANT));
    }
    String text = date.getValueAsString();
    return Optional.of(
        switch (text.length()) {
          case 4 -> {
            LocalDate first = Year.parse(text).atDay(1);
            yield days(first, first.plusYears(1), Precision.YEAR);
          }
          case 7 -> {
            LocalDate first = YearMonth.parse(text).atDay(1);
            yield days(first, first.plusMonths(1), Precision.MONTH);
          }
          case 10 -> {
            LocalDate day = LocalDate.parse(text);
            yield days(day, day.plusDays(1), Precision.DAY);
          }
          default -> {
            Instant instant =
                date.getTimeZone() == null
                    ? LocalDateTime.parse(text).atZone(zone).toInstant()
                    : date.getValue().toInstant();
            yield new Interval(instant, instant, Precision.INSTANT);
          }
        });
  }

  private Interval days(LocalDate first, LocalDate afterLast, Precision precision) {
    return new Interval(
        first.atStartOfDay(zone).toInstant(), afterLast.atStartOfDay(zone).toInstant(), precision);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
