package org.auscult.feature;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.timeline.EffectiveTime.Precision;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactContext.Author;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.Medications;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.Quantity;
import org.auscult.timeline.ResourceKind;
import org.auscult.unit.CodeUnits;
import org.auscult.unit.Units;
import org.jspecify.annotations.Nullable;

/**
 * Makes a feature vector of a patient's snapshot. It sees nothing but the snapshot, so what was
 * later or unknown cannot leak in.
 *
 * <p>Time: a window is (index time − lookback, index time]. A fact lies in it if it became visible
 * there; a state (condition, encounter, allergy, statement) also if it was still open there.
 *
 * <p>Order: the later effective fact comes last; ties go by known time, then version, id, slot and
 * origin, so that the same facts always give the same vector. Of two values of the same time the
 * one that the record learnt last stands.
 *
 * <p>Status: as it was at the index time. A condition that ends later is active then, although its
 * resource says by now that it is resolved.
 *
 * <p>Missing: {@code latest} and {@code first} take the one fact that they name, and if that is
 * implausible, in a foreign unit, or above or below a bound, the value is missing: they do not
 * quietly take another one; what bears no value at all is no measurement. Facts recorded as absent
 * are no measurements, prove neither presence nor absence, and are passed over for others. {@code
 * min}, {@code max} and {@code mean} are over the readable values; of equal extremes the first
 * stands. {@code count} and a negative {@code exists} need a complete search.
 */
public final class FeatureEvaluator {
  private static final Comparator<Fact> ORDER =
      comparing((Fact f) -> f.effective().visibleFrom())
          .thenComparing(f -> f.effective().from())
          .thenComparing(f -> f.known().from())
          .thenComparing(f -> f.source().version())
          .thenComparing(f -> f.source().id())
          .thenComparing(f -> f.source().slot())
          .thenComparing(f -> f.source().origin());

  private final CodeUnits units;
  private final Demography demography;

  /**
   * @param zone the site's time zone, in which days of birth begin
   */
  public FeatureEvaluator(CodeUnits units, ZoneId zone) {
    this.units = units;
    this.demography = new Demography(zone);
  }

  /** The vector of a set, in its order. */
  public FeatureVector evaluate(ResolvedFeatureSet set, PatientSnapshot snapshot) {
    Map<String, FeatureValue> values = new HashMap<>();
    for (ResolvedFeature feature : set.features()) {
      if (feature.definition().anchor() == null) {
        values.put(feature.definition().name(), value(feature, snapshot));
      }
    }
    for (ResolvedFeature feature : set.features()) {
      String anchor = feature.definition().anchor();
      if (anchor != null) {
        values.put(
            feature.definition().name(),
            anchored(feature.definition(), snapshot, values.get(anchor), anchor));
      }
    }
    List<FeatureVector.Entry> entries = new ArrayList<>();
    for (ResolvedFeature feature : set.features()) {
      FeatureDefinition definition = feature.definition();
      FeatureValue value = Objects.requireNonNull(values.get(definition.name()));
      entries.add(
          new FeatureVector.Entry(
              definition.name(),
              definition.canonical(),
              definition.title(),
              byPolicy(definition, value)));
    }
    return new FeatureVector(
        set.canonical(), snapshot.patient(), snapshot.asOf(), snapshot.epoch(), entries);
  }

  /**
   * The course of a numeric feature: every fact of its window that bears a value, in order, each
   * read as the feature would read it. What is missing of one is no reason to leave it out.
   *
   * <p>Errors: IllegalArgumentException for a feature that is not numeric.
   */
  public List<Reading> readings(ResolvedFeature feature, PatientSnapshot snapshot) {
    FeatureDefinition definition = feature.definition();
    if (!definition.operator().isNumeric()) {
      throw new IllegalArgumentException(definition.name() + " has no course of numbers");
    }
    ResourceKind kind = Objects.requireNonNull(definition.kind());
    List<Fact> recorded = distinct(snapshot.facts(kind, feature.codes()));
    return inWindow(definition, counting(definition, kind, recorded, snapshot), snapshot).stream()
        .filter(f -> !isAbsent(f) && isMeasurement(f))
        .map(f -> new Reading(f, read(feature, f)))
        .toList();
  }

  private static FeatureValue byPolicy(FeatureDefinition definition, FeatureValue value) {
    if (value instanceof Missing missing
        && (missing.reason() == MissingReason.NOT_RECORDED
            || missing.reason() == MissingReason.OUTSIDE_WINDOW)
        && definition.missing() instanceof MissingPolicy.Default fallback) {
      return new Present(
          fallback.value().doubleValue(),
          definition.unit(),
          fallback.provenance(),
          List.of(),
          null,
          null,
          Origin.DEFAULT);
    }
    return value;
  }

  private FeatureValue anchored(
      FeatureDefinition definition,
      PatientSnapshot snapshot,
      @Nullable FeatureValue anchor,
      String name) {
    if (anchor instanceof Present present && present.effective() != null) {
      return plausible(definition, demography.age(snapshot, present.effective()));
    }
    return new Missing(MissingReason.DEPENDENCY, name + " is missing, at whose time age is taken");
  }

  private FeatureValue value(ResolvedFeature feature, PatientSnapshot snapshot) {
    FeatureDefinition definition = feature.definition();
    return switch (definition.operator()) {
      case AGE -> plausible(definition, demography.age(snapshot, snapshot.asOf().at()));
      case SEX -> demography.sex(snapshot);
      case LATEST, FIRST, MIN, MAX, MEAN, EXISTS -> fromFacts(feature, snapshot);
      case COUNT, TIME_SINCE -> plausible(definition, fromFacts(feature, snapshot));
    };
  }

  private static FeatureValue plausible(FeatureDefinition definition, FeatureValue value) {
    Range range = definition.plausible();
    return range != null && value instanceof Present present && !range.contains(present.value())
        ? new Missing(
            MissingReason.IMPLAUSIBLE,
            present.value() + " " + present.unit() + " lies outside the plausible " + range)
        : value;
  }

  private FeatureValue fromFacts(ResolvedFeature feature, PatientSnapshot snapshot) {
    FeatureDefinition definition = feature.definition();
    ResourceKind kind = Objects.requireNonNull(definition.kind());
    List<Fact> recorded = distinct(snapshot.facts(kind, feature.codes()));
    List<Fact> counting = counting(definition, kind, recorded, snapshot);
    List<Fact> inWindow = inWindow(definition, counting, snapshot);
    boolean complete = snapshot.isComplete(kind) && !hasUnresolved(definition, kind, snapshot);
    List<Fact> said = inWindow.stream().filter(f -> !isAbsent(f)).toList();
    return switch (definition.operator()) {
      case EXISTS ->
          said.isEmpty() && !inWindow.isEmpty() ? absent() : exists(said, complete, kind);
      case COUNT -> complete ? present(definition, said.size(), said, null) : incomplete(kind);
      default -> {
        if (inWindow.isEmpty()) {
          yield none(recorded, counting, complete, kind);
        }
        yield said.isEmpty() ? absent() : fromWindow(feature, said, snapshot.asOf().at());
      }
    };
  }

  private static List<Fact> counting(
      FeatureDefinition definition, ResourceKind kind, List<Fact> facts, PatientSnapshot snapshot) {
    Instant at = snapshot.asOf().at();
    return facts.stream()
        .filter(f -> Statuses.counts(kind, Statuses.at(f, at), definition.statuses()))
        .toList();
  }

  private static List<Fact> inWindow(
      FeatureDefinition definition, List<Fact> facts, PatientSnapshot snapshot) {
    return facts.stream().filter(f -> inWindow(f, definition.lookback(), snapshot)).toList();
  }

  /** An order that would count, of which nobody can tell the medication, might be the one. */
  private static boolean hasUnresolved(
      FeatureDefinition definition, ResourceKind kind, PatientSnapshot snapshot) {
    if (!Medications.isKind(kind)) {
      return false;
    }
    List<Fact> unresolved = distinct(snapshot.facts(kind, Set.of(Medications.UNRESOLVED)));
    return !inWindow(definition, counting(definition, kind, unresolved, snapshot), snapshot)
        .isEmpty();
  }

  private static Missing absent() {
    return new Missing(MissingReason.DATA_ABSENT, "recorded as absent");
  }

  private FeatureValue fromWindow(ResolvedFeature feature, List<Fact> facts, Instant indexTime) {
    FeatureDefinition definition = feature.definition();
    if (definition.operator() == Operator.TIME_SINCE) {
      Fact last = facts.get(facts.size() - 1);
      if (last.effective().precision() == Precision.UNDATED) {
        return new Missing(MissingReason.AMBIGUOUS, "recorded without a date");
      }
      Duration since = Duration.between(last.effective().visibleFrom(), indexTime);
      Quantity seconds = new Quantity(BigDecimal.valueOf(since.toSeconds()), "s");
      double value = Units.convert(seconds, definition.unit()).orElseThrow().value().doubleValue();
      return present(definition, value, List.of(last), null);
    }
    List<Fact> measured = facts.stream().filter(FeatureEvaluator::isMeasurement).toList();
    if (measured.isEmpty()) {
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "recorded without a value");
    }
    Map<Fact, FeatureValue> read = new LinkedHashMap<>();
    measured.forEach(fact -> read.put(fact, read(feature, fact)));
    return switch (definition.operator()) {
      case LATEST -> Objects.requireNonNull(read.get(measured.get(measured.size() - 1)));
      case FIRST -> Objects.requireNonNull(read.get(measured.get(0)));
      default -> aggregate(definition, read);
    };
  }

  private FeatureValue aggregate(FeatureDefinition definition, Map<Fact, FeatureValue> read) {
    List<Fact> readable =
        read.keySet().stream().filter(f -> read.get(f) instanceof Present).toList();
    if (readable.isEmpty()) {
      List<FeatureValue> values = List.copyOf(read.values());
      return values.get(values.size() - 1);
    }
    Comparator<Fact> byValue =
        comparing((Fact f) -> ((Present) Objects.requireNonNull(read.get(f))).value());
    return switch (definition.operator()) {
      case MIN -> Objects.requireNonNull(read.get(readable.stream().min(byValue).orElseThrow()));
      case MAX -> Objects.requireNonNull(read.get(readable.stream().max(byValue).orElseThrow()));
      default -> {
        double sum = 0;
        for (Fact fact : readable) {
          sum += ((Present) Objects.requireNonNull(read.get(fact))).value();
        }
        yield present(definition, sum / readable.size(), readable, null);
      }
    };
  }

  /** One fact as a number in the definition's unit, or why it is none. */
  private FeatureValue read(ResolvedFeature feature, Fact fact) {
    FeatureDefinition definition = feature.definition();
    CodedAnswers answers = definition.answers();
    if (answers != null) {
      return fact.value() instanceof FactValue.Measured measured
          ? measuredAnswer(definition, answers, measured, fact)
          : answer(feature, fact);
    }
    if (!(fact.value() instanceof FactValue.Measured measured)) {
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "not recorded as a number");
    }
    String original =
        measured.original().value().toPlainString() + " " + measured.original().unit();
    if (measured.comparator() != org.auscult.timeline.Comparator.NONE) {
      return noPoint(measured);
    }
    var converted = units.convert(fact.codes(), measured.original(), definition.unit());
    if (converted.isEmpty()) {
      return new Missing(
          MissingReason.UNIT, original.trim() + " cannot be read in " + definition.unit());
    }
    double value = converted.get().value().doubleValue();
    Range plausible = definition.plausible();
    if (plausible != null && !plausible.contains(value)) {
      return new Missing(
          MissingReason.IMPLAUSIBLE, original + " lies outside the plausible " + plausible);
    }
    return present(definition, value, List.of(fact), null);
  }

  private static Missing noPoint(FactValue.Measured measured) {
    return new Missing(
        MissingReason.COMPARATOR,
        "recorded as "
            + measured.comparator().symbol()
            + measured.original().value().toPlainString()
            + " "
            + measured.original().unit()
            + ", which is no point");
  }

  /** A number is an answer only where a bound in its unit says what it means. */
  private static FeatureValue measuredAnswer(
      FeatureDefinition definition, CodedAnswers answers, FactValue.Measured measured, Fact fact) {
    if (answers.trueAbove().isEmpty()) {
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "the answer is not one that is known");
    }
    if (measured.comparator() != org.auscult.timeline.Comparator.NONE) {
      return noPoint(measured);
    }
    String text = measured.original().value().toPlainString() + " " + measured.original().unit();
    for (Quantity bound : answers.trueAbove()) {
      var converted = Units.convert(measured.original(), bound.unit());
      if (converted.isPresent()) {
        boolean isAbove = converted.get().value().compareTo(bound.value()) > 0;
        return present(definition, isAbove ? 1 : 0, List.of(fact), text);
      }
    }
    return new Missing(MissingReason.UNIT, text.trim() + " is in no unit that says yes or no");
  }

  private static FeatureValue answer(ResolvedFeature feature, Fact fact) {
    if (fact.value() instanceof FactValue.Truth truth) {
      return present(feature.definition(), truth.value() ? 1 : 0, List.of(fact), null);
    }
    if (fact.value() instanceof FactValue.Coded coded) {
      boolean isTrue = coded.codes().stream().anyMatch(feature.trueAnswers()::contains);
      boolean isFalse = coded.codes().stream().anyMatch(feature.falseAnswers()::contains);
      if (isTrue && isFalse) {
        return new Missing(MissingReason.AMBIGUOUS, "the answer means both yes and no");
      }
      if (isTrue || isFalse) {
        return present(feature.definition(), isTrue ? 1 : 0, List.of(fact), coded.text());
      }
    }
    return new Missing(MissingReason.UNRECOGNISED_VALUE, "the answer is not one that is known");
  }

  private static FeatureValue exists(List<Fact> inWindow, boolean complete, ResourceKind kind) {
    if (!inWindow.isEmpty()) {
      Fact last = inWindow.get(inWindow.size() - 1);
      return new Present(
          1,
          "1",
          last.display(),
          references(inWindow),
          when(last),
          latestKnown(inWindow),
          Origin.RECORD);
    }
    return complete
        ? new Present(0, "1", null, List.of(), null, null, Origin.RECORD)
        : incomplete(kind);
  }

  private static FeatureValue none(
      List<Fact> recorded, List<Fact> counting, boolean complete, ResourceKind kind) {
    if (!counting.isEmpty()) {
      Instant last = counting.get(counting.size() - 1).effective().visibleFrom();
      return new Missing(
          MissingReason.OUTSIDE_WINDOW, "last recorded at " + last + ", before the window");
    }
    if (!recorded.isEmpty()) {
      String status = recorded.get(recorded.size() - 1).context().status();
      return new Missing(MissingReason.STATUS, "recorded only as '" + status + "'");
    }
    return complete ? new Missing(MissingReason.NOT_RECORDED, "not recorded") : incomplete(kind);
  }

  private static Missing incomplete(ResourceKind kind) {
    return new Missing(
        MissingReason.SEARCH_INCOMPLETE,
        Medications.isKind(kind)
            ? "not every " + kind.fhirType() + " was found with its medication"
            : "the search for " + kind.fhirType() + " was not complete, so absence proves nothing");
  }

  private static Present present(
      FeatureDefinition definition, double value, List<Fact> facts, @Nullable String text) {
    return new Present(
        value,
        definition.unit(),
        text,
        references(facts),
        facts.isEmpty() ? null : when(facts.get(facts.size() - 1)),
        facts.isEmpty() ? null : latestKnown(facts),
        Origin.RECORD);
  }

  private static @Nullable Instant when(Fact fact) {
    return fact.effective().precision() == Precision.UNDATED ? null : fact.effective().from();
  }

  private static List<String> references(List<Fact> facts) {
    return facts.stream().map(f -> f.source().reference()).distinct().toList();
  }

  private static Instant latestKnown(List<Fact> facts) {
    return facts.stream().map(f -> f.known().from()).max(Comparator.naturalOrder()).orElseThrow();
  }

  /**
   * Facts of the record itself, in order. A resource that came by two roads counts once, in its
   * highest version; a resource without an id cannot be told from another and stands for itself.
   */
  private static List<Fact> distinct(List<Fact> facts) {
    Map<Object, Fact> newest = new LinkedHashMap<>();
    facts.stream()
        .filter(f -> f.context().author() == Author.RECORD)
        .sorted(ORDER)
        .forEach(
            f ->
                newest.merge(
                    f.source().id().isEmpty()
                        ? f
                        : List.of(f.source().origin(), f.source().id(), f.source().slot()),
                    f,
                    (a, b) -> b.source().version() >= a.source().version() ? b : a));
    return newest.values().stream().sorted(ORDER).toList();
  }

  private static boolean inWindow(
      Fact fact, @Nullable Lookback lookback, PatientSnapshot snapshot) {
    if (lookback == null) {
      return true;
    }
    Instant start = lookback.startBefore(snapshot.asOf().at());
    if (fact.effective().visibleFrom().isAfter(start)) {
      return true;
    }
    Instant until = fact.effective().until();
    return switch (fact.source().kind()) {
      case CONDITION, ENCOUNTER, ALLERGY_INTOLERANCE, MEDICATION_STATEMENT ->
          until == null || until.isAfter(start);
      default -> false;
    };
  }

  private static boolean isMeasurement(Fact fact) {
    return !(fact.value() instanceof FactValue.None);
  }

  private static boolean isAbsent(Fact fact) {
    return fact.value() instanceof FactValue.Absent;
  }
}
