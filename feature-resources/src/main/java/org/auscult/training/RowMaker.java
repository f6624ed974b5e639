package org.auscult.training;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.auscult.cohort.CohortCriteria;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.MissingReason;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.timeline.Fact;
import org.auscult.timeline.TimelineQuery.Need;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of one patient from the one reading of the timeline.
 *
 * <p>Idea: two clocks. When there are rows, who the patient is and what became of him is looked at
 * as of the data set's cut. What the features say is looked at as of the row's index time, known by
 * then (or by the cut, if a request says so), by the evaluator that serves cards, through a {@link
 * org.auscult.timeline.PatientSnapshot}, which shows nothing else.
 *
 * <p>Threads: safe; holds one patient at a time.
 */
public final class RowMaker {
  /** When a fact must have been known for a row to see it. */
  public enum Knowledge {
    /** By the row's index time, as on a card. */
    INDEX,
    /** By the cut: where the record was loaded later than it happened. */
    CUT;

    /** As a request spells it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a data set is made by.
   *
   * @param criteria who has rows, as of each index time
   * @param labeller null for a data set without labels
   * @param cut up to when anything was known
   * @param zone in which dates are days
   */
  public record Rules(
      ResolvedFeatureSet set,
      CohortCriteria criteria,
      IndexRule index,
      Split split,
      @Nullable Labeller labeller,
      Knowledge knowledge,
      Instant cut,
      ZoneId zone) {
    public Rules {
      Objects.requireNonNull(set);
      Objects.requireNonNull(criteria);
      Objects.requireNonNull(index);
      Objects.requireNonNull(split);
      Objects.requireNonNull(knowledge);
      Objects.requireNonNull(cut);
      Objects.requireNonNull(zone);
    }
  }

  /** Takes rows, in order of their index times. */
  @FunctionalInterface
  public interface Taker {
    void take(Row row) throws IOException;
  }

  private final Rules rules;
  private final FeatureEvaluator evaluator;

  public RowMaker(Rules rules, FeatureEvaluator evaluator) {
    this.rules = rules;
    this.evaluator = evaluator;
  }

  /** What to read of each timeline, beside all encounters and demographics. */
  public List<Need> needs() {
    List<Need> needs = new ArrayList<>(rules.set().needs());
    needs.addAll(rules.criteria().needs());
    if (rules.labeller() != null) {
      needs.addAll(rules.labeller().needs());
    }
    return needs;
  }

  /** Counts a patient's index times by day, for a split by time. */
  public void countDays(PatientHistory history, Tally tally) {
    for (IndexTime index : times(history, Life.of(history, rules), new Tally())) {
      tally.add("days/" + index.at().atZone(ZoneOffset.UTC).toLocalDate());
    }
  }

  /** Those days, of all patients. */
  public static TreeMap<LocalDate, Long> days(Tally tally) {
    TreeMap<LocalDate, Long> days = new TreeMap<>();
    tally.below("days").forEach((day, count) -> days.put(LocalDate.parse(day), count));
    return days;
  }

  /** Counts a patient of the target population, if anything is known of him. */
  public static void countTarget(PatientHistory history, Instant cut, ZoneId zone, Tally tally) {
    count(history, "target", cut, zone, tally);
  }

  /** Counts a patient of a data set that has no rows. */
  public static void countCohort(PatientHistory history, Instant cut, ZoneId zone, Tally tally) {
    count(history, "cohort", cut, zone, tally);
  }

  private static void count(
      PatientHistory history, String population, Instant cut, ZoneId zone, Tally tally) {
    List<Fact> known = history.knownAt(cut);
    if (!known.isEmpty() && !history.isMergedBy(cut)) {
      Person.of(known, Stay.of(known), zone).count(tally, population, cut, zone);
    }
  }

  /**
   * Makes a patient's rows, and counts them and whatever is left out.
   *
   * @param days of a split by time; null of any other
   * @return whether there is any row
   */
  public boolean rows(PatientHistory history, Split.@Nullable Days days, Taker taker, Tally tally)
      throws IOException {
    Life life = Life.of(history, rules);
    int given = 0;
    boolean[] in = new boolean[Part.values().length];
    MissingCounts missing = new MissingCounts(rules.set().features().size());
    for (IndexTime index : times(history, life, tally)) {
      Row row = row(history, life.person(), index, days, tally);
      if (row != null) {
        taker.take(row);
        count(row, missing, tally);
        in[row.part().ordinal()] = true;
        given++;
      }
    }
    missing.into(tally, rules.set());
    if (given > 0) {
      tally.add("patients/all");
      int parts = 0;
      for (Part part : Part.values()) {
        if (in[part.ordinal()]) {
          tally.add("patients/" + part.code());
          parts++;
        }
      }
      if (parts > 1) {
        tally.add("patients/in-several-parts");
      }
      life.person().count(tally, "cohort", rules.cut(), rules.zone());
    }
    return given > 0;
  }

  /** What was known of a patient's life at the cut. */
  private record Life(boolean isKnown, List<Stay> stays, Person person) {
    static Life of(PatientHistory history, Rules rules) {
      List<Fact> known = history.knownAt(rules.cut());
      List<Stay> stays = Stay.of(known);
      return new Life(!known.isEmpty(), stays, Person.of(known, stays, rules.zone()));
    }
  }

  /** Those within the life of the patient, while he is of the cohort; counts the others. */
  private List<IndexTime> times(PatientHistory history, Life life, Tally tally) {
    Instant cut = rules.cut();
    if (history.isMergedBy(cut)) {
      tally.add("excluded-patients/" + Exclusion.MERGED.code());
      return List.of();
    }
    if (!life.isKnown()) {
      tally.add("excluded-patients/" + Exclusion.NOTHING_KNOWN.code());
      return List.of();
    }
    Person person = life.person();
    IndexRule.Found found = rules.index().of(history.patient(), life.stays(), cut);
    found.excluded().forEach((why, howMany) -> exclude(why, howMany, tally));
    if (found.times().isEmpty() && found.excluded().isEmpty()) {
      tally.add("excluded-patients/" + Exclusion.NO_INDEX_TIME.code());
    }
    List<IndexTime> times = new ArrayList<>();
    for (IndexTime index : found.times()) {
      if (person.born() != null && index.at().isBefore(person.born())) {
        exclude(Exclusion.BEFORE_BIRTH, 1, tally);
      } else if (person.died() != null && index.at().isAfter(person.died())) {
        exclude(Exclusion.AFTER_DEATH, 1, tally);
      } else if (isMember(history, index, tally)) {
        times.add(index);
      }
    }
    return times;
  }

  /** Whether the criteria let the patient in then; counts which one does not. */
  private boolean isMember(PatientHistory history, IndexTime index, Tally tally) {
    OptionalInt unmet =
        rules.criteria().unmet(evaluator, history.snapshot(index.at(), known(index)));
    if (unmet.isPresent()) {
      exclude(Exclusion.CRITERIA, 1, tally);
      tally.add("unmet/" + unmet.getAsInt());
    }
    return unmet.isEmpty();
  }

  /** By when a fact must have been known for the row to see it. */
  private Instant known(IndexTime index) {
    return rules.knowledge() == Knowledge.INDEX ? index.at() : rules.cut();
  }

  private static void exclude(Exclusion why, long howMany, Tally tally) {
    tally.add("excluded-index-times/" + why.code(), howMany);
  }

  private @Nullable Row row(
      PatientHistory history,
      Person person,
      IndexTime index,
      Split.@Nullable Days days,
      Tally tally) {
    Label label = null;
    if (rules.labeller() != null) {
      Optional<Label> found = rules.labeller().label(history, index, rules.cut());
      if (found.isEmpty()) {
        exclude(Exclusion.OUTCOME, 1, tally);
        return null;
      }
      label = found.get();
    }
    FeatureVector vector =
        evaluator.evaluate(rules.set(), history.snapshot(index.at(), known(index)));
    if (!rules.set().refusals(vector).isEmpty()) {
      exclude(Exclusion.REFUSED, 1, tally);
      return null;
    }
    return new Row(
        history.patient(), index, part(history.patient(), person, index, days), vector, label);
  }

  private Part part(String patient, Person person, IndexTime index, Split.@Nullable Days days) {
    return switch (rules.split().by()) {
      case PATIENT -> rules.split().of(patient);
      case SLOT -> rules.split().of(person.slot(patient));
      case TIME -> Objects.requireNonNull(days, "the days of a split by time").of(index.at());
    };
  }

  private static void count(Row row, MissingCounts missing, Tally tally) {
    tally.add("rows/" + row.part().code());
    if (row.label() != null) {
      tally.add("labels/" + row.part().code() + "/" + row.label().status());
    }
    missing.count(row.vector());
  }

  /** How often each feature was missing for which reason: most cells of a wide row are counted. */
  private static final class MissingCounts {
    private final long[][] counts;

    MissingCounts(int features) {
      this.counts = new long[features][MissingReason.values().length];
    }

    void count(FeatureVector vector) {
      for (int i = 0; i < counts.length; i++) {
        if (vector.entries().get(i).value() instanceof Missing missing) {
          counts[i][missing.reason().ordinal()]++;
        }
      }
    }

    void into(Tally tally, ResolvedFeatureSet set) {
      for (int i = 0; i < counts.length; i++) {
        String path = "missing/" + set.features().get(i).definition().name() + "/";
        for (MissingReason reason : MissingReason.values()) {
          if (counts[i][reason.ordinal()] > 0) {
            tally.add(path + reason.code(), counts[i][reason.ordinal()]);
          }
        }
      }
    }
  }
}
