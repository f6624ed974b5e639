package org.auscult.cds.client;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * FHIRPath's {@code today()}, or so many days, weeks, months or years before or after it.
 *
 * <p>Source: CDS Hooks 3.0 ballot, "Prefetch tokens containing simpler FHIRPath".
 *
 * @param amount 0 for today itself
 */
public record RelativeDate(int amount, ChronoUnit unit) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*today\\(\\)\\s*(?:([+-])\\s*(\\d{1,5})\\s+(day|week|month|year)s?\\s*)?");

  /** Reads what stands between the braces of a token; empty if it is no such date. */
  public static Optional<RelativeDate> parse(String token) {
    Matcher form = FORM.matcher(token);
    if (!form.matches()) {
      return Optional.empty();
    }
    if (form.group(1) == null) {
      return Optional.of(new RelativeDate(0, ChronoUnit.DAYS));
    }
    int amount = Integer.parseInt(form.group(2));
    ChronoUnit unit = ChronoUnit.valueOf(form.group(3).toUpperCase(Locale.ROOT) + "S");
    return Optional.of(new RelativeDate(form.group(1).equals("-") ? -amount : amount, unit));
  }

  /** The date, counted from a day. */
  public LocalDate from(LocalDate today) {
    return today.plus(amount, unit);
  }
}
