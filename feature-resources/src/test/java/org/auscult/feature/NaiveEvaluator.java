package org.auscult.feature;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.auscult.timeline.AsOf;
import org.auscult.timeline.Comparator;
import org.auscult.timeline.Demographics;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * The slow and obvious evaluator that the real one is compared with. It shares no code with it: it
 * walks over all rows ever stored, in loops, and converts no units (the histories that it is used
 * on are in their definition's unit or in one that measures something else). Of expressions it
 * knows {@code a - b} and {@code coalesce(a, b)}; of features at whose time others begin, exists.
 */
final class NaiveEvaluator {
  private final Map<String, FeatureDefinition> definitions;
  private final List<Fact> everything;
  private final AsOf asOf;
  private final Instant at;
  private final boolean complete;

  /**
   * @param definitions by name, on which others hang
   */
  NaiveEvaluator(
      Map<String, FeatureDefinition> definitions,
      List<Fact> everything,
      AsOf asOf,
      boolean complete) {
    this.definitions = definitions;
    this.everything = everything;
    this.asOf = asOf;
    this.at = asOf.at();
    this.complete = complete;
  }

  /** A number as text, or {@code ?reason}. */
  String evaluate(FeatureDefinition d) {
    if (d.operator() == Operator.AGE) {
      return age(d);
    }
    if (d.operator() == Operator.SEX) {
      return sex();
    }
    if (d.operator() == Operator.DEMOGRAPHIC) {
      return demographic(d);
    }
    if (d.operator() == Operator.DERIVED) {
      return derived(d);
    }
    Bounds window = window(d);
    if (window == null) {
      return "?dependency";
    }
    String value = overFacts(d, window);
    boolean none = value.equals("?not-recorded") || value.equals("?outside-window");
    return none ? filledIn(d, window, value) : value;
  }

  private String filledIn(FeatureDefinition d, Bounds window, String value) {
    MissingPolicy policy = d.missing();
    if (policy instanceof MissingPolicy.CarryForward carry) {
      Instant oldest = before(carry.maximumAge());
      List<Fact> valued = new ArrayList<>();
      for (Fact f : recorded(d)) {
        Instant seen = f.effective().visibleFrom();
        boolean early = window.endCounts ? !seen.isAfter(window.end) : seen.isBefore(window.end);
        if (counts(d, f)
            && early
            && !seen.isBefore(oldest)
            && !(f.value() instanceof FactValue.Absent)
            && !(f.value() instanceof FactValue.None)) {
          valued.add(f);
        }
      }
      if (!valued.isEmpty() && !read(d, last(valued)).startsWith("?")) {
        return read(d, last(valued));
      }
      policy = carry.otherwise();
    }
    return policy instanceof MissingPolicy.Default fallback
        ? String.valueOf(fallback.value().doubleValue())
        : value;
  }

  private record Bounds(
      @Nullable Instant start, boolean startCounts, Instant end, boolean endCounts) {}

  /** Null if it hangs on something that is not there, or would end before it begins. */
  private @Nullable Bounds window(FeatureDefinition d) {
    Window w = d.window();
    Instant end = w.gap() == null ? at : before(w.gap());
    Instant start = null;
    LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
    if (w.start() instanceof Window.Before back) {
      start = before(back.lookback());
    } else if (w.start() instanceof Window.CalendarStart calendar) {
      LocalDate day = today;
      if (calendar.calendar() == Window.Calendar.WEEK) {
        while (day.getDayOfWeek() != DayOfWeek.MONDAY) {
          day = day.minusDays(1);
        }
      } else if (calendar.calendar() == Window.Calendar.MONTH) {
        day = LocalDate.of(today.getYear(), today.getMonthValue(), 1);
      } else if (calendar.calendar() == Window.Calendar.YEAR) {
        day = LocalDate.of(today.getYear(), 1, 1);
      }
      start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    } else if (w.start() instanceof Window.SinceFeature since) {
      start = timeOf(since.name());
      if (start == null) {
        return null;
      }
    } else if (w.start() instanceof Window.EncounterStart stay) {
      for (Fact f : everything) {
        boolean isOne =
            f.source().kind() == ResourceKind.ENCOUNTER
                && visible(f)
                && f.context().author() == Author.RECORD
                && f.codes().stream().anyMatch(stay.classes()::contains);
        Instant until = f.effective().until();
        String status = f.context().status();
        boolean isOpen =
            until == null
                ? status.equals("in-progress")
                : until.isAfter(at) && Set.of("in-progress", "finished").contains(status);
        if (isOne && isOpen && (start == null || f.effective().from().isAfter(start))) {
          start = f.effective().from();
        }
      }
      if (start == null) {
        return null;
      }
    }
    return start != null && start.isAfter(end)
        ? null
        : new Bounds(start, w.startInclusive(), end, w.endInclusive());
  }

  private Instant before(Lookback lookback) {
    ZonedDateTime index = at.atZone(ZoneOffset.UTC);
    return switch (lookback.unit()) {
      case MINUTE -> index.minusMinutes(lookback.amount()).toInstant();
      case HOUR -> index.minusHours(lookback.amount()).toInstant();
      case DAY -> index.minusDays(lookback.amount()).toInstant();
      case WEEK -> index.minusWeeks(lookback.amount()).toInstant();
      case MONTH -> index.minusMonths(lookback.amount()).toInstant();
      case YEAR -> index.minusYears(lookback.amount()).toInstant();
    };
  }

  /** Of a feature that asks whether there is any. */
  private @Nullable Instant timeOf(String name) {
    FeatureDefinition d = Objects.requireNonNull(definitions.get(name));
    List<Fact> said = new ArrayList<>();
    for (Fact f : recorded(d)) {
      if (counts(d, f)) {
        said.add(f);
      }
    }
    return said.isEmpty() ? null : last(said).effective().from();
  }

  private List<Fact> recorded(FeatureDefinition d) {
    Selection s = Objects.requireNonNull(d.selection());
    List<Fact> mine = new ArrayList<>();
    for (Fact f : everything) {
      boolean coded = false;
      for (var code : s.codes()) {
        coded |= f.codes().contains(code);
      }
      if (coded
          && f.source().kind() == s.kind()
          && (s.withModels() || f.context().author() == Author.RECORD)
          && visible(f)
          && passes(s.filter(), f)
          && new NaiveContext(everything, this::visible)
              .passes(s.filter(), f, d.operator() != Operator.FLAGGED)) {
        mine.add(f);
      }
    }
    return mine;
  }

  private boolean passes(Filter filter, Fact f) {
    String category = f.context().category();
    String interpretation = f.context().interpretation();
    boolean named = filter.displays().isEmpty();
    for (String word : filter.displays()) {
      named |= f.display() != null && f.display().toUpperCase().contains(word.toUpperCase());
    }
    boolean stayed = filter.encounterClasses().isEmpty();
    for (Fact e : everything) {
      stayed |=
          e.source().kind() == ResourceKind.ENCOUNTER
              && e.source().id().equals(f.context().encounter())
              && e.context().author() == Author.RECORD
              && visible(e)
              && e.codes().stream().anyMatch(filter.encounterClasses()::contains);
    }
    return named
        && stayed
        && (filter.categories().isEmpty()
            || (category != null && filter.categories().contains(category)))
        && (filter.interpretations().isEmpty()
            || (interpretation != null && filter.interpretations().contains(interpretation)));
  }

  private String overFacts(FeatureDefinition d, Bounds bounds) {
    List<Fact> mine = recorded(d);
    List<Fact> counting = new ArrayList<>();
    for (Fact f : mine) {
      if (counts(d, f)) {
        counting.add(f);
      }
    }
    List<Fact> window = new ArrayList<>();
    for (Fact f : counting) {
      if (inWindow(f, bounds)) {
        window.add(f);
      }
    }
    List<Fact> said = new ArrayList<>();
    for (Fact f : window) {
      if (!(f.value() instanceof FactValue.Absent)) {
        said.add(f);
      }
    }
    switch (d.operator()) {
      case EXISTS:
        if (said.isEmpty() && !window.isEmpty()) {
          return "?data-absent";
        }
        return !said.isEmpty() ? "1.0" : complete ? "0.0" : "?search-incomplete";
      case COUNT:
        return complete ? said.size() + ".0" : "?search-incomplete";
      case DISTINCT_COUNT:
        return complete ? different(d, said) + ".0" : "?search-incomplete";
      case RATE:
        if (!complete) {
          return "?search-incomplete";
        }
        return bounds.start == null || bounds.start.equals(bounds.end)
            ? "?undefined"
            : String.valueOf(said.size() / days(bounds.start, bounds.end));
      case ACTIVE, DURATION, TOTAL_DURATION:
        return states(d, mine, window, bounds);
      default:
        break;
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
    return said.isEmpty() ? "?data-absent" : ofSaid(d, said, bounds.end);
  }

  private String ofSaid(FeatureDefinition d, List<Fact> said, Instant end) {
    if (d.operator() == Operator.FLAGGED) {
      return NaiveContext.flagged(
          last(said).context().flag(),
          Objects.requireNonNull(d.selection()).filter().flags().iterator().next());
    }
    if (d.operator() == Operator.TIME_SINCE) {
      return String.valueOf(days(last(said).effective().visibleFrom(), at));
    }
    if (d.operator() == Operator.TIME_SINCE_FIRST) {
      return String.valueOf(days(first(said).effective().visibleFrom(), at));
    }
    List<Fact> rest = new ArrayList<>();
    for (Fact f : said) {
      if (!(f.value() instanceof FactValue.None)) {
        rest.add(f);
      }
    }
    if (rest.isEmpty()) {
      return "?unrecognised-value";
    }
    List<Fact> valued = new ArrayList<>();
    while (!rest.isEmpty()) {
      valued.add(first(rest));
      rest.remove(first(rest));
    }
    Fact last = valued.get(valued.size() - 1);
    String lastRead = read(d, last);
    switch (d.operator()) {
      case LATEST:
        return lastRead;
      case FIRST:
        return read(d, valued.get(0));
      case NTH_LATEST:
        int n = Objects.requireNonNull(d.arguments().nth());
        return valued.size() < n ? "?too-few" : read(d, valued.get(valued.size() - n));
      case DELTA, PERCENT_CHANGE:
        if (lastRead.startsWith("?")) {
          return lastRead;
        }
        break;
      default:
        break;
    }
    List<NaiveNumbers.Point> points = new ArrayList<>();
    for (Fact f : valued) {
      if (!read(d, f).startsWith("?")) {
        points.add(
            new NaiveNumbers.Point(f.effective().visibleFrom(), Double.parseDouble(read(d, f))));
      }
    }
    return points.isEmpty() ? lastRead : NaiveNumbers.of(d, points, at, end);
  }

  private int different(FeatureDefinition d, List<Fact> said) {
    Set<String> keys = new HashSet<>();
    for (Fact f : said) {
      switch (Objects.requireNonNull(d.arguments().distinct())) {
        case CODE -> {
          String first = "";
          for (var code : d.codes()) {
            first = first.isEmpty() && f.codes().contains(code) ? code.toString() : first;
          }
          keys.add(first);
        }
        case VALUE -> {
          if (!read(d, f).startsWith("?")) {
            keys.add(read(d, f));
          }
        }
        case DAY -> keys.add(f.effective().from().toString().substring(0, 10));
        case ENCOUNTER -> {
          if (f.context().encounter() != null) {
            keys.add(f.context().encounter());
          }
        }
      }
    }
    return keys.size();
  }

  private String states(FeatureDefinition d, List<Fact> mine, List<Fact> window, Bounds bounds) {
    List<Fact> holding = new ArrayList<>();
    for (Fact f : window) {
      if (f.effective().until() == null || f.effective().until().isAfter(at)) {
        holding.add(f);
      }
    }
    if (d.operator() == Operator.ACTIVE) {
      return !holding.isEmpty() ? "1.0" : complete ? "0.0" : "?search-incomplete";
    }
    if (d.operator() == Operator.DURATION) {
      Instant begun = Instant.MIN;
      for (Fact f : holding) {
        begun = f.effective().from().isAfter(begun) ? f.effective().from() : begun;
      }
      return holding.isEmpty()
          ? (complete ? "?not-recorded" : "?search-incomplete")
          : String.valueOf(days(begun, at));
    }
    if (!complete) {
      return "?search-incomplete";
    }
    for (Fact f : mine) {
      if (Set.of("resolved", "finished").contains(f.context().status())
          && f.effective().until() == null
          && inWindow(f, bounds)) {
        return "?ambiguous";
      }
    }
    return String.valueOf(covered(window, bounds));
  }

  /** Of the stretches between any two instants at which something begins or ends: the covered. */
  private double covered(List<Fact> states, Bounds bounds) {
    Instant start = bounds.start == null ? Instant.EPOCH : bounds.start;
    TreeSet<Instant> cuts = new TreeSet<>(List.of(start, bounds.end));
    for (Fact f : states) {
      cuts.add(f.effective().from());
      cuts.add(f.effective().until() == null ? bounds.end : f.effective().until());
    }
    double days = 0;
    Instant from = null;
    for (Instant to : cuts) {
      if (from == null) {
        from = to;
        continue;
      }
      boolean inside = !from.isBefore(start) && !to.isAfter(bounds.end);
      boolean held = false;
      for (Fact f : states) {
        Instant until = f.effective().until() == null ? Instant.MAX : f.effective().until();
        held |= !f.effective().from().isAfter(from) && !until.isBefore(to);
      }
      if (inside && held) {
        days += days(from, to);
      }
      from = to;
    }
    return days;
  }

  private static double days(Instant from, Instant to) {
    return (to.toEpochMilli() - from.toEpochMilli()) / 86_400_000.0;
  }

  private boolean visible(Fact f) {
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
        && f.effective().visibleFrom().compareTo(at) <= 0
        && !f.context().status().equals("entered-in-error");
  }

  private boolean counts(FeatureDefinition d, Fact f) {
    String status = f.context().status();
    Instant until = f.effective().until();
    if (f.source().kind() == ResourceKind.OBSERVATION) {
      return status.equals("final") || status.equals("amended") || status.equals("corrected");
    }
    boolean asksStates = d.operator().code().matches("active|duration|total-duration");
    boolean heldThen =
        until != null && (d.operator() == Operator.TOTAL_DURATION || until.isAfter(at));
    if (f.source().kind() == ResourceKind.ENCOUNTER) {
      return status.equals("in-progress")
          || (status.equals("finished") && (!asksStates || heldThen));
    }
    return status.equals("active") || status.isEmpty() || (status.equals("resolved") && heldThen);
  }

  private static boolean inWindow(Fact f, Bounds bounds) {
    Instant seen = f.effective().visibleFrom();
    if (seen.isAfter(bounds.end) || (seen.equals(bounds.end) && !bounds.endCounts)) {
      return false;
    }
    if (bounds.start == null
        || seen.isAfter(bounds.start)
        || (seen.equals(bounds.start) && bounds.startCounts)) {
      return true;
    }
    Instant until = f.effective().until();
    return f.source().kind() != ResourceKind.OBSERVATION
        && (until == null || until.isAfter(bounds.start));
  }

  private static String read(FeatureDefinition d, Fact f) {
    if (!(f.value() instanceof FactValue.Measured measured)) {
      return "?unrecognised-value";
    }
    if (measured.comparator() != Comparator.NONE) {
      return "?comparator";
    }
    if (!measured.original().unit().equals("mm[Hg]")) {
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

  private String derived(FeatureDefinition d) {
    String text = Objects.requireNonNull(d.arguments().derivation()).expression().toString();
    boolean isDifference = text.contains(" - ");
    String[] names = text.replaceAll("coalesce\\(|\\)", "").split(" - |, ");
    String a = evaluate(Objects.requireNonNull(definitions.get(names[0])));
    String b = evaluate(Objects.requireNonNull(definitions.get(names[1])));
    if (!isDifference) {
      return !a.startsWith("?") ? a : b.startsWith("?") ? "?dependency" : b;
    }
    return a.startsWith("?") || b.startsWith("?")
        ? "?dependency"
        : String.valueOf(Double.parseDouble(a) - Double.parseDouble(b));
  }

  private String age(FeatureDefinition d) {
    Instant when = at;
    if (d.arguments().anchor() != null) {
      when = timeOf(d.arguments().anchor());
      if (when == null) {
        return "?dependency";
      }
    }
    Fact born = null;
    for (Fact f : everything) {
      if (f.codes().contains(Demographics.BIRTH_DATE)
          && visible(f)
          && (born == null || f.source().version() > born.source().version())) {
        born = f;
      }
    }
    if (born == null) {
      return "?not-recorded";
    }
    LocalDate birth = LocalDate.parse(((FactValue.Dated) born.value()).date());
    LocalDate today = LocalDate.ofInstant(when, ZoneOffset.UTC);
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

  private String demographic(FeatureDefinition d) {
    Fact said = null;
    for (Fact f : everything) {
      if (f.codes().contains(Demographics.RACE) && visible(f)) {
        said = f;
      }
    }
    if (said == null) {
      return complete ? "?not-recorded" : "?search-incomplete";
    }
    boolean unknown = false;
    boolean answered = false;
    boolean meant = false;
    for (var code : ((FactValue.Coded) said.value()).codes()) {
      unknown |= code.code().equals("UNK");
      answered |= !code.code().equals("UNK");
      meant |= d.codes().contains(code);
    }
    if (!answered) {
      return unknown ? "?data-absent" : "?unrecognised-value";
    }
    return meant ? "1.0" : "0.0";
  }

  private String sex() {
    for (Fact f : everything) {
      if (f.codes().contains(Demographics.GENDER) && visible(f)) {
        String gender = ((FactValue.Coded) f.value()).codes().get(0).code();
        return Set.of("female", "male").contains(gender)
            ? (gender.equals("female") ? "1.0" : "0.0")
            : "?unrecognised-value";
      }
    }
    return "?not-recorded";
  }
}
