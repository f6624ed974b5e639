package org.auscult.outcome;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Labels histories of whole hours by loops over numbers: it knows no facts, no instants and none of
 * the classes that it is the oracle of.
 */
final class NaiveLabeller {
  private NaiveLabeller() {}

  /** Known from an hour on, until another one; null for still. */
  record Known(int from, @Nullable Integer until) {
    boolean at(int hour) {
      return from <= hour && (until == null || until > hour);
    }
  }

  record Value(String id, int version, int hour, double value, Known known) {}

  /**
   * @param end null while open
   * @param isDead whether it was left dead; null if nobody says
   */
  record Visit(
      String id,
      boolean isStay,
      int start,
      @Nullable Integer end,
      @Nullable Boolean isDead,
      Known known) {}

  record Death(int hour, Known known) {}

  record History(List<Value> values, List<Visit> visits, @Nullable Death death) {}

  /** What is asked; hours. Kind: crossing, readmission, death or hospital. */
  record Asked(
      String kind,
      int length,
      boolean startCounts,
      boolean endCounts,
      int blanking,
      @Nullable Integer washout,
      boolean everWashout,
      @Nullable Integer confirmedAfter,
      @Nullable Integer confirmedWithin,
      boolean measured,
      int tolerance) {}

  /** {@code event@5}, {@code censored:not-followed@3}, {@code excluded:prevalent}. */
  static String label(Asked asked, History history, int index, int known) {
    List<Visit> visits = new ArrayList<>();
    for (Visit visit : history.visits()) {
      if (visit.known().at(known) && visit.start() <= known) {
        visits.add(visit);
      }
    }
    Integer died = died(history, visits, known);
    boolean contradicted = false;
    for (Visit visit : visits) {
      contradicted |= died != null && visit.start() > died + 24;
    }
    if (died != null && !contradicted && died <= index) {
      return "excluded:died-before";
    }
    Visit stay = null;
    if (asked.kind().equals("readmission") || asked.kind().equals("hospital")) {
      for (Visit visit : visits) {
        boolean open = visit.start() <= index && (visit.end() == null || visit.end() >= index);
        if (visit.isStay() && open && (stay == null || isLater(visit, stay))) {
          stay = visit;
        }
      }
      if (stay == null) {
        return "excluded:no-index-encounter";
      }
    }
    List<Value> values = values(history, known);
    if (asked.kind().equals("crossing") && (asked.everWashout() || asked.washout() != null)) {
      int from = asked.everWashout() ? Integer.MIN_VALUE : index - there(asked.washout());
      if (firstCrossing(asked, values, from, false, index, true, known) != null) {
        return "excluded:prevalent";
      }
    }
    int start = index;
    Integer end = index + asked.length();
    if (asked.kind().equals("hospital")) {
      end = there(stay).end();
    } else if (asked.kind().equals("readmission")) {
      Integer left = there(stay).end();
      boolean isOpen = left == null || left > known;
      start = isOpen ? known : there(left);
      end = isOpen ? null : there(left) + asked.length();
    }
    boolean isOver = end != null && end <= known;
    int last = isOver ? end : known;
    boolean lastCounts = !isOver || asked.endCounts();
    Integer event = null;
    String doubt = null;
    boolean isMeasured = false;
    if (asked.kind().equals("crossing")) {
      int from = start + asked.blanking();
      event = firstCrossing(asked, values, from, asked.startCounts(), last, lastCounts, known);
      for (Value value : values) {
        boolean inside = isInside(value.hour(), from, asked.startCounts(), last, lastCounts);
        isMeasured |= inside;
        if (doubt == null
            && inside
            && value.value() > 6
            && isPending(asked, values, value, known)) {
          doubt = "censored:unconfirmed@" + value.hour();
        }
      }
    } else if (asked.kind().equals("readmission")) {
      for (Visit visit : visits) {
        boolean inside = isInside(visit.start(), start, asked.startCounts(), last, lastCounts);
        if (visit.isStay() && inside && (event == null || visit.start() < event)) {
          event = visit.start();
        }
      }
    } else if (died != null && (died < last || (died == last && lastCounts))) {
      boolean leftAlive =
          asked.kind().equals("hospital") && Boolean.FALSE.equals(there(stay).isDead());
      return contradicted || leftAlive
          ? "censored:contradicted@" + Math.max(died, index)
          : "event@" + died;
    }
    boolean leftDead =
        asked.kind().equals("hospital") && isOver && Boolean.TRUE.equals(there(stay).isDead());
    if (leftDead && died != null) {
      return contradicted ? "censored:contradicted@" + Math.max(died, index) : "event@" + end;
    }
    boolean diesInTime = died != null && (died < last || (died == last && lastCounts));
    if (event != null && (!diesInTime || contradicted || event <= there(died))) {
      return "event@" + event;
    }
    if (diesInTime) {
      return contradicted
          ? "censored:contradicted@" + Math.max(there(died), index)
          : "competing@" + died;
    }
    if (!isOver) {
      return "censored:horizon-open@" + known;
    }
    if (doubt != null) {
      return doubt;
    }
    if (asked.kind().equals("crossing") && asked.measured() && !isMeasured) {
      return "censored:not-measured@" + index;
    }
    if (asked.kind().equals("hospital")) {
      return "no-event@" + end;
    }
    return followed(asked, visits, values, died, index, there(end), known);
  }

  private static <T> T there(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static boolean isLater(Visit a, Visit b) {
    if (a.start() != b.start()) {
      return a.start() > b.start();
    }
    if (a.known().from() != b.known().from()) {
      return a.known().from() > b.known().from();
    }
    return a.id().compareTo(b.id()) > 0;
  }

  private static @Nullable Integer died(History history, List<Visit> visits, int known) {
    Death death = history.death();
    if (death != null && death.known().at(known) && death.hour() <= known) {
      return death.hour();
    }
    Integer left = null;
    for (Visit visit : visits) {
      Integer end = visit.end();
      if (Boolean.TRUE.equals(visit.isDead()) && end != null && end <= known) {
        left = left == null ? end : Math.max(left, end);
      }
    }
    return left;
  }

  /** One at each hour, the one learnt last. */
  private static List<Value> values(History history, int known) {
    TreeMap<Integer, Value> byHour = new TreeMap<>();
    List<Value> learnt = new ArrayList<>(history.values());
    learnt.sort(
        Comparator.comparing((Value v) -> v.known().from())
            .thenComparing(Value::version)
            .thenComparing(Value::id));
    for (Value value : learnt) {
      if (value.known().at(known) && value.hour() <= known) {
        byHour.put(value.hour(), value);
      }
    }
    return new ArrayList<>(byHour.values());
  }

  private static boolean isInside(
      int hour, int from, boolean fromCounts, int to, boolean toCounts) {
    boolean afterStart = fromCounts ? hour >= from : hour > from;
    boolean beforeEnd = toCounts ? hour <= to : hour < to;
    return afterStart && beforeEnd;
  }

  private static @Nullable Integer firstCrossing(
      Asked asked,
      List<Value> values,
      int from,
      boolean fromCounts,
      int to,
      boolean toCounts,
      int known) {
    for (Value value : values) {
      if (value.value() > 6
          && isInside(value.hour(), from, fromCounts, to, toCounts)
          && (asked.confirmedAfter() == null
              || outcomeOf(asked, values, value, known).equals("confirmed"))) {
        return value.hour();
      }
    }
    return null;
  }

  private static boolean isPending(Asked asked, List<Value> values, Value value, int known) {
    return asked.confirmedAfter() != null
        && outcomeOf(asked, values, value, known).equals("pending");
  }

  private static String outcomeOf(Asked asked, List<Value> values, Value first, int known) {
    Integer within = asked.confirmedWithin();
    for (Value later : values) {
      if (later.hour() <= first.hour()) {
        continue;
      }
      int gap = later.hour() - first.hour();
      if (later.value() <= 6 || (within != null && gap > within)) {
        return "refuted";
      }
      if (gap >= there(asked.confirmedAfter())) {
        return "confirmed";
      }
    }
    return within == null || first.hour() + within > known ? "pending" : "refuted";
  }

  private static String followed(
      Asked asked,
      List<Visit> visits,
      List<Value> values,
      @Nullable Integer died,
      int index,
      int end,
      int known) {
    List<Integer> seen = new ArrayList<>();
    for (Visit visit : visits) {
      Integer ended = visit.end();
      seen.add(ended == null ? visit.start() : Math.min(ended, known));
    }
    if (asked.kind().equals("crossing")) {
      values.forEach(value -> seen.add(value.hour()));
    }
    if (died != null) {
      seen.add(died);
    }
    Integer proof = null;
    Integer before = null;
    for (int hour : seen) {
      if (hour >= end && (proof == null || hour < proof)) {
        proof = hour;
      }
      if (hour < end && (before == null || hour > before)) {
        before = hour;
      }
    }
    if (proof != null) {
      return "no-event@" + proof;
    }
    if (asked.tolerance() > 0 && before != null && before >= end - asked.tolerance()) {
      return "no-event@" + before;
    }
    return "censored:not-followed@" + (before == null || before <= index ? index : before);
  }
}
