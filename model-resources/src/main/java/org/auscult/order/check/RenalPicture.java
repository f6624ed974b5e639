package org.auscult.order.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.auscult.feature.FeatureEvaluator;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Range;
import org.auscult.feature.Reading;
import org.auscult.feature.ResolvedFeature;
import org.auscult.order.DoseBand;
import org.auscult.order.DrugRule;
import org.auscult.order.Gap;
import org.auscult.order.OrderFinding;
import org.auscult.order.OrderFinding.Outcome;
import org.auscult.order.RegisteredOrderRules;
import org.auscult.order.RenalEstimate;
import org.auscult.order.RenalEstimate.Input;
import org.auscult.order.RenalInputs;
import org.auscult.order.RenalMeasure;
import org.auscult.order.RenalMeasure.BodyWeight;
import org.auscult.order.RenalMeasure.Kind;
import org.auscult.order.RepeatCreatinine;
import org.auscult.order.RepeatCreatinine.Why;
import org.auscult.order.Stability;
import org.auscult.order.Stability.State;
import org.auscult.order.check.RenalFunction.Sex;
import org.auscult.prediction.InputValue;
import org.auscult.prediction.ModelRun;
import org.auscult.prediction.ModelRun.Result.NotAssessed;
import org.auscult.prediction.ModelRun.Result.NotEligible;
import org.auscult.prediction.ModelRun.Result.Predicted;
import org.auscult.prediction.Reason;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;

/**
 * One patient's kidneys, as far as orders ask for them: each number is made once, and only if a
 * rule needs it.
 *
 * <p>Which eGFR (safety rule 12): the recorded one by CKD-EPI 2021; the model computes one where
 * none is recorded, and where the newest creatinine is newer than the recorded eGFR by more than
 * {@link #SAME_SAMPLE}, since then it is of another sample. Of the two that is newer, what cannot
 * be read is missing: an older number does not stand in for it.
 */
final class RenalPicture {
  /** Laboratories date a creatinine and the eGFR made of it alike, or a few hours apart. */
  static final Duration SAME_SAMPLE = Duration.ofHours(24);

  private static final int ADULT = 18;

  /** No one is older; it also keeps the formulas within what they were made for. */
  private static final int OLDEST = 120;

  private final RegisteredOrderRules registered;
  private final FeatureVector vector;
  private final List<Reading> creatinines;
  private final List<Reading> egfrs;
  private final Function<String, List<ModelRun>> model;
  private final Stability stability;
  private final Map<RenalMeasure, Number> numbers = new LinkedHashMap<>();
  private final List<ModelRun> runs = new ArrayList<>();
  private @Nullable Number indexed;

  /** What came of one rule. */
  record Judged(Outcome outcome, List<String> remarks) {}

  /** A number of the kidneys, or why there is none. */
  private record Number(@Nullable RenalEstimate estimate, List<Gap> gaps, List<String> remarks) {
    static Number of(RenalEstimate estimate) {
      return new Number(estimate, List.of(), List.of());
    }

    static Number missing(List<Gap> gaps) {
      return new Number(null, gaps, List.of());
    }

    Number remarking(String remark) {
      return new Number(estimate, gaps, List.of(remark));
    }
  }

  RenalPicture(
      RegisteredOrderRules registered,
      FeatureVector vector,
      PatientSnapshot snapshot,
      FeatureEvaluator evaluator,
      Function<String, List<ModelRun>> model) {
    this.registered = registered;
    this.vector = vector;
    this.model = model;
    this.creatinines = evaluator.readings(feature(RenalInputs.CREATININE), snapshot);
    this.egfrs = evaluator.readings(feature(RenalInputs.EGFR), snapshot);
    this.stability = stability(snapshot.isComplete(ResourceKind.OBSERVATION));
  }

  private ResolvedFeature feature(String name) {
    return registered.features().feature(name).orElseThrow();
  }

  /** The model runs that were needed. */
  List<ModelRun> runs() {
    return List.copyOf(runs);
  }

  Stability stability() {
    return stability;
  }

  /** The numbers that rules were held against. */
  List<RenalEstimate> estimates() {
    return numbers.values().stream()
        .map(Number::estimate)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private Stability stability(boolean complete) {
    return ifTrue(RenalInputs.ACUTE_KIDNEY_INJURY)
        .map(
            injury ->
                new Stability(
                    State.UNSTABLE,
                    "acute kidney injury is on the record and not resolved",
                    injury.evidence()))
        .orElseGet(() -> CreatinineCourse.judge(creatinines, complete));
  }

  /** What a rule says of this patient. */
  Judged judge(DrugRule rule) {
    Optional<Outcome> noNumber = onDialysis().or(this::unstable);
    if (noNumber.isPresent()) {
      return new Judged(noNumber.get(), transplant());
    }
    List<Gap> person = person();
    Number number =
        person.isEmpty()
            ? numbers.computeIfAbsent(rule.measure(), this::number)
            : Number.missing(person);
    RenalEstimate estimate = number.estimate();
    if (estimate == null) {
      return new Judged(new Outcome.NotAssessed(number.gaps()), transplant());
    }
    List<String> remarks = new ArrayList<>(number.remarks());
    remarks.addAll(transplant());
    if (stability.state() == State.NOT_JUDGED) {
      remarks.add("whether the kidneys are in a steady state is not known: " + stability.text());
    }
    Optional<DoseBand> band = rule.band(estimate.shown());
    List<Gap> unknown = unknown();
    if (band.isPresent()) {
      unknown.forEach(gap -> remarks.add(gap.text()));
      return new Judged(new Outcome.Advised(band.get(), estimate, rule.source()), remarks);
    }
    return new Judged(
        unknown.isEmpty()
            ? new Outcome.Clear(estimate, rule.source())
            : new Outcome.NotAssessed(unknown),
        remarks);
  }

  private Optional<Outcome> unstable() {
    return stability.state() == State.UNSTABLE
        ? Optional.of(
            new Outcome.Unstable(
                "renal function unstable: " + stability.text(), stability.evidence()))
        : Optional.empty();
  }

  /** A session counts unless a kidney was transplanted after it. */
  private Optional<Outcome> onDialysis() {
    return ifTrue(RenalInputs.DIALYSIS_DEPENDENCE)
        .map(
            d ->
                onDialysis(
                    "dependence on dialysis, or end-stage kidney disease, is on the record", d))
        .or(
            () ->
                ifTrue(RenalInputs.DIALYSIS)
                    .filter(session -> !endedByTransplant(session))
                    .map(
                        s ->
                            onDialysis("a session of dialysis within a year is on the record", s)));
  }

  private static Outcome onDialysis(String text, Present because) {
    return new Outcome.OnDialysis(text, because.evidence());
  }

  private boolean endedByTransplant(Present session) {
    Instant dialysed = session.effective();
    return dialysed != null
        && ifTrue(RenalInputs.KIDNEY_TRANSPLANTATION)
            .map(Present::effective)
            .filter(operated -> operated.isAfter(dialysed))
            .isPresent();
  }

  private List<String> transplant() {
    boolean hasOne =
        ifTrue(RenalInputs.KIDNEY_TRANSPLANT).isPresent()
            || ifTrue(RenalInputs.KIDNEY_TRANSPLANTATION).isPresent();
    return hasOne
        ? List.of(
            "a transplanted kidney is on the record: ask the transplant team before a change, since"
                + " interactions with immunosuppressants are not looked at")
        : List.of();
  }

  /** What would forbid a number if it were known: it lets no order pass as clear. */
  private List<Gap> unknown() {
    List<Gap> gaps = new ArrayList<>();
    for (String name :
        List.of(
            RenalInputs.DIALYSIS_DEPENDENCE,
            RenalInputs.DIALYSIS,
            RenalInputs.ACUTE_KIDNEY_INJURY)) {
      if (value(name) instanceof Missing missing) {
        gaps.add(gap(name, missing));
      }
    }
    return gaps;
  }

  /** Age and sex: rules and formulas speak of adults whose sex as a parameter is known. */
  private List<Gap> person() {
    List<Gap> gaps = new ArrayList<>();
    FeatureValue age = value(RenalInputs.AGE);
    if (age instanceof Missing missing) {
      gaps.add(gap(RenalInputs.AGE, missing));
    } else if (age instanceof Present years && (years.value() < ADULT || years.value() > OLDEST)) {
      gaps.add(
          new Gap(
              "age-out-of-range",
              RenalInputs.AGE,
              years.value() < ADULT
                  ? "the rules speak of adults"
                  : "the age on the record is above " + OLDEST,
              years.evidence()));
    }
    if (value(RenalInputs.SEX) instanceof Missing missing) {
      gaps.add(gap(RenalInputs.SEX, missing));
    }
    return gaps;
  }

  private Number number(RenalMeasure measure) {
    return switch (measure.kind()) {
      case COCKCROFT_GAULT -> cockcroftGault(Objects.requireNonNull(measure.weight()));
      case EGFR -> egfr(Objects.requireNonNull(measure.usualBodyMassIndex()));
      case EGFR_DE_INDEXED -> deIndexed();
    };
  }

  private Number cockcroftGault(BodyWeight which) {
    List<String> needed =
        which == BodyWeight.ACTUAL
            ? List.of(RenalInputs.CREATININE, RenalInputs.WEIGHT)
            : List.of(RenalInputs.CREATININE, RenalInputs.WEIGHT, RenalInputs.HEIGHT);
    List<Gap> gaps = gaps(needed);
    if (!gaps.isEmpty()) {
      return Number.missing(gaps);
    }
    Present creatinine = present(RenalInputs.CREATININE);
    Present weight = present(RenalInputs.WEIGHT);
    double kilograms = weight.value();
    if (which != BodyWeight.ACTUAL) {
      Present height = present(RenalInputs.HEIGHT);
      if (height.value() < RenalFunction.DEVINE_FROM_CM) {
        return Number.missing(
            List.of(
                new Gap(
                    "out-of-range",
                    RenalInputs.HEIGHT,
                    "the formula of the ideal weight begins at 152.4 cm",
                    height.evidence())));
      }
      double ideal = RenalFunction.idealWeight(sex(), height.value());
      kilograms =
          which == BodyWeight.IDEAL ? ideal : RenalFunction.adjustedWeight(ideal, weight.value());
    }
    int age = (int) present(RenalInputs.AGE).value();
    double clearance = RenalFunction.cockcroftGault(age, sex(), creatinine.value(), kilograms);
    List<String> names = new ArrayList<>(List.of(RenalInputs.AGE, RenalInputs.SEX));
    names.addAll(needed);
    return Number.of(
        new RenalEstimate(
            Kind.COCKCROFT_GAULT, which, clearance, inputs(names), creatinine.effective(), null));
  }

  /** At an extreme of body size the de-indexed eGFR stands; of an unknown one it is said. */
  private Number egfr(Range usual) {
    Number number = indexed();
    if (number.estimate() == null) {
      return number;
    }
    if (!(value(RenalInputs.WEIGHT) instanceof Present weight)
        || !(value(RenalInputs.HEIGHT) instanceof Present height)) {
      return number.remarking(
          "height or weight is not known: at an extreme body size the eGFR misleads");
    }
    double index = RenalFunction.bodyMassIndex(height.value(), weight.value());
    return usual.contains(index)
        ? number
        : deIndexed()
            .remarking(
                "the body mass index is %.1f kg/m2, so the eGFR was de-indexed by body surface"
                    .formatted(Math.floor(index * 10) / 10));
  }

  private Number deIndexed() {
    List<Gap> gaps = new ArrayList<>(indexed().gaps());
    gaps.addAll(gaps(List.of(RenalInputs.WEIGHT, RenalInputs.HEIGHT)));
    RenalEstimate estimate = indexed().estimate();
    if (estimate == null || !gaps.isEmpty()) {
      return Number.missing(gaps);
    }
    double surface =
        RenalFunction.bodySurface(
            present(RenalInputs.HEIGHT).value(), present(RenalInputs.WEIGHT).value());
    List<Input> inputs = new ArrayList<>(estimate.inputs());
    inputs.addAll(inputs(List.of(RenalInputs.WEIGHT, RenalInputs.HEIGHT)));
    return Number.of(
        new RenalEstimate(
            Kind.EGFR_DE_INDEXED,
            null,
            RenalFunction.deIndexed(estimate.value(), surface),
            inputs,
            estimate.effective(),
            estimate.fromModel()));
  }

  private Number indexed() {
    if (indexed == null) {
      indexed = recordedIsNewest() ? recorded() : computed();
    }
    return indexed;
  }

  private boolean recordedIsNewest() {
    if (egfrs.isEmpty()) {
      return false;
    }
    if (creatinines.isEmpty()) {
      return true;
    }
    Instant recorded = newest(egfrs);
    return !newest(creatinines).isAfter(recorded.plus(SAME_SAMPLE));
  }

  private static Instant newest(List<Reading> readings) {
    return readings.get(readings.size() - 1).fact().effective().from();
  }

  private Number recorded() {
    if (!(value(RenalInputs.EGFR) instanceof Present egfr)) {
      return Number.missing(gaps(List.of(RenalInputs.EGFR)));
    }
    return Number.of(
        new RenalEstimate(
            Kind.EGFR,
            null,
            egfr.value(),
            inputs(List.of(RenalInputs.EGFR)),
            egfr.effective(),
            null));
  }

  private Number computed() {
    List<Gap> gaps = gaps(List.of(RenalInputs.CREATININE));
    if (!gaps.isEmpty()) {
      return Number.missing(gaps);
    }
    runs.addAll(model.apply(registered.rules().egfrModel()));
    ModelRun last = runs.get(runs.size() - 1);
    if (last.result() instanceof Predicted predicted) {
      return Number.of(
          new RenalEstimate(
              Kind.EGFR,
              null,
              predicted.scores().get(0).value(),
              predicted.inputs().stream().map(RenalPicture::input).toList(),
              present(RenalInputs.CREATININE).effective(),
              last.model()));
    }
    List<Reason> reasons =
        last.result() instanceof NotEligible not
            ? not.reasons()
            : ((NotAssessed) last.result()).reasons();
    return Number.missing(
        reasons.stream().map(r -> new Gap(r.code(), r.input(), r.text(), r.evidence())).toList());
  }

  private List<Input> inputs(List<String> names) {
    List<Input> inputs = new ArrayList<>();
    for (String name : names) {
      Present value = present(name);
      inputs.add(
          new Input(
              name,
              value.value(),
              value.unit(),
              value.text(),
              value.evidence(),
              value.effective()));
    }
    return inputs;
  }

  private static Input input(InputValue value) {
    return new Input(
        value.input(),
        value.value(),
        value.unit(),
        value.text(),
        value.evidence(),
        value.effective());
  }

  private List<Gap> gaps(List<String> names) {
    List<Gap> gaps = new ArrayList<>();
    for (String name : names) {
      if (value(name) instanceof Missing missing) {
        gaps.add(gap(name, missing));
      }
    }
    return gaps;
  }

  private Gap gap(String name, Missing missing) {
    String title = vector.entry(name).orElseThrow().title();
    return new Gap(missing.reason().code(), name, title + ": " + missing.detail(), List.of());
  }

  /** That the creatinine should be measured again; null if none of the findings calls for it. */
  @Nullable RepeatCreatinine repeat(List<OrderFinding> findings) {
    for (OrderFinding finding : findings) {
      if (finding.outcome() instanceof Outcome.Unstable unstable) {
        return new RepeatCreatinine(Why.UNSTABLE, unstable.text());
      }
      if (finding.outcome() instanceof Outcome.NotAssessed notAssessed) {
        for (Gap gap : notAssessed.gaps()) {
          Why why = why(gap);
          if (why != null) {
            return new RepeatCreatinine(why, gap.text());
          }
        }
      }
    }
    return null;
  }

  private static @Nullable Why why(Gap gap) {
    boolean isOfKidneys =
        gap.input().equals(RenalInputs.CREATININE) || gap.input().equals(RenalInputs.EGFR);
    Optional<MissingReason> reason =
        List.of(MissingReason.values()).stream()
            .filter(r -> isOfKidneys && r.code().equals(gap.code()))
            .findFirst();
    return reason
        .map(
            r ->
                switch (r) {
                  case NOT_RECORDED, DATA_ABSENT -> Why.MISSING;
                  case OUTSIDE_WINDOW -> Why.TOO_OLD;
                  // A creatinine may well be there: nobody could look.
                  case SEARCH_INCOMPLETE -> null;
                  case UNIT,
                      IMPLAUSIBLE,
                      COMPARATOR,
                      STATUS,
                      UNRECOGNISED_VALUE,
                      AMBIGUOUS,
                      TOO_FEW,
                      UNDEFINED,
                      DEPENDENCY ->
                      Why.UNREADABLE;
                })
        .orElse(null);
  }

  private Sex sex() {
    return present(RenalInputs.SEX).value() == 1 ? Sex.FEMALE : Sex.MALE;
  }

  /** The value of a truth that is known to be true. */
  private Optional<Present> ifTrue(String name) {
    return value(name) instanceof Present present && present.value() != 0
        ? Optional.of(present)
        : Optional.empty();
  }

  private Present present(String name) {
    return (Present) value(name);
  }

  private FeatureValue value(String name) {
    return vector.value(name).orElseThrow();
  }
}
