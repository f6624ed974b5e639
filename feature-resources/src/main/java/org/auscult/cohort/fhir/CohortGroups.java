package org.auscult.cohort.fhir;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.auscult.cohort.CohortCriteria;
import org.auscult.cohort.CohortCriteria.Criterion;
import org.auscult.cohort.Wanted;
import org.auscult.cohort.Wanted.Comparison;
import org.auscult.feature.Range;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;
import org.auscult.feature.fhir.FeatureUrls;
import org.auscult.feature.fhir.Parsed;
import org.auscult.feature.fhir.Problems;
import org.auscult.feature.fhir.Profiles;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupCharacteristicComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads the criteria of a cohort: a Group that describes its members instead of listing them. */
public final class CohortGroups {
  /** The profile that such a Group claims. */
  public static final String PROFILE = FeatureUrls.BASE + "/StructureDefinition/cohort-criteria";

  /** The extension of a characteristic that names the feature, as {@code url|version}. */
  public static final String FEATURE = FeatureUrls.BASE + "/StructureDefinition/cohort-feature";

  private static final String UCUM = "http://unitsofmeasure.org";

  private final Group group;
  private final Function<String, Optional<ResolvedFeature>> features;
  private final Problems problems = new Problems();

  private CohortGroups(Group group, Function<String, Optional<ResolvedFeature>> features) {
    this.group = group;
    this.features = features;
  }

  /** Whether a Group claims to be one. */
  public static boolean isOne(Group group) {
    return Profiles.claims(group, PROFILE);
  }

  /**
   * Reads one.
   *
   * @param features the active ones, by {@code url|version}
   */
  public static Parsed<CohortCriteria> read(
      Group group, Function<String, Optional<ResolvedFeature>> features) {
    return new CohortGroups(group, features).read();
  }

  private Parsed<CohortCriteria> read() {
    if (group.getActual() || group.hasMember()) {
      problems.add(
          "Group.actual",
          "a Group by criteria describes its members and lists none",
          "Set actual to false, and remove the members.");
    }
    if (group.getType() != Group.GroupType.PERSON) {
      problems.add("Group.type", "it is not about persons", "Set it to person.");
    }
    if (!group.hasCharacteristic()) {
      problems.add("Group.characteristic", "there is no criterion", "Give at least one.");
    }
    List<Criterion> criteria = new ArrayList<>();
    for (int i = 0; i < group.getCharacteristic().size(); i++) {
      Criterion criterion =
          criterion("Group.characteristic[" + i + "]", group.getCharacteristic().get(i));
      if (criterion != null) {
        criteria.add(criterion);
      }
    }
    return problems.isEmpty()
        ? new Parsed.Accepted<>(new CohortCriteria(criteria))
        : new Parsed.Refused<>(problems.all());
  }

  private @Nullable Criterion criterion(String where, GroupCharacteristicComponent given) {
    if (given.hasPeriod()) {
      problems.add(
          where + ".period",
          "a criterion is looked at as of each index time",
          "Remove the period; the feature's window says how far it looks back.");
    }
    ResolvedFeature feature = feature(where + ".extension('" + FEATURE + "')", given);
    if (feature == null) {
      return null;
    }
    Wanted wanted = wanted(where + ".value", feature, given.getValue());
    ResolvedFeatureSet source = alone(where, feature);
    return wanted == null || source == null
        ? null
        : new Criterion(source, wanted, given.getExclude(), text(given, feature, wanted));
  }

  private static String text(
      GroupCharacteristicComponent given, ResolvedFeature feature, Wanted wanted) {
    return given.getCode().hasText()
        ? given.getCode().getText()
        : feature.definition().title() + ": " + wanted;
  }

  private @Nullable ResolvedFeature feature(String where, GroupCharacteristicComponent given) {
    String canonical = Problems.text(Problems.first(given.getExtensionsByUrl(FEATURE)));
    if (canonical == null || !Problems.isPinned(canonical)) {
      problems.add(
          where,
          canonical == null ? "it is missing" : "'" + canonical + "' names no version",
          "Name a feature as url|version.");
      return null;
    }
    Optional<ResolvedFeature> feature = features.apply(canonical);
    if (feature.isEmpty()) {
      problems.add(
          where,
          canonical + " is no active feature definition that is here",
          "Create it first, or correct the canonical.");
    }
    return feature.orElse(null);
  }

  private @Nullable ResolvedFeatureSet alone(String where, ResolvedFeature feature) {
    try {
      return ResolvedFeatureSet.alone(feature);
    } catch (IllegalArgumentException e) {
      problems.add(
          where,
          String.valueOf(e.getMessage()),
          "Name a feature that stands alone: its window hangs on no other feature.");
      return null;
    }
  }

  private @Nullable Wanted wanted(String where, ResolvedFeature feature, @Nullable Type value) {
    if (value instanceof BooleanType truth && truth.hasValue()) {
      return truth(where, feature, truth.booleanValue());
    }
    if (value instanceof Quantity quantity && quantity.hasValue()) {
      return fits(where, feature, quantity)
          ? new Wanted.Compared(comparison(quantity), quantity.getValue())
          : null;
    }
    if (value instanceof org.hl7.fhir.r4.model.Range range && (range.hasLow() || range.hasHigh())) {
      return range(where, feature, range);
    }
    problems.add(
        where,
        "it is missing, or neither truth nor number",
        "Give valueBoolean, valueQuantity (with a comparator) or valueRange.");
    return null;
  }

  private @Nullable Wanted truth(String where, ResolvedFeature feature, boolean truth) {
    String unit = feature.definition().unit();
    if (!unit.equals("1")) {
      problems.add(
          where,
          "the feature is a quantity in '" + unit + "', which is neither true nor false",
          "Give valueQuantity or valueRange in that unit.");
      return null;
    }
    return new Wanted.Truth(truth);
  }

  private @Nullable Wanted range(
      String where, ResolvedFeature feature, org.hl7.fhir.r4.model.Range range) {
    boolean fits =
        (!range.hasLow() || fits(where + ".low", feature, range.getLow()))
            & (!range.hasHigh() || fits(where + ".high", feature, range.getHigh()));
    if (!fits) {
      return null;
    }
    BigDecimal low = range.getLow().getValue();
    BigDecimal high = range.getHigh().getValue();
    if ((low == null && high == null) || (low != null && high != null && low.compareTo(high) > 0)) {
      problems.add(where, "no number lies in it", "Give low, high or both, low first.");
      return null;
    }
    return new Wanted.Within(new Range(low, high));
  }

  /** The feature's own unit: what a bound means must not hang on a conversion. */
  private boolean fits(String where, ResolvedFeature feature, Quantity quantity) {
    String unit = feature.definition().unit();
    String given = quantity.getCode();
    boolean isBare = given == null && !quantity.hasUnit() && !quantity.hasSystem();
    boolean fits =
        isBare
            ? unit.equals("1")
            : unit.equals(given) && (!quantity.hasSystem() || UCUM.equals(quantity.getSystem()));
    if (!fits) {
      problems.add(
          where,
          "its unit is "
              + (given == null ? "not coded" : "'" + given + "'")
              + ", and the feature's '"
              + unit
              + "'",
          "Write the number in the feature's unit, with its UCUM code.");
    }
    return fits;
  }

  private static Comparison comparison(Quantity quantity) {
    if (!quantity.hasComparator()) {
      return Comparison.EQUAL;
    }
    return switch (quantity.getComparator()) {
      case LESS_THAN -> Comparison.LESS;
      case LESS_OR_EQUAL -> Comparison.AT_MOST;
      case GREATER_OR_EQUAL -> Comparison.AT_LEAST;
      case GREATER_THAN -> Comparison.MORE;
      default -> Comparison.EQUAL;
    };
  }
}
