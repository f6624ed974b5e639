package org.auscult.outcome.fhir;

import ca.uhn.fhir.model.api.annotation.Child;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.model.api.annotation.Extension;
import ca.uhn.fhir.model.api.annotation.ResourceDef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.auscult.feature.fhir.ProfiledLibrary;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * An outcome definition as a FHIR resource: a Library of our profile, its own extensions typed.
 *
 * <p>Which facts are the event is said as in a feature definition, by {@code dataRequirement} and
 * the extensions of features. Inside the server's own context resources stay plain Libraries; this
 * class is for clients and for the edge.
 */
@ResourceDef(name = "Library", profile = OutcomeUrls.OUTCOME_DEFINITION)
public class OutcomeDefinitionLibrary extends ProfiledLibrary {
  private static final long serialVersionUID = 1L;

  @Child(name = "event", min = 1)
  @Extension(url = OutcomeUrls.EVENT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "What kind of event it is")
  private @Nullable CodeType event;

  @Child(name = "threshold")
  @Extension(url = OutcomeUrls.THRESHOLD, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Which values are the event; its comparator says on which side")
  private @Nullable Quantity threshold;

  @Child(name = "confirmedAfter")
  @Extension(url = OutcomeUrls.CONFIRMED_AFTER, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "A second value confirms it, at least so long after")
  private @Nullable Duration confirmedAfter;

  @Child(name = "confirmedWithin")
  @Extension(url = OutcomeUrls.CONFIRMED_WITHIN, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "A second value confirms it, at most so long after")
  private @Nullable Duration confirmedWithin;

  @Child(name = "measured")
  @Extension(url = OutcomeUrls.MEASURED, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Only who was measured in time can be without it")
  private @Nullable BooleanType measured;

  @Child(name = "except", max = Child.MAX_UNLIMITED)
  @Extension(url = OutcomeUrls.EXCEPT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Facts that bear this code do not count")
  private @Nullable List<Coding> except;

  @Child(name = "exceptValueSet")
  @Extension(url = OutcomeUrls.EXCEPT_VALUE_SET, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Facts that bear one of these codes do not count")
  private @Nullable CanonicalType exceptValueSet;

  @Child(name = "horizon")
  @Extension(url = OutcomeUrls.HORIZON, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "How long after its start an event counts")
  private @Nullable Duration horizon;

  @Child(name = "horizonFrom")
  @Extension(url = OutcomeUrls.HORIZON_FROM, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "From when it counts")
  private @Nullable CodeType horizonFrom;

  @Child(name = "horizonEncounter", max = Child.MAX_UNLIMITED)
  @Extension(url = OutcomeUrls.HORIZON_ENCOUNTER, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Classes of the encounter on which the horizon hangs")
  private @Nullable List<Coding> horizonEncounter;

  @Child(name = "horizonEnds")
  @Extension(url = OutcomeUrls.HORIZON_ENDS, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Whether events at the ends of the horizon count")
  private @Nullable CodeType horizonEnds;

  @Child(name = "blanking")
  @Extension(url = OutcomeUrls.BLANKING, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "What happens so soon is passed over")
  private @Nullable Duration blanking;

  @Child(name = "washout")
  @Extension(url = OutcomeUrls.WASHOUT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Who had it so shortly before is left out")
  private @Nullable Duration washout;

  @Child(name = "firstEver")
  @Extension(url = OutcomeUrls.FIRST_EVER, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Who ever had it before is left out")
  private @Nullable BooleanType firstEver;

  @Child(name = "exclusion", max = Child.MAX_UNLIMITED)
  @Extension(url = OutcomeUrls.EXCLUSION, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Who has this feature at the index time is left out")
  private @Nullable List<CanonicalType> exclusion;

  @Child(name = "requirement", max = Child.MAX_UNLIMITED)
  @Extension(url = OutcomeUrls.REQUIREMENT, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Who has not this feature at the index time is left out")
  private @Nullable List<CanonicalType> requirement;

  @Child(name = "competing", max = Child.MAX_UNLIMITED)
  @Extension(url = OutcomeUrls.COMPETING, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "A fact of this feature ends the wait")
  private @Nullable List<CanonicalType> competing;

  @Child(name = "followUpEncounter", max = Child.MAX_UNLIMITED)
  @Extension(url = OutcomeUrls.FOLLOW_UP_ENCOUNTER, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "Classes of encounters that prove follow-up")
  private @Nullable List<Coding> followUpEncounter;

  @Child(name = "followUpFeature", max = Child.MAX_UNLIMITED)
  @Extension(url = OutcomeUrls.FOLLOW_UP_FEATURE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "A fact of this feature proves follow-up")
  private @Nullable List<CanonicalType> followUpFeature;

  @Child(name = "followUpTolerance")
  @Extension(url = OutcomeUrls.FOLLOW_UP_TOLERANCE, definedLocally = false, isModifier = false)
  @Description(shortDefinition = "How long before the end the proof may lie")
  private @Nullable Duration followUpTolerance;

  public @Nullable CodeType getEvent() {
    return event;
  }

  public OutcomeDefinitionLibrary setEvent(CodeType value) {
    event = value;
    return this;
  }

  public @Nullable Quantity getThreshold() {
    return threshold;
  }

  public OutcomeDefinitionLibrary setThreshold(Quantity value) {
    threshold = value;
    return this;
  }

  public @Nullable Duration getConfirmedAfter() {
    return confirmedAfter;
  }

  public OutcomeDefinitionLibrary setConfirmedAfter(Duration value) {
    confirmedAfter = value;
    return this;
  }

  public @Nullable Duration getConfirmedWithin() {
    return confirmedWithin;
  }

  public OutcomeDefinitionLibrary setConfirmedWithin(Duration value) {
    confirmedWithin = value;
    return this;
  }

  public @Nullable BooleanType getMeasured() {
    return measured;
  }

  public OutcomeDefinitionLibrary setMeasured(BooleanType value) {
    measured = value;
    return this;
  }

  public List<Coding> getExcept() {
    if (except == null) {
      except = new ArrayList<>();
    }
    return except;
  }

  public @Nullable CanonicalType getExceptValueSet() {
    return exceptValueSet;
  }

  public OutcomeDefinitionLibrary setExceptValueSet(CanonicalType value) {
    exceptValueSet = value;
    return this;
  }

  public @Nullable Duration getHorizon() {
    return horizon;
  }

  public OutcomeDefinitionLibrary setHorizon(Duration value) {
    horizon = value;
    return this;
  }

  public @Nullable CodeType getHorizonFrom() {
    return horizonFrom;
  }

  public OutcomeDefinitionLibrary setHorizonFrom(CodeType value) {
    horizonFrom = value;
    return this;
  }

  public List<Coding> getHorizonEncounter() {
    if (horizonEncounter == null) {
      horizonEncounter = new ArrayList<>();
    }
    return horizonEncounter;
  }

  public @Nullable CodeType getHorizonEnds() {
    return horizonEnds;
  }

  public OutcomeDefinitionLibrary setHorizonEnds(CodeType value) {
    horizonEnds = value;
    return this;
  }

  public @Nullable Duration getBlanking() {
    return blanking;
  }

  public OutcomeDefinitionLibrary setBlanking(Duration value) {
    blanking = value;
    return this;
  }

  public @Nullable Duration getWashout() {
    return washout;
  }

  public OutcomeDefinitionLibrary setWashout(Duration value) {
    washout = value;
    return this;
  }

  public @Nullable BooleanType getFirstEver() {
    return firstEver;
  }

  public OutcomeDefinitionLibrary setFirstEver(BooleanType value) {
    firstEver = value;
    return this;
  }

  public List<CanonicalType> getExclusion() {
    if (exclusion == null) {
      exclusion = new ArrayList<>();
    }
    return exclusion;
  }

  public List<CanonicalType> getRequirement() {
    if (requirement == null) {
      requirement = new ArrayList<>();
    }
    return requirement;
  }

  public List<CanonicalType> getCompeting() {
    if (competing == null) {
      competing = new ArrayList<>();
    }
    return competing;
  }

  public List<Coding> getFollowUpEncounter() {
    if (followUpEncounter == null) {
      followUpEncounter = new ArrayList<>();
    }
    return followUpEncounter;
  }

  public List<CanonicalType> getFollowUpFeature() {
    if (followUpFeature == null) {
      followUpFeature = new ArrayList<>();
    }
    return followUpFeature;
  }

  public @Nullable Duration getFollowUpTolerance() {
    return followUpTolerance;
  }

  public OutcomeDefinitionLibrary setFollowUpTolerance(Duration value) {
    followUpTolerance = value;
    return this;
  }

  @Override
  protected void eachField(BiConsumer<String, Type> field) {
    one(field, OutcomeUrls.EVENT, event);
    one(field, OutcomeUrls.THRESHOLD, threshold);
    one(field, OutcomeUrls.CONFIRMED_AFTER, confirmedAfter);
    one(field, OutcomeUrls.CONFIRMED_WITHIN, confirmedWithin);
    one(field, OutcomeUrls.MEASURED, measured);
    all(field, OutcomeUrls.EXCEPT, except);
    one(field, OutcomeUrls.EXCEPT_VALUE_SET, exceptValueSet);
    one(field, OutcomeUrls.HORIZON, horizon);
    one(field, OutcomeUrls.HORIZON_FROM, horizonFrom);
    all(field, OutcomeUrls.HORIZON_ENCOUNTER, horizonEncounter);
    one(field, OutcomeUrls.HORIZON_ENDS, horizonEnds);
    one(field, OutcomeUrls.BLANKING, blanking);
    one(field, OutcomeUrls.WASHOUT, washout);
    one(field, OutcomeUrls.FIRST_EVER, firstEver);
    all(field, OutcomeUrls.EXCLUSION, exclusion);
    all(field, OutcomeUrls.REQUIREMENT, requirement);
    all(field, OutcomeUrls.COMPETING, competing);
    all(field, OutcomeUrls.FOLLOW_UP_ENCOUNTER, followUpEncounter);
    all(field, OutcomeUrls.FOLLOW_UP_FEATURE, followUpFeature);
    one(field, OutcomeUrls.FOLLOW_UP_TOLERANCE, followUpTolerance);
  }

  @Override
  public OutcomeDefinitionLibrary copy() {
    OutcomeDefinitionLibrary copy = new OutcomeDefinitionLibrary();
    copyValues(copy);
    copy.event = event == null ? null : event.copy();
    copy.threshold = threshold == null ? null : threshold.copy();
    copy.confirmedAfter = confirmedAfter == null ? null : confirmedAfter.copy();
    copy.confirmedWithin = confirmedWithin == null ? null : confirmedWithin.copy();
    copy.measured = measured == null ? null : measured.copy();
    getExcept().forEach(value -> copy.getExcept().add(value.copy()));
    copy.exceptValueSet = exceptValueSet == null ? null : exceptValueSet.copy();
    copy.horizon = horizon == null ? null : horizon.copy();
    copy.horizonFrom = horizonFrom == null ? null : horizonFrom.copy();
    getHorizonEncounter().forEach(value -> copy.getHorizonEncounter().add(value.copy()));
    copy.horizonEnds = horizonEnds == null ? null : horizonEnds.copy();
    copy.blanking = blanking == null ? null : blanking.copy();
    copy.washout = washout == null ? null : washout.copy();
    copy.firstEver = firstEver == null ? null : firstEver.copy();
    getExclusion().forEach(value -> copy.getExclusion().add(value.copy()));
    getRequirement().forEach(value -> copy.getRequirement().add(value.copy()));
    getCompeting().forEach(value -> copy.getCompeting().add(value.copy()));
    getFollowUpEncounter().forEach(value -> copy.getFollowUpEncounter().add(value.copy()));
    getFollowUpFeature().forEach(value -> copy.getFollowUpFeature().add(value.copy()));
    copy.followUpTolerance = followUpTolerance == null ? null : followUpTolerance.copy();
    return copy;
  }
}
