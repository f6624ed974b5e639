package org.auscult.server.simulation;

import java.io.PrintStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a year to somebody who has a minute: month by month, and then what it came to. */
final class Story {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter LONG_DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final int WIDTH = 100;
  private static final String INDENT = " ".repeat(24);
  private static final double PERCENT = 100;

  private final YearResult year;
  private final PrintStream out;

  Story(YearResult year, PrintStream out) {
    this.year = year;
    this.out = out;
  }

  /** All of it. */
  void tell() {
    begin();
    months(EnumSet.allOf(Moment.Kind.class));
    end();
  }

  /** Only what was planted, found, suspended and mended, and what it came to. */
  void tellInShort() {
    begin();
    for (Moment moment : Moment.of(year)) {
      if (EnumSet.of(
              Moment.Kind.PLANTED,
              Moment.Kind.FOUND,
              Moment.Kind.FALSE_ALARM,
              Moment.Kind.SUSPENDED,
              Moment.Kind.MENDED)
          .contains(moment.kind())) {
        tell(moment);
      }
    }
    end();
  }

  private void begin() {
    YearPlan plan = year.plan();
    paragraph(
        say(
                "A year in a minute, from %s: %,d patients a week, drawn from the bundled ones (seed %d).",
                LONG_DAY.format(plan.start()), plan.patientsPerWeek(), plan.seed())
            + " The model was made up for it. Outcomes and answers follow from a truth that"
            + " monitoring does not know; nor is it told what was planted. It looks "
            + (plan.every() == 1 ? "every day." : "every " + plan.every() + " days."));
    out.println();
  }

  private void paragraph(String text) {
    wrapped(text, WIDTH).forEach(out::println);
  }

  private void months(Set<Moment.Kind> kinds) {
    out.printf(
        "%-16s %7s %7s %6s %7s %7s %12s %11s%n",
        "", "charts", "AUROC", "O:E", "cards", "shown", "false alarms", "overridden");
    List<Moment> moments = Moment.of(year);
    for (MonthOfYear month : MonthOfYear.of(year)) {
      YearResult.Cards cards = month.cards();
      out.printf(
          Locale.ROOT,
          "%-16s %,7d %7s %6s %,7d %,7d %12s %11s%n",
          MONTH.format(month.first()),
          cards.charts(),
          number(month.auroc()),
          number(month.observedToExpected()),
          cards.cards(),
          month.shown(),
          percent(cards.falseAlarms(), cards.cards()),
          month.overrideRate() == null ? "-" : percent(month.overrideRate()));
      Instant from = YearPlan.midnight(month.first());
      Instant until = YearPlan.midnight(month.first().withDayOfMonth(1).plusMonths(1));
      for (Moment moment : moments) {
        if (kinds.contains(moment.kind())
            && !moment.at().isBefore(from)
            && moment.at().isBefore(until)) {
          tell(moment);
        }
      }
    }
    out.println();
    paragraph(
        "O:E is observed to expected deaths. Cards are charts at or above the limit whose outcome is"
            + " known, shown or not; false alarms are those of them who lived. Overridden are so"
            + " many of the cards that were shown.");
    out.println();
  }

  private void tell(Moment moment) {
    String words = moment.kind().words().toUpperCase(Locale.ROOT);
    List<String> lines = wrapped(moment.text(), WIDTH - INDENT.length());
    out.printf("  %6s  %-12s  %s%n", DAY.format(YearPlan.day(moment.at())), words, lines.get(0));
    lines.subList(1, lines.size()).forEach(line -> out.println(INDENT + line));
    if (moment.detail() != null) {
      wrapped(moment.detail() + ".", WIDTH - INDENT.length())
          .forEach(line -> out.println(INDENT + line));
    }
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() + word.length() + 1 > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private void end() {
    Map<Planted, Findings.Told> found = year.found();
    for (Planted planted : Planted.values()) {
      Findings.Told told = found.get(planted);
      boolean isPlanted = year.plan().planted().contains(planted);
      if (isPlanted || told != null) {
        out.printf(
            "%-11s %s%n",
            planted.code(),
            told == null
                ? "not found"
                : isPlanted
                    ? "found after "
                        + year.daysUntil(planted, told.at())
                        + " days, by the rule \""
                        + told.rule().title()
                        + "\" ("
                        + told.finding().kind().code()
                        + ")"
                    : "found, though it was not planted");
      }
    }
    long alarms = year.falseAlarms();
    out.printf(
        Locale.ROOT,
        "false alarms: %s%n",
        alarms == 0 ? "none" : alarms + " issues that nothing planted explains");
    suspension();
  }

  /** What suspending did, or would have done. */
  private void suspension() {
    YearPlan plan = year.plan();
    Instant change = plan.from(Planted.CONCEPT);
    Year.Suspended suspended = year.suspended();
    if (suspended == null) {
      paragraph("Nothing was suspended." + after(change));
      return;
    }
    YearResult.Cards spared = year.cards(suspended.at(), plan.end());
    paragraph(
        say(
                "Suspended on %s. From then on %,d charts were opened without a card, and %,d cards were",
                LONG_DAY.format(YearPlan.day(suspended.at())), spared.charts(), spared.cards())
            + say(
                " withheld whose outcome is known: %,d of these (%s) would have been false alarms;",
                spared.falseAlarms(), percent(spared.falseAlarms(), spared.cards()))
            + say(
                " of %,d deaths %,d would have had no card anyway.",
                spared.missed() + spared.cards() - spared.falseAlarms(), spared.missed())
            + between(change, suspended.at()));
  }

  /** How wrong cards were after the change, where nothing suspended them. */
  private String after(Instant change) {
    YearResult.Cards after = year.cards(change, year.plan().end());
    return year.plan().planted().contains(Planted.CONCEPT)
        ? say(
                " After the change %,d cards were shown whose outcome is known; %s of them were false",
                after.cards(), percent(after.falseAlarms(), after.cards()))
            + say(" alarms, and %,d deaths had no card.", after.missed())
            + before(change)
        : "";
  }

  private String between(Instant change, Instant suspended) {
    if (!suspended.isAfter(change) || !year.plan().planted().contains(Planted.CONCEPT)) {
      return "";
    }
    YearResult.Cards seen = year.cards(change, suspended);
    return say(
            " Of the %,d that were shown between change and suspension %s were false alarms.",
            seen.cards(), percent(seen.falseAlarms(), seen.cards()))
        + before(change);
  }

  private String before(Instant change) {
    Instant month = YearPlan.midnight(YearPlan.day(change).minusMonths(1));
    YearResult.Cards usual = year.cards(month, change);
    return say(
        " In the month before the change %s were.", percent(usual.falseAlarms(), usual.cards()));
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String percent(long part, long of) {
    return of == 0 ? "-" : percent(part / (double) of);
  }

  private static String percent(double share) {
    return Math.round(share * PERCENT) + " %";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
