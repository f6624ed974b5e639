package org.auscult.outcome.fhir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.auscult.feature.FeatureDefinition;
import org.auscult.feature.Lookback;
import org.auscult.feature.Operator;
import org.auscult.feature.fhir.Extensions;
import org.auscult.feature.fhir.FeatureDefinitions;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problem;
import org.auscult.feature.fhir.Problems;
import org.auscult.outcome.Confirmation;
import org.auscult.outcome.EventRule;
import org.auscult.outcome.Threshold;
import org.auscult.timeline.Code;
import org.auscult.timeline.Comparator;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Reads what counts as the event; which facts that are is read as for a feature. */
final class EventReading {
  /** What a feature can say and an event cannot: it has a horizon of its own, and no default. */
  private static final List<String> NOT_TAKEN =
      List.of(
          FeatureUrls.OPERATOR,
          FeatureUrls.UNIT,
          FeatureUrls.LOOKBACK,
          FeatureUrls.SINCE_ENCOUNTER,
          FeatureUrls.SINCE_FEATURE,
          FeatureUrls.SINCE_CALENDAR,
          FeatureUrls.WINDOW_GAP,
          FeatureUrls.WINDOW_ENDS,
          FeatureUrls.MISSING_DEFAULT,
          FeatureUrls.MISSING_CARRY,
          FeatureUrls.MISSING_REFUSE,
          FeatureUrls.ANCHOR,
          FeatureUrls.VALUE_UNIT,
          FeatureUrls.NTH,
          FeatureUrls.RANGE,
          FeatureUrls.BASELINE,
          FeatureUrls.DISTINCT);

  private static final String UNIT = Extensions.at(FeatureUrls.UNIT);

  /** What only some kinds of event take. */
  private static final List<String> OF_VALUES =
      List.of(
          OutcomeUrls.THRESHOLD,
          OutcomeUrls.CONFIRMED_AFTER,
          OutcomeUrls.CONFIRMED_WITHIN,
          OutcomeUrls.MEASURED);

  private final Library library;
  private final Extensions extensions;
  private final FeatureDefinitions features;

  EventReading(Library library, Extensions extensions, FeatureDefinitions features) {
    this.library = library;
    this.extensions = extensions;
    this.features = features;
  }

  /**
   * The rule, or null where there are problems, which are noted.
   *
   * @param problems takes them
   */
  @Nullable EventRule read(Problems problems) {
    List<String> kinds = Arrays.stream(EventKind.values()).map(EventKind::code).toList();
    if (!extensions.has(OutcomeUrls.EVENT)) {
      extensions.problem(OutcomeUrls.EVENT, "there is no event", "Use one of " + kinds + ".");
    }
    EventKind kind = extensions.choice(OutcomeUrls.EVENT, EventKind::parse, kinds);
    for (String url : NOT_TAKEN) {
      if (extensions.has(url)) {
        extensions.problem(url, "an outcome does not take it", "Remove it.");
      }
    }
    Threshold threshold = threshold();
    Confirmation confirmation = confirmation();
    boolean isMeasured = extensions.truth(OutcomeUrls.MEASURED);
    Set<Code> except = extensions.codings(OutcomeUrls.EXCEPT);
    String exceptValueSet = extensions.valueSet(OutcomeUrls.EXCEPT_VALUE_SET);
    if (kind == null) {
      return null;
    }
    fit(kind, threshold);
    if (kind == EventKind.DEATH) {
      return death();
    }
    FeatureDefinition feature = feature(kind, threshold, problems);
    if (feature == null) {
      return null;
    }
    return kind == EventKind.OCCURRENCE
        ? new EventRule.Occurrence(feature, except, exceptValueSet)
        : new EventRule.Crossing(
            feature, threshold == null ? Threshold.TRUE : threshold, confirmation, isMeasured);
  }

  private void fit(EventKind kind, @Nullable Threshold threshold) {
    boolean hasValues = kind == EventKind.CROSSING || kind == EventKind.EXPRESSION;
    for (String url : OF_VALUES) {
      if (!hasValues && extensions.has(url)) {
        extensions.problem(url, kind.code() + " has no values", "Remove it.");
      }
    }
    for (String url : List.of(OutcomeUrls.EXCEPT, OutcomeUrls.EXCEPT_VALUE_SET)) {
      if (kind != EventKind.OCCURRENCE && extensions.has(url)) {
        extensions.problem(url, kind.code() + " excepts no codes", "Remove it.");
      }
    }
    boolean isCoded = extensions.has(FeatureUrls.TRUE_VALUES);
    if (kind == EventKind.CROSSING && !extensions.has(OutcomeUrls.THRESHOLD) && !isCoded) {
      extensions.problem(
          OutcomeUrls.THRESHOLD, "crossing needs it", "Give a Quantity such as > 6.0 'mmol/L'.");
    }
    if (threshold != null && isCoded) {
      extensions.problem(
          OutcomeUrls.THRESHOLD, "coded answers have no threshold", "Keep one of the two.");
    }
  }

  private EventRule death() {
    if (library.hasDataRequirement()) {
      extensions.problem(
          OutcomeUrls.EVENT,
          "a death is the Patient's own, or how an encounter ended: it reads no codes",
          "Remove dataRequirement.");
    }
    library.getExtension().stream()
        .map(extension -> extension.getUrl())
        .filter(url -> url.contains("/StructureDefinition/feature-"))
        .filter(url -> !NOT_TAKEN.contains(url))
        .distinct()
        .forEach(url -> extensions.problem(url, "a death reads no facts", "Remove it."));
    return new EventRule.Death();
  }

  private @Nullable Threshold threshold() {
    if (!extensions.has(OutcomeUrls.THRESHOLD)) {
      return null;
    }
    if (extensions.value(OutcomeUrls.THRESHOLD) instanceof Quantity bound
        && bound.getValue() != null
        && bound.hasCode()) {
      String symbol = bound.getComparatorElement().getValueAsString();
      Optional<Comparator> comparator =
          Arrays.stream(Comparator.values())
              .filter(c -> c != Comparator.NONE && c.symbol().equals(symbol))
              .findFirst();
      if (comparator.isPresent()) {
        return new Threshold(comparator.get(), bound.getValue());
      }
    }
    extensions.problem(
        OutcomeUrls.THRESHOLD,
        "it is no Quantity with value, code and comparator",
        "Write it as > 6.0 'mmol/L'; the comparator says on which side the event lies.");
    return null;
  }

  private @Nullable Confirmation confirmation() {
    Lookback after = extensions.duration(OutcomeUrls.CONFIRMED_AFTER);
    Lookback within = extensions.duration(OutcomeUrls.CONFIRMED_WITHIN);
    if (after != null && within != null && !Durations.isLonger(within, after)) {
      extensions.problem(
          OutcomeUrls.CONFIRMED_WITHIN,
          "it is not longer than what must pass before",
          "Let it be longer than outcome-confirmed-after.");
    }
    return after == null && within == null ? null : new Confirmation(after, within);
  }

  /** The facts of the event, read as those of a feature that only says which they are. */
  private @Nullable FeatureDefinition feature(
      EventKind kind, @Nullable Threshold threshold, Problems problems) {
    Library asFeature = library.copy();
    asFeature
        .getExtension()
        .removeIf(extension -> NOT_TAKEN.contains(Objects.toString(extension.getUrl())));
    Operator operator =
        switch (kind) {
          case OCCURRENCE -> Operator.EXISTS;
          case CROSSING -> Operator.LATEST;
          default -> Operator.DERIVED;
        };
    asFeature.addExtension(FeatureUrls.OPERATOR, new CodeType(operator.code()));
    asFeature.addExtension(FeatureUrls.UNIT, new CodeType(unit()));
    Parsed<FeatureDefinition> parsed = features.read(asFeature);
    if (parsed instanceof Parsed.Refused<FeatureDefinition> refused) {
      List<Problem> known = new ArrayList<>(problems.all());
      // Of a threshold that cannot be read it is said already.
      boolean hasUnit = !extensions.has(OutcomeUrls.THRESHOLD) || threshold != null;
      refused.problems().stream()
          .filter(problem -> !known.contains(problem))
          .filter(problem -> hasUnit || !problem.where().equals(UNIT))
          .forEach(problem -> problems.add(where(problem), problem.what(), problem.remedy()));
      return null;
    }
    return parsed.orThrow();
  }

  /** The unit of the threshold is that in which values are read. */
  private String unit() {
    return extensions.value(OutcomeUrls.THRESHOLD) instanceof Quantity bound && bound.hasCode()
        ? bound.getCode()
        : "1";
  }

  /** What is wrong with the unit is wrong with the threshold. */
  private static String where(Problem problem) {
    return problem.where().equals(UNIT) ? Extensions.at(OutcomeUrls.THRESHOLD) : problem.where();
  }
}
