package org.auscult.feature;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactOrder;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/** Finds the stretch of time that a window means at one index time of one patient. */
final class Windows {
  private final ZoneId zone;

  /**
   * @param zone the site's time zone, in which calendar days begin
   */
  Windows(ZoneId zone) {
    this.zone = zone;
  }

  /** The span, or why there is none. */
  record Resolved(@Nullable Span span, @Nullable Missing missing) {
    static Resolved none(String why) {
      return new Resolved(null, new Missing(MissingReason.DEPENDENCY, why));
    }
  }

  /**
   * @param values of the features that come before, by name
   */
  Resolved resolve(Window window, PatientSnapshot snapshot, Map<String, FeatureValue> values) {
    Instant at = snapshot.asOf().at();
    Lookback gap = window.gap();
    Instant end = gap == null ? at : gap.startBefore(at);
    Window.Start start = window.start();
    if (start instanceof Window.Beginning) {
      return resolved(window, null, end);
    }
    if (start instanceof Window.Before before) {
      return resolved(window, before.lookback().startBefore(at), end);
    }
    if (start instanceof Window.CalendarStart calendar) {
      return resolved(window, start(calendar.calendar(), at), end);
    }
    if (start instanceof Window.SinceFeature since) {
      return values.get(since.name()) instanceof Present present && present.effective() != null
          ? resolved(window, present.effective(), end)
          : Resolved.none(since.name() + " is missing, since which the window reaches");
    }
    Set<Code> classes = ((Window.EncounterStart) start).classes();
    Optional<Fact> encounter = current(snapshot, classes);
    if (encounter.isEmpty()) {
      return Resolved.none("no such encounter is open at the index time");
    }
    return Values.isUndated(encounter.get())
        ? Resolved.none("the encounter has no start")
        : resolved(window, encounter.get().effective().from(), end);
  }

  private static Resolved resolved(Window window, @Nullable Instant start, Instant end) {
    Span span = new Span(start, window.startInclusive(), end, window.endInclusive());
    return span.isEmpty()
        ? Resolved.none("the window ends before it begins")
        : new Resolved(span, null);
  }

  private Instant start(Window.Calendar calendar, Instant at) {
    LocalDate today = at.atZone(zone).toLocalDate();
    LocalDate first =
        switch (calendar) {
          case DAY -> today;
          case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> today.withDayOfMonth(1);
          case YEAR -> today.withDayOfYear(1);
        };
    return first.atStartOfDay(zone).toInstant();
  }

  private static Optional<Fact> current(PatientSnapshot snapshot, Set<Code> classes) {
    Instant at = snapshot.asOf().at();
    Set<String> open = Statuses.ofStates(ResourceKind.ENCOUNTER);
    return FactSelector.encounters(snapshot, classes).stream()
        .filter(f -> Statuses.counts(ResourceKind.ENCOUNTER, Statuses.ofState(f, at), open))
        .filter(f -> f.effective().until() == null || f.effective().until().isAfter(at))
        .max(Comparator.comparing((Fact f) -> f.effective().from()).thenComparing(FactOrder.ORDER));
  }
}
