package org.auscult.feature.fhir;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.model.api.annotation.Extension;
import ca.uhn.fhir.model.api.annotation.ResourceDef;
import ca.uhn.fhir.util.ElementUtil;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A feature definition as a FHIR resource: a Library of our profile, its extensions typed.
 *
 * <p>{@code dataRequirement} says what data it needs: the resource type, and its codes in a code
 * filter. Inside the server's own context resources stay plain Libraries; this class is for clients
 * and for the edge.
 */
@ResourceDef(name = "Library", profile = FeatureUrls.FEATURE_DEFINITION)
public class FeatureDefinitionLibrary extends Library {
  private static final long serialVersionUID = 1L;

  @Child(name = "operator", min = 1)
  @Extension(url = FeatureUrls.OPERATOR, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "How the value is made of the facts in the window")
  private @Nullable CodeType operator;

  @Child(name = "lookback")
  @Extension(url = FeatureUrls.LOOKBACK, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Look-back window before the index time")
  private @Nullable Duration lookback;

  @Child(name = "unit", min = 1)
  @Extension(url = FeatureUrls.UNIT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "UCUM unit of the value")
  private @Nullable CodeType unit;

  @Child(name = "plausibleRange")
  @Extension(url = FeatureUrls.PLAUSIBLE_RANGE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Values outside are missing")
  private @Nullable Range plausibleRange;

  @Child(name = "missingDefault")
  @Extension(url = FeatureUrls.MISSING_DEFAULT, definedLocally = false, isModifier = false)
  @Description(
      shortDefinition = "Value put in when nothing was recorded; unit holds its provenance")
  private @Nullable Quantity missingDefault;

  @Child(name = "countingStatus", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.STATUS, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Statuses that count")
  private @Nullable List<CodeType> countingStatus;

  @Child(name = "trueValues")
  @Extension(url = FeatureUrls.TRUE_VALUES, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Coded answers that mean yes")
  private @Nullable CanonicalType trueValues;

  @Child(name = "falseValues")
  @Extension(url = FeatureUrls.FALSE_VALUES, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Coded answers that mean no")
  private @Nullable CanonicalType falseValues;

  @Child(name = "trueAbove", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.TRUE_ABOVE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Measured answers above these bounds mean yes, others no")
  private @Nullable List<Quantity> trueAbove;

  @Child(name = "anchor")
  @Extension(url = FeatureUrls.ANCHOR, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "For age: the sibling feature at whose time it is taken")
  private @Nullable StringType anchor;

  public @Nullable CodeType getOperator() {
    return operator;
  }

  public FeatureDefinitionLibrary setOperator(CodeType value) {
    operator = value;
    return this;
  }

  public @Nullable Duration getLookback() {
    return lookback;
  }

  public FeatureDefinitionLibrary setLookback(Duration value) {
    lookback = value;
    return this;
  }

  public @Nullable CodeType getUnit() {
    return unit;
  }

  public FeatureDefinitionLibrary setUnit(CodeType value) {
    unit = value;
    return this;
  }

  public @Nullable Range getPlausibleRange() {
    return plausibleRange;
  }

  public FeatureDefinitionLibrary setPlausibleRange(Range value) {
    plausibleRange = value;
    return this;
  }

  public @Nullable Quantity getMissingDefault() {
    return missingDefault;
  }

  public FeatureDefinitionLibrary setMissingDefault(Quantity value) {
    missingDefault = value;
    return this;
  }

  public List<CodeType> getCountingStatus() {
    if (countingStatus == null) {
      countingStatus = new ArrayList<>();
    }
    return countingStatus;
  }

  public @Nullable CanonicalType getTrueValues() {
    return trueValues;
  }

  public FeatureDefinitionLibrary setTrueValues(CanonicalType value) {
    trueValues = value;
    return this;
  }

  public @Nullable CanonicalType getFalseValues() {
    return falseValues;
  }

  public FeatureDefinitionLibrary setFalseValues(CanonicalType value) {
    falseValues = value;
    return this;
  }

  public List<Quantity> getTrueAbove() {
    if (trueAbove == null) {
      trueAbove = new ArrayList<>();
    }
    return trueAbove;
  }

  public @Nullable StringType getAnchor() {
    return anchor;
  }

  public FeatureDefinitionLibrary setAnchor(StringType value) {
    anchor = value;
    return this;
  }

  /** The same as a plain Library, its fields among the extensions. */
  public Library toPlain() {
    Library plain = new Library();
    copyValues(plain);
    extend(plain, FeatureUrls.OPERATOR, operator);
    extend(plain, FeatureUrls.LOOKBACK, lookback);
    extend(plain, FeatureUrls.UNIT, unit);
    extend(plain, FeatureUrls.PLAUSIBLE_RANGE, plausibleRange);
    extend(plain, FeatureUrls.MISSING_DEFAULT, missingDefault);
    getCountingStatus().forEach(status -> extend(plain, FeatureUrls.STATUS, status));
    extend(plain, FeatureUrls.TRUE_VALUES, trueValues);
    extend(plain, FeatureUrls.FALSE_VALUES, falseValues);
    getTrueAbove().forEach(bound -> extend(plain, FeatureUrls.TRUE_ABOVE, bound));
    extend(plain, FeatureUrls.ANCHOR, anchor);
    return plain;
  }

  private static void extend(Library library, String url, @Nullable Type value) {
    if (value != null) {
      library.addExtension(url, value.copy());
    }
  }

  @Override
  public boolean isEmpty() {
    return super.isEmpty()
        && ElementUtil.isEmpty(
            operator,
            lookback,
            unit,
            plausibleRange,
            missingDefault,
            countingStatus,
            trueValues,
            falseValues,
            trueAbove,
            anchor);
  }

  @Override
  public FeatureDefinitionLibrary copy() {
    FeatureDefinitionLibrary copy = new FeatureDefinitionLibrary();
    copyValues(copy);
    copy.operator = operator == null ? null : operator.copy();
    copy.lookback = lookback == null ? null : lookback.copy();
    copy.unit = unit == null ? null : unit.copy();
    copy.plausibleRange = plausibleRange == null ? null : plausibleRange.copy();
    copy.missingDefault = missingDefault == null ? null : missingDefault.copy();
    getCountingStatus().forEach(status -> copy.getCountingStatus().add(status.copy()));
    copy.trueValues = trueValues == null ? null : trueValues.copy();
    copy.falseValues = falseValues == null ? null : falseValues.copy();
    getTrueAbove().forEach(bound -> copy.getTrueAbove().add(bound.copy()));
    copy.anchor = anchor == null ? null : anchor.copy();
    return copy;
  }
}
