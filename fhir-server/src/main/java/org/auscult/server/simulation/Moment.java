package org.auscult.server.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.auscult.monitoring.finding.FindingSeverity;
import org.auscult.monitoring.finding.Measured;
import org.auscult.monitoring.retraining.TrainingWindow;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the year, or that was told of it.
 *
 * @param detail a second sentence; null if there is none
 */
record Moment(Instant at, Kind kind, String text, @Nullable String detail) {
  /** What it is; of one time in this order. */
  enum Kind {
    PLANTED,
    FOUND,
    ALSO_FOUND,
    FALSE_ALARM,
    SUSPENDED,
    PROPOSED,
    MENDED,
    OVER;

    /** For people. */
    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final Comparator<Moment> BY_TIME =
      Comparator.comparing(Moment::at).thenComparing(Moment::kind).thenComparing(Moment::text);

  /** All that happened and was told, in the order of time. */
  static List<Moment> of(YearResult year) {
    List<Moment> all = new ArrayList<>();
    YearPlan plan = year.plan();
    for (Planted planted : Planted.values()) {
      if (plan.planted().contains(planted)) {
        all.add(new Moment(plan.from(planted), Kind.PLANTED, planted.words(), null));
      }
    }
    year.found().forEach((planted, told) -> all.add(found(year, planted, told)));
    for (YearResult.Episode one : year.episodes()) {
      issue(year, one, all);
    }
    Year.Suspended suspended = year.suspended();
    if (suspended != null) {
      all.add(
          new Moment(
              suspended.at(),
              Kind.SUSPENDED,
              "nobody gets a card of it any more: " + suspended.by().issue().rule().title(),
              null));
    }
    year.proposals().forEach(proposal -> all.add(proposed(proposal)));
    Instant mended = year.mended();
    if (mended != null) {
      all.add(
          new Moment(
              mended,
              Kind.MENDED,
              "the laboratory sends creatinine as before: it was told which unit nobody can read",
              null));
    }
    all.sort(BY_TIME);
    return all;
  }

  private static Moment found(YearResult year, Planted planted, Findings.Told told) {
    String why = told.causes().stream().map(Findings.NamedCause::text).findFirst().orElse(null);
    boolean isPlanted = year.plan().planted().contains(planted);
    String after =
        isPlanted ? " after " + year.daysUntil(planted, told.at()) + " days" : ", and not planted";
    return new Moment(
        told.at(),
        isPlanted ? Kind.FOUND : Kind.FALSE_ALARM,
        planted.code() + after + ": " + told.rule().title() + ": " + figure(told),
        why == null && planted == Planted.POPULATION
            ? "Nothing in how it is recorded explains it: other patients come"
            : why);
  }

  /** A figure, and what would be in order. */
  private static String figure(Findings.Told told) {
    Measured measured = told.measured();
    String of = told.feature() == null ? "" : " of " + told.feature();
    String limit =
        measured.least() == null
            ? "at most " + number(measured.most())
            : "at least " + number(measured.least());
    return measured.figure()
        + of
        + " "
        + number(measured.value())
        + (measured.interval() == null
            ? ""
            : " ("
                + number(measured.interval().lower())
                + " to "
                + number(measured.interval().upper())
                + ")")
        + ", n "
        + measured.n()
        + "; in order is "
        + limit;
  }

  private static String number(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static void issue(YearResult year, YearResult.Episode one, List<Moment> all) {
    String title =
        one.issue().rule().title() + site(one) + " (" + one.issue().rule().severity().code() + ")";
    boolean isFalse = one.during().isEmpty();
    boolean isToldAlready =
        year.found().values().stream()
            .anyMatch(
                told ->
                    told.rule().equals(one.issue().rule())
                        && told.at().equals(one.episode().opened()));
    if (isFalse || !isToldAlready) {
      all.add(
          new Moment(
              one.episode().opened(), isFalse ? Kind.FALSE_ALARM : Kind.ALSO_FOUND, title, null));
    }
    Instant closed = one.episode().closed();
    if (closed != null && one.issue().rule().severity() != FindingSeverity.INFO) {
      all.add(new Moment(closed, Kind.OVER, title, null));
    }
  }

  private static String site(YearResult.Episode one) {
    return Optional.of(one.issue().key().site())
        .filter(site -> !site.isEmpty())
        .map(site -> ", " + site)
        .orElse("");
  }

  private static Moment proposed(Proposals.Proposal proposal) {
    TrainingWindow window = proposal.window();
    return new Moment(
        proposal.at(),
        Kind.PROPOSED,
        "to train again on predictions from "
            + YearPlan.day(window.start())
            + " until before "
            + YearPlan.day(window.end())
            + ", "
            + String.format(Locale.ROOT, "%,d", window.labels())
            + " labels: "
            + window.why().words(),
        null);
  }
}
