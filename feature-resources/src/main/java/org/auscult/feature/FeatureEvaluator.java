package org.auscult.feature;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.auscult.feature.FactSelector.Found;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Origin;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.expression.Formula;
import org.auscult.timeline.Fact;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.unit.CodeUnits;

/**
 * Makes a feature vector of a patient's snapshot. It sees nothing but the snapshot, so what was
 * later or unknown cannot leak in.
 *
 * <p>Time: a fact lies in a window if it became visible there; a state (condition, encounter,
 * allergy, statement) also if it was still open there.
 *
 * <p>Status: as it was at the index time. A condition that ends later is active then, although its
 * resource says by now that it is resolved.
 *
 * <p>Missing: operators that take one fact take the one that they name, and if that is implausible,
 * in a foreign unit, or above or below a bound, the value is missing: they do not quietly take
 * another one; what bears no value at all is no measurement. Facts recorded as absent are no
 * measurements, prove neither presence nor absence, and are passed over for others. Operators over
 * several values are over the readable ones. What counts, and a negative {@code exists} or {@code
 * active}, needs a complete search.
 */
public final class FeatureEvaluator {
  private final ZoneId zone;
  private final ValueReader reader;
  private final Demography demography;
  private final Windows windows;

  /**
   * @param zone the site's time zone, in which days of birth and calendar windows begin
   */
  public FeatureEvaluator(CodeUnits units, ZoneId zone) {
    this.zone = zone;
    this.reader = new ValueReader(units);
    this.demography = new Demography(zone);
    this.windows = new Windows(zone);
  }

  /** The site's time zone. */
  public ZoneId zone() {
    return zone;
  }

  /** The vector of a set, in its order. */
  public FeatureVector evaluate(ResolvedFeatureSet set, PatientSnapshot snapshot) {
    Map<String, FeatureValue> values = new HashMap<>();
    for (FeaturePlan plan : set.plans(reader)) {
      FeatureDefinition definition = plan.definition();
      FeatureValue value =
          definition.operator() == Operator.DERIVED
              ? derived(set.formula(definition.name()), definition, values)
              : value(plan, snapshot, values);
      values.put(
          definition.name(),
          explained(plan.feature(), byPolicy(plan, value, snapshot, values), snapshot));
    }
    return set.vector(snapshot, values);
  }

  /**
   * The course of a numeric feature: every fact of its window that bears a value, in order, each
   * read as the feature would read it. What is missing of one is no reason to leave it out.
   *
   * <p>Errors: IllegalArgumentException for a feature that is not numeric, or whose window hangs on
   * another feature.
   */
  public List<Reading> readings(ResolvedFeature feature, PatientSnapshot snapshot) {
    FeatureDefinition definition = feature.definition();
    if (!definition.operator().isNumeric() || !definition.dependencies().isEmpty()) {
      throw new IllegalArgumentException(definition.name() + " has no course of numbers");
    }
    Span span = windows.resolve(definition.window(), snapshot, Map.of()).span();
    return span == null
        ? List.of()
        : ReadFact.where(
                FactSelector.find(new FeaturePlan(feature, reader), snapshot, span, zone).said(),
                ReadFact::bearsValue)
            .stream()
            .map(fact -> new Reading(fact.fact(), fact.value()))
            .toList();
  }

  /**
   * The facts of a feature's window.
   *
   * @param facts those that count and are not recorded as absent, in order
   * @param isComplete whether nothing else can be in the record
   */
  public record Facts(List<Fact> facts, boolean isComplete) {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  /**
   * The facts that a feature is made of, whatever it makes of them.
   *
   * <p>Errors: IllegalArgumentException for a feature that reads no facts of its own, or whose
   * window hangs on another feature.
   */
  public Facts facts(ResolvedFeature feature, PatientSnapshot snapshot) {
    FeatureDefinition definition = feature.definition();
    if (definition.selection() == null || !definition.dependencies().isEmpty()) {
      throw new IllegalArgumentException(definition.name() + " has no facts of its own");
    }
    Span span = windows.resolve(definition.window(), snapshot, Map.of()).span();
    if (span == null) {
      return new Facts(List.of(), false);
    }
    Found found = FactSelector.find(new FeaturePlan(feature, reader), snapshot, span, zone);
    return new Facts(found.said().stream().map(ReadFact::fact).toList(), found.complete());
  }

  private FeatureValue value(
      FeaturePlan plan, PatientSnapshot snapshot, Map<String, FeatureValue> values) {
    FeatureDefinition definition = plan.definition();
    return switch (definition.operator()) {
      case AGE -> plausible(definition, age(definition, snapshot, values));
      case SEX -> demography.sex(snapshot);
      case DEMOGRAPHIC -> demography.is(plan.feature(), snapshot);
      default -> fromFacts(plan, snapshot, values);
    };
  }

  private FeatureValue age(
      FeatureDefinition definition, PatientSnapshot snapshot, Map<String, FeatureValue> values) {
    String anchor = definition.arguments().anchor();
    if (anchor == null) {
      return demography.age(snapshot, snapshot.asOf().at());
    }
    return values.get(anchor) instanceof Present present && present.effective() != null
        ? demography.age(snapshot, present.effective())
        : new Missing(MissingReason.DEPENDENCY, anchor + " is missing, at whose time age is taken");
  }

  private static FeatureValue plausible(FeatureDefinition definition, FeatureValue value) {
    Range range = definition.plausible();
    return range != null && value instanceof Present present && !range.contains(present.value())
        ? new Missing(
            MissingReason.IMPLAUSIBLE,
            present.value() + " " + present.unit() + " lies outside the plausible " + range)
        : value;
  }

  private FeatureValue fromFacts(
      FeaturePlan plan, PatientSnapshot snapshot, Map<String, FeatureValue> values) {
    FeatureDefinition definition = plan.definition();
    Windows.Resolved resolved = windows.resolve(definition.window(), snapshot, values);
    Span span = resolved.span();
    if (span == null) {
      return Objects.requireNonNull(resolved.missing());
    }
    FeatureValue value = inSpan(plan, snapshot, span);
    return definition.operator().isNumeric() || definition.operator() == Operator.EXISTS
        ? value
        : plausible(definition, value);
  }

  private FeatureValue inSpan(FeaturePlan plan, PatientSnapshot snapshot, Span span) {
    FeatureDefinition definition = plan.definition();
    Found found = FactSelector.find(plan, snapshot, span, zone);
    Instant at = snapshot.asOf().at();
    List<ReadFact> said = found.said();
    return switch (definition.operator()) {
      case EXISTS ->
          said.isEmpty() && !found.inWindow().isEmpty()
              ? absent()
              : TimeOperators.exists(definition, found, said);
      case COUNT -> TimeOperators.count(definition, found, said);
      case DISTINCT_COUNT -> TimeOperators.distinct(plan.feature(), found, said, zone);
      case RATE -> TimeOperators.rate(definition, found, said, span);
      case ACTIVE, DURATION, TOTAL_DURATION -> StateOperators.value(definition, found, span, at);
      default -> {
        if (found.inWindow().isEmpty()) {
          yield none(definition, found, span);
        }
        yield said.isEmpty() ? absent() : fromWindow(plan, said, at, span);
      }
    };
  }

  private static FeatureValue fromWindow(
      FeaturePlan plan, List<ReadFact> said, Instant at, Span span) {
    FeatureDefinition definition = plan.definition();
    if (definition.operator() == Operator.TIME_SINCE) {
      return TimeOperators.since(definition, said.get(said.size() - 1), at);
    }
    if (definition.operator() == Operator.TIME_SINCE_FIRST) {
      // What nobody dated may have been the first.
      return said.stream().map(ReadFact::fact).anyMatch(Values::isUndated)
          ? Values.undated()
          : TimeOperators.since(definition, said.get(0), at);
    }
    if (definition.operator() == Operator.FLAGGED) {
      return TimeOperators.flagged(definition, said.get(said.size() - 1));
    }
    List<ReadFact> bearing = ReadFact.where(said, ReadFact::bearsValue);
    if (bearing.isEmpty()) {
      return new Missing(MissingReason.UNRECOGNISED_VALUE, "recorded without a value");
    }
    // Of many values these two look at one.
    return switch (definition.operator()) {
      case LATEST -> bearing.get(bearing.size() - 1).value();
      case FIRST -> bearing.get(0).value();
      default -> NumberOperators.value(plan, bearing, at, span.end());
    };
  }

  private static Missing absent() {
    return new Missing(MissingReason.DATA_ABSENT, "recorded as absent");
  }

  private static FeatureValue none(FeatureDefinition definition, Found found, Span span) {
    List<ReadFact> counting = found.counting();
    if (!counting.isEmpty()) {
      Fact last = counting.get(counting.size() - 1).fact();
      return new Missing(
          MissingReason.OUTSIDE_WINDOW,
          "last recorded at "
              + last.effective().visibleFrom()
              + (span.isAfter(last) ? ", before the window" : ", after the window"));
    }
    if (!found.recorded().isEmpty()) {
      String status = found.recorded().get(found.recorded().size() - 1).fact().context().status();
      return new Missing(MissingReason.STATUS, "recorded only as '" + status + "'");
    }
    return found.complete()
        ? new Missing(MissingReason.NOT_RECORDED, "not recorded")
        : Values.incomplete(Objects.requireNonNull(definition.kind()));
  }

  private static FeatureValue derived(
      Formula formula, FeatureDefinition definition, Map<String, FeatureValue> values) {
    Formula.Result result = formula.of(new InputsOf(values));
    if (result instanceof Formula.Result.Needs needs) {
      return new Missing(MissingReason.DEPENDENCY, needs.feature() + " is missing");
    }
    if (result instanceof Formula.Result.Undefined undefined) {
      return new Missing(MissingReason.UNDEFINED, undefined.why());
    }
    double number = ((Formula.Result.Value) result).number();
    return plausible(definition, Values.derived(number, definition, values));
  }

  /** Other features' values as a formula sees them. */
  private record InputsOf(Map<String, FeatureValue> values) implements Formula.Inputs {
    @Override
    public double value(String feature) {
      return values.get(feature) instanceof Present present ? present.value() : Double.NaN;
    }

    @Override
    public boolean isRecorded(String feature) {
      return values.get(feature) instanceof Present present
          && (present.origin() == Origin.RECORD || present.origin() == Origin.DERIVED);
    }
  }

  private FeatureValue byPolicy(
      FeaturePlan plan,
      FeatureValue value,
      PatientSnapshot snapshot,
      Map<String, FeatureValue> values) {
    MissingPolicy policy = plan.definition().missing();
    boolean applies =
        value instanceof Missing missing
            && (missing.reason() == MissingReason.NOT_RECORDED
                || missing.reason() == MissingReason.OUTSIDE_WINDOW);
    if (!applies) {
      return value;
    }
    if (policy instanceof MissingPolicy.CarryForward carry) {
      FeatureValue carried = carried(plan, carry, snapshot, values);
      return carried instanceof Present ? carried : byDefault(plan, carry.otherwise(), value);
    }
    return byDefault(plan, policy, value);
  }

  /** The latest value before the window, if it is young enough; never one of behind its end. */
  private FeatureValue carried(
      FeaturePlan plan,
      MissingPolicy.CarryForward carry,
      PatientSnapshot snapshot,
      Map<String, FeatureValue> values) {
    Windows.Resolved window = windows.resolve(plan.definition().window(), snapshot, values);
    Span own = Objects.requireNonNull(window.span(), "what has no window was not searched");
    Instant oldest = carry.maximumAge().startBefore(snapshot.asOf().at());
    Span span = new Span(oldest, true, own.end(), own.endInclusive());
    List<ReadFact> readings =
        ReadFact.where(FactSelector.find(plan, snapshot, span, zone).said(), ReadFact::bearsValue);
    FeatureValue last =
        readings.isEmpty()
            ? new Missing(MissingReason.OUTSIDE_WINDOW, "nothing to carry forward")
            : readings.get(readings.size() - 1).value();
    return last instanceof Present present ? Values.carried(present) : last;
  }

  /** Of a value that hangs on a context: what that rests on. */
  private FeatureValue explained(
      ResolvedFeature feature, FeatureValue value, PatientSnapshot snapshot) {
    ResolvedContextRule rule = feature.context();
    return rule != null && value instanceof Present present
        ? new Contexts(rule, snapshot, zone)
            .explained(
                present,
                snapshot.facts(rule.rule().facts().kind(), feature.codes()),
                feature.inContext().code())
        : value;
  }

  private static FeatureValue byDefault(
      FeaturePlan plan, MissingPolicy policy, FeatureValue value) {
    return policy instanceof MissingPolicy.Default fallback
        ? new Present(
            fallback.value().doubleValue(),
            plan.definition().unit(),
            fallback.provenance(),
            List.of(),
            null,
            null,
            Origin.DEFAULT)
        : value;
  }
}
