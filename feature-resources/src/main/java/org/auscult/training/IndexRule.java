package org.auscult.training;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** At which times a patient has rows. It sees the stays as the record says them at the cut. */
public sealed interface IndexRule {
  /** More index times of one stay are left out, and counted. */
  int MOST_OF_A_STAY = 100_000;

  /**
   * What a rule gives.
   *
   * @param times in order
   * @param excluded how many it would have given, by why it does not
   */
  record Found(List<IndexTime> times, Map<Exclusion, Long> excluded) {
    public Found {
      times = List.copyOf(times);
      excluded = Map.copyOf(excluded);
    }
  }

  /**
   * The index times of one patient up to the cut.
   *
   * @param stays in order
   */
  Found of(String patient, List<Stay> stays, Instant cut);

  /**
   * So long after each stay began: {@code admission} and {@code visit}. A stay that was over by
   * then gives none.
   *
   * @param classes codes of the encounters' class; none for any
   */
  record Begin(Set<String> classes, Duration offset) implements IndexRule {
    public Begin {
      classes = Set.copyOf(classes);
    }

    @Override
    public Found of(String patient, List<Stay> stays, Instant cut) {
      Gathered gathered = new Gathered(cut);
      for (Stay stay : stays) {
        if (stay.isOf(classes)) {
          Instant from = stay.from();
          if (from == null) {
            gathered.exclude(Exclusion.STAY_UNDATED, 1);
          } else {
            gathered.during(stay, from.plus(offset));
          }
        }
      }
      return gathered.found();
    }
  }

  /** So long after each stay ended. */
  record End(Set<String> classes, Duration offset) implements IndexRule {
    public End {
      classes = Set.copyOf(classes);
    }

    @Override
    public Found of(String patient, List<Stay> stays, Instant cut) {
      Gathered gathered = new Gathered(cut);
      for (Stay stay : stays) {
        if (stay.isOf(classes)) {
          Instant until = stay.until();
          if (until == null) {
            gathered.exclude(Exclusion.STAY_OPEN, 1);
          } else {
            gathered.add(new IndexTime(until.plus(offset), stay.id()));
          }
        }
      }
      return gathered.found();
    }
  }

  /** Again and again during each stay, beginning so long after it began. */
  record During(Set<String> classes, Duration offset, Duration step) implements IndexRule {
    public During {
      classes = Set.copyOf(classes);
      requirePositive(step);
    }

    @Override
    public Found of(String patient, List<Stay> stays, Instant cut) {
      Gathered gathered = new Gathered(cut);
      for (Stay stay : stays) {
        if (stay.isOf(classes)) {
          during(stay, cut, gathered);
        }
      }
      return gathered.found();
    }

    private void during(Stay stay, Instant cut, Gathered gathered) {
      Instant from = stay.from();
      if (from == null) {
        gathered.exclude(Exclusion.STAY_UNDATED, 1);
        return;
      }
      Instant end = stay.until() == null || stay.until().isAfter(cut) ? cut : stay.until();
      int given = 0;
      for (Instant at = from.plus(offset); !at.isAfter(end); at = at.plus(step)) {
        if (given == MOST_OF_A_STAY) {
          gathered.exclude(Exclusion.TOO_MANY, 1 + Duration.between(at, end).dividedBy(step));
          return;
        }
        gathered.add(new IndexTime(at, stay.id()));
        given++;
      }
    }
  }

  /** The same times for everybody, from one to another, both inclusive. */
  record Grid(Instant from, Instant to, Duration step) implements IndexRule {
    public Grid {
      Objects.requireNonNull(from);
      requirePositive(step);
      if (to.isBefore(from)) {
        throw new IllegalArgumentException("the grid ends before it begins");
      }
      if (Duration.between(from, to).dividedBy(step) >= MOST_OF_A_STAY) {
        throw new IllegalArgumentException("the grid has more than 100,000 times");
      }
    }

    @Override
    public Found of(String patient, List<Stay> stays, Instant cut) {
      Gathered gathered = new Gathered(cut);
      for (Instant at = from; !at.isAfter(to); at = at.plus(step)) {
        gathered.add(new IndexTime(at, null));
      }
      return gathered.found();
    }
  }

  /**
   * Times that are listed.
   *
   * @param everybody times of every patient
   * @param each further times of single patients, by their ids
   */
  record Listed(Set<Instant> everybody, Map<String, Set<Instant>> each) implements IndexRule {
    public Listed {
      everybody = Set.copyOf(everybody);
      each = Map.copyOf(each);
    }

    @Override
    public Found of(String patient, List<Stay> stays, Instant cut) {
      Gathered gathered = new Gathered(cut);
      Set<Instant> times = new TreeSet<>(everybody);
      times.addAll(each.getOrDefault(patient, Set.of()));
      times.forEach(at -> gathered.add(new IndexTime(at, null)));
      return gathered.found();
    }
  }

  private static void requirePositive(@Nullable Duration step) {
    if (step == null || step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("a step takes a duration longer than 0");
    }
  }

  /** What is found, in order at the end. */
  final class Gathered {
    private final Instant cut;
    private final List<IndexTime> times = new ArrayList<>();
    private final Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);

    private Gathered(Instant cut) {
      this.cut = cut;
    }

    private void exclude(Exclusion why, long howMany) {
      excluded.merge(why, howMany, Long::sum);
    }

    private void during(Stay stay, Instant at) {
      if (stay.until() != null && stay.until().isBefore(at)) {
        exclude(Exclusion.STAY_OVER, 1);
      } else {
        add(new IndexTime(at, stay.id()));
      }
    }

    private void add(IndexTime time) {
      if (time.at().isAfter(cut)) {
        exclude(Exclusion.AFTER_CUT, 1);
      } else {
        times.add(time);
      }
    }

    private Found found() {
      times.sort(IndexTime.ORDER);
      return new Found(times, excluded);
    }
  }
}
