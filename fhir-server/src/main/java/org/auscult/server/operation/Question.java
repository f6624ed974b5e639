package org.auscult.server.operation;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.auscult.timeline.AsOf;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Reads an operation's parameters and gathers all that is wrong with them before it refuses. */
final class Question {
  private final ZoneId zone;
  private final Instant now;
  private final OperationOutcome problems = new OperationOutcome();

  Question(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** As of when: {@code at} is now unless given; known by {@code knownAt}, an epoch, or then. */
  AsOf asOf(@Nullable StringType at, @Nullable StringType knownAt, @Nullable StringType epoch) {
    Instant instant = instant("at", at).orElse(now);
    Optional<Instant> known = instant("knownAt", knownAt);
    Optional<Integer> inEpoch = number("epoch", epoch, 0, Integer.MAX_VALUE);
    if (text(knownAt).isPresent() && text(epoch).isPresent()) {
      refuse("epoch", "both knownAt and epoch are given; give one of them");
    }
    if (inEpoch.isPresent()) {
      return AsOf.epoch(instant, inEpoch.get());
    }
    return new AsOf(instant, new AsOf.Known.ByClock(known.orElse(instant)));
  }

  /** An instant with its offset, or a date, which counts from the start of the site's day. */
  Optional<Instant> startOf(String name, @Nullable StringType given) {
    Optional<String> text = text(given);
    return instant(name, given)
        .map(
            instant ->
                text.orElse("").indexOf('T') < 0
                    ? instant.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant()
                    : instant);
  }

  /** An instant with its offset, or a date, which counts to the end of the site's day. */
  Optional<Instant> instant(String name, @Nullable StringType given) {
    return text(given)
        .flatMap(
            text -> {
              try {
                return Optional.of(
                    text.indexOf('T') < 0
                        ? LocalDate.parse(text)
                            .plusDays(1)
                            .atStartOfDay(zone)
                            .toInstant()
                            .minusMillis(1)
                        // An unescaped plus in a query arrives as a blank.
                        : OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
              } catch (DateTimeException e) {
                refuse(
                    name,
                    "'"
                        + text
                        + "' is no time; give one such as 2024-05-03T10:00:00Z, or a date such as"
                        + " 2024-05-03");
                return Optional.empty();
              }
            });
  }

  Optional<Integer> number(String name, @Nullable StringType given, int least, int most) {
    return text(given)
        .flatMap(
            text -> {
              try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                  return Optional.of(number);
                }
              } catch (NumberFormatException e) {
                // Said below, together with what is out of range.
              }
              refuse(name, "'" + text + "' is no whole number from " + least + " to " + most);
              return Optional.empty();
            });
  }

  /** The parameter's text; empty if missing, which is then a problem. */
  String required(String name, @Nullable StringType given, String example) {
    Optional<String> text = text(given);
    if (text.isEmpty()) {
      refuse(name, "is missing; give one such as " + example);
    }
    return text.orElse("");
  }

  static Optional<String> text(@Nullable StringType given) {
    return Optional.ofNullable(given).map(StringType::getValue).filter(t -> !t.isBlank());
  }

  void refuse(String name, String problem) {
    problems
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(IssueType.INVALID)
        .setDiagnostics(name + " " + problem)
        .addExpression("Parameters.parameter.where(name='" + name + "')");
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidRequestException with all problems, if there is any
   */
  void check() {
    if (problems.hasIssue()) {
      List<String> all = new ArrayList<>();
      problems.getIssue().forEach(issue -> all.add(issue.getDiagnostics()));
      throw new InvalidRequestException(String.join("; ", all), problems);
    }
  }
}
