package org.auscult.server.training;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.feature.fhir.Problem;

/** What was given of a data set, read value by value; what is wrong is gathered. */
final class GivenParameters {
  private static final Instant EARLIEST = Instant.parse("1800-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(36_600);

  private final SortedMap<String, List<String>> given = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final ZoneId zone;

  /**
   * @param zone in which dates are meant
   */
  GivenParameters(Map<String, List<String>> given, ZoneId zone) {
    given.forEach((name, values) -> this.given.put(name, List.copyOf(values)));
    this.zone = zone;
  }

  /** All values by name, defaults among them that were asked for by now. */
  SortedMap<String, List<String>> values() {
    return given;
  }

  List<Problem> problems() {
    return problems;
  }

  boolean has(String name) {
    return given.containsKey(name);
  }

  List<String> all(String name) {
    return given.getOrDefault(name, List.of());
  }

  /** Keeps these as if they had been given. */
  void keep(String name, List<String> values) {
    given.put(name, values);
  }

  Optional<String> one(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      refuse(name, "is given " + values.size() + " times", "Give it once.");
    }
    return values.stream().findFirst();
  }

  void refuse(String name, String what, String remedy) {
    problems.add(new Problem("Parameters.parameter('" + name + "')", name + ": " + what, remedy));
  }

  /** The value, or a default, which is then kept as if it had been given. */
  String or(String name, String otherwise) {
    Optional<String> value = one(name);
    if (value.isEmpty()) {
      given.put(name, List.of(otherwise));
    }
    return value.orElse(otherwise);
  }

  String choice(String name, String first, String other) {
    String value = or(name, first);
    if (!value.equals(first) && !value.equals(other)) {
      refuse(name, "'" + value + "' is neither " + first + " nor " + other, "Give one of them.");
    }
    return value;
  }

  Optional<Instant> required(String name) {
    Optional<String> text = one(name);
    if (text.isEmpty()) {
      refuse(name, "is missing", "Give a time such as 2024-05-03T10:00:00Z.");
    }
    return text.flatMap(t -> instant(name, t));
  }

  Duration duration(String name, String otherwise) {
    String text = one(name).orElse(otherwise);
    try {
      Duration duration = text.isEmpty() ? Duration.ZERO : Duration.parse(text);
      if (duration.abs().compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Said below, together with what is longer than any life.
    }
    refuse(name, "'" + text + "' is no duration", "Give one such as PT24H or P7D.");
    return Duration.ZERO;
  }

  /** A date counts to its end, as everywhere here. */
  Optional<Instant> instant(String name, String text) {
    try {
      Instant instant =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1)
              : OffsetDateTime.parse(text).toInstant();
      if (!instant.isBefore(EARLIEST) && instant.isBefore(LATEST)) {
        return Optional.of(instant);
      }
    } catch (DateTimeException e) {
      // Said below, together with what no record reaches.
    }
    refuse(
        name,
        "'" + text + "' is no time",
        "Give one such as 2024-05-03T10:00:00Z, or a date such as 2024-05-03.");
    return Optional.empty();
  }

  BigDecimal share(String name, String otherwise) {
    String text = or(name, otherwise);
    if (text.matches("[01](\\.\\d{1,6})?")) {
      return new BigDecimal(text);
    }
    refuse(name, "'" + text + "' is no share", "Give a number from 0 to 1 such as 0.15.");
    return BigDecimal.ZERO;
  }
}
