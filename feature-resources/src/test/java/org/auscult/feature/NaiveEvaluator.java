package org.auscult.feature;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.ResourceKind;

/**
 * The slow and obvious evaluator that the real one is compared with. It shares no code with it: it
 * walks over all rows ever stored, in loops, and converts no units (the histories that it is used
 * on are in their definition's unit or in one that measures something else).
 */
final class NaiveEvaluator {
  /** The operators that it knows. */
  static final Set<Operator> KNOWN =
      EnumSet.of(
          Operator.LATEST,
          Operator.FIRST,
          Operator.MIN,
          Operator.MAX,
          Operator.MEAN,
          Operator.COUNT,
          Operator.EXISTS,
          Operator.TIME_SINCE,
          Operator.AGE,
          Operator.SEX);

  private NaiveEvaluator() {}

  /** A number as text, or {@code ?reason}. */
  static String evaluate(FeatureDefinition d, List<Fact> everything, AsOf asOf, boolean complete) {
    return switch (d.operator()) {
      case AGE -> age(everything, asOf);
      case SEX -> sex(everything, asOf);
      default -> overFacts(d, everything, asOf, complete);
    };
  }

  private static String overFacts(
      FeatureDefinition d, List<Fact> everything, AsOf asOf, boolean complete) {
    List<Fact> mine = new ArrayList<>();
    for (Fact f : everything) {
      boolean coded = false;
      for (var code : d.codes()) {
        coded |= f.codes().contains(code);
      }
      if (coded
          && f.source().kind() == d.kind()
          && f.context().author() == Author.RECORD
          && visible(f, asOf)) {
        mine.add(f);
      }
    }
    List<Fact> counting = new ArrayList<>();
    for (Fact f : mine) {
      if (counts(f, asOf.at())) {
        counting.add(f);
      }
    }
    List<Fact> window = new ArrayList<>();
    for (Fact f : counting) {
      if (inWindow(f, d, asOf.at())) {
        window.add(f);
      }
    }
    List<Fact> said = new ArrayList<>();
    for (Fact f : window) {
      if (!(f.value() instanceof FactValue.Absent)) {
        said.add(f);
      }
    }
    if (d.operator() == Operator.EXISTS) {
      if (!said.isEmpty()) {
        return "1.0";
      }
      if (!window.isEmpty()) {
        return "?data-absent";
      }
      return complete ? "0.0" : "?search-incomplete";
    }
    if (d.operator() == Operator.COUNT) {
      return complete ? said.size() + ".0" : "?search-incomplete";
    }
    if (mine.isEmpty()) {
      return complete ? "?not-recorded" : "?search-incomplete";
    }
    if (counting.isEmpty()) {
      return "?status";
    }
    if (window.isEmpty()) {
      return "?outside-window";
    }
    if (said.isEmpty()) {
      return "?data-absent";
    }
    if (d.operator() == Operator.TIME_SINCE) {
      long millis = asOf.at().toEpochMilli() - last(said).effective().visibleFrom().toEpochMilli();
      return String.valueOf(Math.floorDiv(millis, 1000) / 86400.0);
    }
    List<Fact> valued = new ArrayList<>();
    for (Fact f : said) {
      if (!(f.value() instanceof FactValue.None)) {
        valued.add(f);
      }
    }
    if (valued.isEmpty()) {
      return "?unrecognised-value";
    }
    said = valued;
    if (d.operator() == Operator.LATEST) {
      return read(d, last(said));
    }
    if (d.operator() == Operator.FIRST) {
      return read(d, first(said));
    }
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int n = 0;
    for (Fact f : said) {
      String text = read(d, f);
      if (!text.startsWith("?")) {
        double value = Double.parseDouble(text);
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        n++;
      }
    }
    if (n == 0) {
      return read(d, last(said));
    }
    return String.valueOf(
        d.operator() == Operator.MIN ? min : d.operator() == Operator.MAX ? max : sum / n);
  }

  private static boolean visible(Fact f, AsOf asOf) {
    Instant until = f.known().until();
    boolean known;
    if (asOf.known() instanceof AsOf.Known.ByClock clock) {
      known =
          f.known().from().compareTo(clock.instant()) <= 0
              && (until == null || until.compareTo(clock.instant()) > 0);
    } else if (asOf.known() instanceof AsOf.Known.InEpoch epoch) {
      Long end = f.epochs().until();
      known = f.epochs().from() <= epoch.epoch() && (end == null || end > epoch.epoch());
    } else {
      known = until == null;
    }
    return known
        && f.effective().visibleFrom().compareTo(asOf.at()) <= 0
        && !f.context().status().equals("entered-in-error");
  }

  private static boolean counts(Fact f, Instant at) {
    String status = f.context().status();
    if (f.source().kind() == ResourceKind.OBSERVATION) {
      return status.equals("final") || status.equals("amended") || status.equals("corrected");
    }
    Instant until = f.effective().until();
    if (status.equals("resolved") && until != null && until.isAfter(at)) {
      return true;
    }
    return status.equals("active") || status.isEmpty();
  }

  private static boolean inWindow(Fact f, FeatureDefinition d, Instant at) {
    if (!(d.window().start() instanceof Window.Before before)) {
      return true;
    }
    Lookback lookback = before.lookback();
    ZonedDateTime index = at.atZone(ZoneOffset.UTC);
    Instant start =
        switch (lookback.unit()) {
          case MINUTE -> index.minusMinutes(lookback.amount()).toInstant();
          case HOUR -> index.minusHours(lookback.amount()).toInstant();
          case DAY -> index.minusDays(lookback.amount()).toInstant();
          case WEEK -> index.minusWeeks(lookback.amount()).toInstant();
          case MONTH -> index.minusMonths(lookback.amount()).toInstant();
          case YEAR -> index.minusYears(lookback.amount()).toInstant();
        };
    Instant until = f.effective().until();
    boolean open =
        f.source().kind() == ResourceKind.CONDITION && (until == null || until.isAfter(start));
    return f.effective().visibleFrom().isAfter(start) || open;
  }

  private static String read(FeatureDefinition d, Fact f) {
    if (!(f.value() instanceof FactValue.Measured measured)) {
      return "?unrecognised-value";
    }
    if (measured.comparator() != Comparator.NONE) {
      return "?comparator";
    }
    if (!measured.original().unit().equals(d.unit())) {
      return "?unit";
    }
    BigDecimal value = measured.original().value();
    Range plausible = d.plausible();
    if (plausible != null
        && (value.compareTo(plausible.low()) < 0 || value.compareTo(plausible.high()) > 0)) {
      return "?implausible";
    }
    return String.valueOf(value.doubleValue());
  }

  private static Fact last(List<Fact> facts) {
    Fact last = facts.get(0);
    for (Fact f : facts) {
      last = later(f, last) ? f : last;
    }
    return last;
  }

  private static Fact first(List<Fact> facts) {
    Fact first = facts.get(0);
    for (Fact f : facts) {
      first = later(first, f) ? f : first;
    }
    return first;
  }

  private static boolean later(Fact a, Fact b) {
    if (!a.effective().visibleFrom().equals(b.effective().visibleFrom())) {
      return a.effective().visibleFrom().isAfter(b.effective().visibleFrom());
    }
    if (!a.effective().from().equals(b.effective().from())) {
      return a.effective().from().isAfter(b.effective().from());
    }
    if (!a.known().from().equals(b.known().from())) {
      return a.known().from().isAfter(b.known().from());
    }
    if (a.source().version() != b.source().version()) {
      return a.source().version() > b.source().version();
    }
    return a.source().id().compareTo(b.source().id()) > 0;
  }

  private static String age(List<Fact> everything, AsOf asOf) {
    Fact born = null;
    for (Fact f : everything) {
      if (f.codes().contains(Demographics.BIRTH_DATE)
          && visible(f, asOf)
          && (born == null || f.source().version() > born.source().version())) {
        born = f;
      }
    }
    if (born == null) {
      return "?not-recorded";
    }
    LocalDate birth = LocalDate.parse(((FactValue.Dated) born.value()).date());
    LocalDate today = LocalDate.ofInstant(asOf.at(), ZoneOffset.UTC);
    if (birth.isAfter(today)) {
      return "?implausible";
    }
    int years = today.getYear() - birth.getYear();
    boolean birthdayToCome =
        today.getMonthValue() < birth.getMonthValue()
            || (today.getMonthValue() == birth.getMonthValue()
                && today.getDayOfMonth() < birth.getDayOfMonth());
    return (birthdayToCome ? years - 1 : years) + ".0";
  }

  private static String sex(List<Fact> everything, AsOf asOf) {
    for (Fact f : everything) {
      if (f.codes().contains(Demographics.GENDER) && visible(f, asOf)) {
        String gender = ((FactValue.Coded) f.value()).codes().get(0).code();
        return Set.of("female", "male").contains(gender)
            ? (gender.equals("female") ? "1.0" : "0.0")
            : "?unrecognised-value";
      }
    }
    return "?not-recorded";
  }
}
