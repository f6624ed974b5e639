package org.auscult.monitoring.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.auscult.monitoring.performance.ReportWindow;
import org.jspecify.annotations.Nullable;

/**
 * What a page is about, and how it tells times.
 *
 * @param title of the model
 * @param url of the model
 * @param version of the model
 * @param output its name
 * @param outcome {@code url|version} of the definition; null if none is observed
 * @param window of a month or of three, or what was asked for
 * @param demand null for the page of a window's own report
 * @param zone the site's, in which all times are told
 */
public record ReportSubject(
    String title,
    String url,
    String version,
    String output,
    @Nullable String outcome,
    ReportWindow window,
    @Nullable Demand demand,
    ZoneId zone) {
  /**
   * Whose predictions somebody asked for; both null for everybody's.
   *
   * @param site id of an Organization
   * @param cohort a Group in its version
   */
  public record Demand(@Nullable String site, @Nullable String cohort) {
    /** Whether it is about some of the patients alone. */
    public boolean isOfSome() {
      return site != null || cohort != null;
    }

    /** In words. */
    String whose() {
      if (cohort != null) {
        return "members of " + cohort + " alone, as each prediction was made";
      }
      return site != null ? "patients of the site " + site + " alone" : "everybody";
    }
  }

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH_ALONE =
      DateTimeFormatter.ofPattern("MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ENGLISH);

  public ReportSubject {
    Objects.requireNonNull(title);
    Objects.requireNonNull(url);
    Objects.requireNonNull(version);
    Objects.requireNonNull(output);
    Objects.requireNonNull(window);
    Objects.requireNonNull(zone);
  }

  /** The window in words: {@code March 2024}, {@code January to March 2024}. */
  String months() {
    if (demand != null) {
      return day(window.start()) + " to " + day(window.end().minusMillis(1));
    }
    LocalDate first = date(window.start());
    LocalDate last = date(window.end().minusMillis(1));
    if (first.getMonth() == last.getMonth() && first.getYear() == last.getYear()) {
      return MONTH.format(last);
    }
    DateTimeFormatter of = first.getYear() == last.getYear() ? MONTH_ALONE : MONTH;
    return of.format(first) + " to " + MONTH.format(last);
  }

  /** The month with which a window ends: {@code 2024-03}. */
  String ending(ReportWindow of) {
    return SHORT.format(date(of.end().minusMillis(1)));
  }

  /** A day in words. */
  String day(Instant instant) {
    return DAY.format(date(instant));
  }

  /** A day as short as it goes: {@code 2024-03-04}. */
  String shortDay(Instant instant) {
    return date(instant).toString();
  }

  /** A time in words. */
  String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }

  private LocalDate date(Instant instant) {
    return instant.atZone(zone).toLocalDate();
  }
}
