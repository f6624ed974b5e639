package org.auscult.feature.fhir;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.model.api.annotation.Extension;
import ca.uhn.fhir.model.api.annotation.ResourceDef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.PositiveIntType;
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
public class FeatureDefinitionLibrary extends ProfiledLibrary {
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

  @Child(name = "valueUnit")
  @Extension(url = FeatureUrls.VALUE_UNIT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "UCUM unit in which facts are read, where the value bears another")
  private @Nullable CodeType valueUnit;

  @Child(name = "nth")
  @Extension(url = FeatureUrls.NTH, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "For nth-latest: 2 is the one before the last")
  private @Nullable PositiveIntType nth;

  @Child(name = "range")
  @Extension(url = FeatureUrls.RANGE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "For time-in-range")
  private @Nullable Range range;

  @Child(name = "baseline")
  @Extension(url = FeatureUrls.BASELINE, definedLocally = false, isModifier = false)
  @Description(
      shortDefinition = "For delta and percent-change: what the last value is compared with")
  private @Nullable CodeType baseline;

  @Child(name = "distinct")
  @Extension(url = FeatureUrls.DISTINCT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "For distinct-count: what makes facts different")
  private @Nullable CodeType distinct;

  @Child(name = "expression")
  @Extension(url = FeatureUrls.EXPRESSION, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "For derived: what is made of other features")
  private @Nullable StringType expression;

  @Child(name = "sinceEncounter", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.SINCE_ENCOUNTER, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "The window begins with the open encounter of these classes")
  private @Nullable List<Coding> sinceEncounter;

  @Child(name = "sinceFeature")
  @Extension(url = FeatureUrls.SINCE_FEATURE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "The window begins at the time of this sibling feature")
  private @Nullable StringType sinceFeature;

  @Child(name = "sinceCalendar")
  @Extension(url = FeatureUrls.SINCE_CALENDAR, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "The window begins with this calendar unit: d, wk, mo, a")
  private @Nullable CodeType sinceCalendar;

  @Child(name = "windowGap")
  @Extension(url = FeatureUrls.WINDOW_GAP, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "How long before the index time the window ends")
  private @Nullable Duration windowGap;

  @Child(name = "windowEnds")
  @Extension(url = FeatureUrls.WINDOW_ENDS, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Whether facts at the ends of the window count")
  private @Nullable CodeType windowEnds;

  @Child(name = "category", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.CATEGORY, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of these categories")
  private @Nullable List<CodeType> category;

  @Child(name = "interpretation", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.INTERPRETATION, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of these interpretations")
  private @Nullable List<CodeType> interpretation;

  @Child(name = "encounterClass", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.ENCOUNTER_CLASS, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of encounters of these classes")
  private @Nullable List<Coding> encounterClass;

  @Child(name = "display", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.DISPLAY, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts whose text holds one of these words")
  private @Nullable List<StringType> display;

  @Child(name = "flag", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.FLAG, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of these flags; of flagged, what it asks")
  private @Nullable List<CodeType> flag;

  @Child(name = "location", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.LOCATION, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of when the patient was in one of these places")
  private @Nullable List<Coding> location;

  @Child(name = "performer", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.PERFORMER, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of these performers")
  private @Nullable List<Coding> performer;

  @Child(name = "bodySite", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.BODY_SITE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of these sites of the body")
  private @Nullable List<Coding> bodySite;

  @Child(name = "method", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.METHOD, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of these methods")
  private @Nullable List<Coding> method;

  @Child(name = "device", max = Child.MAX_UNLIMITED)
  @Extension(url = FeatureUrls.DEVICE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of these devices")
  private @Nullable List<Coding> device;

  @Child(name = "context")
  @Extension(url = FeatureUrls.CONTEXT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only facts of this context")
  private @Nullable Coding context;

  @Child(name = "contextRule")
  @Extension(url = FeatureUrls.CONTEXT_RULE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "The rule that infers the context where the record leaves it out")
  private @Nullable CanonicalType contextRule;

  @Child(name = "withModels")
  @Extension(url = FeatureUrls.WITH_MODELS, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Whether what a model wrote counts too")
  private @Nullable BooleanType withModels;

  @Child(name = "missingCarry")
  @Extension(url = FeatureUrls.MISSING_CARRY, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Oldest value that is carried forward into the window")
  private @Nullable Duration missingCarry;

  @Child(name = "missingRefuse")
  @Extension(url = FeatureUrls.MISSING_REFUSE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "No vector without this value")
  private @Nullable BooleanType missingRefuse;

  @Child(name = "referenceRange")
  @Extension(url = FeatureUrls.REFERENCE_RANGE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "What is usual in health, for those who read the value")
  private @Nullable Range referenceRange;

  @Child(name = "expansion")
  @Extension(url = FeatureUrls.EXPANSION, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Hash of what the definition expanded to when it was registered")
  private @Nullable StringType expansion;

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

  public @Nullable CodeType getValueUnit() {
    return valueUnit;
  }

  public FeatureDefinitionLibrary setValueUnit(CodeType value) {
    valueUnit = value;
    return this;
  }

  public @Nullable PositiveIntType getNth() {
    return nth;
  }

  public FeatureDefinitionLibrary setNth(PositiveIntType value) {
    nth = value;
    return this;
  }

  public @Nullable Range getRange() {
    return range;
  }

  public FeatureDefinitionLibrary setRange(Range value) {
    range = value;
    return this;
  }

  public @Nullable CodeType getBaseline() {
    return baseline;
  }

  public FeatureDefinitionLibrary setBaseline(CodeType value) {
    baseline = value;
    return this;
  }

  public @Nullable CodeType getDistinct() {
    return distinct;
  }

  public FeatureDefinitionLibrary setDistinct(CodeType value) {
    distinct = value;
    return this;
  }

  public @Nullable StringType getExpression() {
    return expression;
  }

  public FeatureDefinitionLibrary setExpression(StringType value) {
    expression = value;
    return this;
  }

  public List<Coding> getSinceEncounter() {
    if (sinceEncounter == null) {
      sinceEncounter = new ArrayList<>();
    }
    return sinceEncounter;
  }

  public @Nullable StringType getSinceFeature() {
    return sinceFeature;
  }

  public FeatureDefinitionLibrary setSinceFeature(StringType value) {
    sinceFeature = value;
    return this;
  }

  public @Nullable CodeType getSinceCalendar() {
    return sinceCalendar;
  }

  public FeatureDefinitionLibrary setSinceCalendar(CodeType value) {
    sinceCalendar = value;
    return this;
  }

  public @Nullable Duration getWindowGap() {
    return windowGap;
  }

  public FeatureDefinitionLibrary setWindowGap(Duration value) {
    windowGap = value;
    return this;
  }

  public @Nullable CodeType getWindowEnds() {
    return windowEnds;
  }

  public FeatureDefinitionLibrary setWindowEnds(CodeType value) {
    windowEnds = value;
    return this;
  }

  public List<CodeType> getCategory() {
    if (category == null) {
      category = new ArrayList<>();
    }
    return category;
  }

  public List<CodeType> getInterpretation() {
    if (interpretation == null) {
      interpretation = new ArrayList<>();
    }
    return interpretation;
  }

  public List<Coding> getEncounterClass() {
    if (encounterClass == null) {
      encounterClass = new ArrayList<>();
    }
    return encounterClass;
  }

  public List<StringType> getDisplay() {
    if (display == null) {
      display = new ArrayList<>();
    }
    return display;
  }

  public List<CodeType> getFlag() {
    if (flag == null) {
      flag = new ArrayList<>();
    }
    return flag;
  }

  public List<Coding> getLocation() {
    if (location == null) {
      location = new ArrayList<>();
    }
    return location;
  }

  public List<Coding> getPerformer() {
    if (performer == null) {
      performer = new ArrayList<>();
    }
    return performer;
  }

  public List<Coding> getBodySite() {
    if (bodySite == null) {
      bodySite = new ArrayList<>();
    }
    return bodySite;
  }

  public List<Coding> getMethod() {
    if (method == null) {
      method = new ArrayList<>();
    }
    return method;
  }

  public List<Coding> getDevice() {
    if (device == null) {
      device = new ArrayList<>();
    }
    return device;
  }

  public @Nullable Coding getContext() {
    return context;
  }

  public FeatureDefinitionLibrary setContext(Coding value) {
    context = value;
    return this;
  }

  public @Nullable CanonicalType getContextRule() {
    return contextRule;
  }

  public FeatureDefinitionLibrary setContextRule(CanonicalType value) {
    contextRule = value;
    return this;
  }

  public @Nullable BooleanType getWithModels() {
    return withModels;
  }

  public FeatureDefinitionLibrary setWithModels(BooleanType value) {
    withModels = value;
    return this;
  }

  public @Nullable Duration getMissingCarry() {
    return missingCarry;
  }

  public FeatureDefinitionLibrary setMissingCarry(Duration value) {
    missingCarry = value;
    return this;
  }

  public @Nullable BooleanType getMissingRefuse() {
    return missingRefuse;
  }

  public FeatureDefinitionLibrary setMissingRefuse(BooleanType value) {
    missingRefuse = value;
    return this;
  }

  public @Nullable Range getReferenceRange() {
    return referenceRange;
  }

  public FeatureDefinitionLibrary setReferenceRange(Range value) {
    referenceRange = value;
    return this;
  }

  public @Nullable StringType getExpansion() {
    return expansion;
  }

  public FeatureDefinitionLibrary setExpansion(StringType value) {
    expansion = value;
    return this;
  }

  @Override
  protected void eachField(BiConsumer<String, Type> field) {
    one(field, FeatureUrls.OPERATOR, operator);
    one(field, FeatureUrls.LOOKBACK, lookback);
    one(field, FeatureUrls.UNIT, unit);
    one(field, FeatureUrls.PLAUSIBLE_RANGE, plausibleRange);
    one(field, FeatureUrls.MISSING_DEFAULT, missingDefault);
    all(field, FeatureUrls.STATUS, countingStatus);
    one(field, FeatureUrls.TRUE_VALUES, trueValues);
    one(field, FeatureUrls.FALSE_VALUES, falseValues);
    all(field, FeatureUrls.TRUE_ABOVE, trueAbove);
    one(field, FeatureUrls.ANCHOR, anchor);
    one(field, FeatureUrls.VALUE_UNIT, valueUnit);
    one(field, FeatureUrls.NTH, nth);
    one(field, FeatureUrls.RANGE, range);
    one(field, FeatureUrls.BASELINE, baseline);
    one(field, FeatureUrls.DISTINCT, distinct);
    one(field, FeatureUrls.EXPRESSION, expression);
    all(field, FeatureUrls.SINCE_ENCOUNTER, sinceEncounter);
    one(field, FeatureUrls.SINCE_FEATURE, sinceFeature);
    one(field, FeatureUrls.SINCE_CALENDAR, sinceCalendar);
    one(field, FeatureUrls.WINDOW_GAP, windowGap);
    one(field, FeatureUrls.WINDOW_ENDS, windowEnds);
    all(field, FeatureUrls.CATEGORY, category);
    all(field, FeatureUrls.INTERPRETATION, interpretation);
    all(field, FeatureUrls.ENCOUNTER_CLASS, encounterClass);
    all(field, FeatureUrls.DISPLAY, display);
    all(field, FeatureUrls.FLAG, flag);
    all(field, FeatureUrls.LOCATION, location);
    all(field, FeatureUrls.PERFORMER, performer);
    all(field, FeatureUrls.BODY_SITE, bodySite);
    all(field, FeatureUrls.METHOD, method);
    all(field, FeatureUrls.DEVICE, device);
    one(field, FeatureUrls.CONTEXT, context);
    one(field, FeatureUrls.CONTEXT_RULE, contextRule);
    one(field, FeatureUrls.WITH_MODELS, withModels);
    one(field, FeatureUrls.MISSING_CARRY, missingCarry);
    one(field, FeatureUrls.MISSING_REFUSE, missingRefuse);
    one(field, FeatureUrls.REFERENCE_RANGE, referenceRange);
    one(field, FeatureUrls.EXPANSION, expansion);
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
    copy.valueUnit = valueUnit == null ? null : valueUnit.copy();
    copy.nth = nth == null ? null : nth.copy();
    copy.range = range == null ? null : range.copy();
    copy.baseline = baseline == null ? null : baseline.copy();
    copy.distinct = distinct == null ? null : distinct.copy();
    copy.expression = expression == null ? null : expression.copy();
    getSinceEncounter().forEach(value -> copy.getSinceEncounter().add(value.copy()));
    copy.sinceFeature = sinceFeature == null ? null : sinceFeature.copy();
    copy.sinceCalendar = sinceCalendar == null ? null : sinceCalendar.copy();
    copy.windowGap = windowGap == null ? null : windowGap.copy();
    copy.windowEnds = windowEnds == null ? null : windowEnds.copy();
    getCategory().forEach(value -> copy.getCategory().add(value.copy()));
    getInterpretation().forEach(value -> copy.getInterpretation().add(value.copy()));
    getEncounterClass().forEach(value -> copy.getEncounterClass().add(value.copy()));
    getDisplay().forEach(value -> copy.getDisplay().add(value.copy()));
    getFlag().forEach(value -> copy.getFlag().add(value.copy()));
    getLocation().forEach(value -> copy.getLocation().add(value.copy()));
    getPerformer().forEach(value -> copy.getPerformer().add(value.copy()));
    getBodySite().forEach(value -> copy.getBodySite().add(value.copy()));
    getMethod().forEach(value -> copy.getMethod().add(value.copy()));
    getDevice().forEach(value -> copy.getDevice().add(value.copy()));
    copy.context = context == null ? null : context.copy();
    copy.contextRule = contextRule == null ? null : contextRule.copy();
    copy.withModels = withModels == null ? null : withModels.copy();
    copy.missingCarry = missingCarry == null ? null : missingCarry.copy();
    copy.missingRefuse = missingRefuse == null ? null : missingRefuse.copy();
    copy.referenceRange = referenceRange == null ? null : referenceRange.copy();
    copy.expansion = expansion == null ? null : expansion.copy();
    return copy;
  }
}
