package org.auscult.ig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.ig.Guide.STRUCTURE;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.DataRequirement;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Duration;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.GuidanceResponse.GuidanceResponseStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.UrlType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each invariant of the guide has a valid instance, and one that differs in one thing and breaks
 * this invariant and nothing else.
 */
class InvariantTest {
  private static final Pattern BROKEN = Pattern.compile("Constraint failed: ([A-Za-z0-9.-]+):.*");

  /**
   * @param structure id of the profile or extension that has the invariant
   * @param key the invariant
   * @param valid makes a valid instance
   * @param change what breaks it
   */
  record Case(String structure, String key, Supplier<Resource> valid, Consumer<Resource> change) {
    @Override
    public String toString() {
      return structure + " " + key;
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void breaksThisInvariantOnly(Case broken) {
    Resource instance = broken.valid().get();
    assertThat(Guide.errors(instance)).as("before the change").isEmpty();
    broken.change().accept(instance);

    List<String> errors = Guide.errors(instance);

    assertThat(errors).isNotEmpty();
    assertThat(errors)
        .allSatisfy(
            e -> {
              Matcher constraint = BROKEN.matcher(e);
              assertThat(constraint.find()).as(e).isTrue();
              assertThat(constraint.group(1)).as(e).isEqualTo(broken.key());
            });
  }

  @Test
  void everyInvariantOfTheGuideHasAnInstanceThatBreaksIt() {
    Set<String> inGuide = new TreeSet<>();
    for (Resource resource : Guide.RESOURCES.values()) {
      if (resource instanceof StructureDefinition structure) {
        structure
            .getDifferential()
            .getElement()
            .forEach(
                element ->
                    element
                        .getConstraint()
                        .forEach(
                            c ->
                                inGuide.add(
                                    structure.getIdElement().getIdPart() + " " + c.getKey())));
      }
    }
    Set<String> broken = new TreeSet<>();
    cases().forEach(c -> broken.add(c.toString()));
    assertThat(broken).containsExactlyInAnyOrderElementsOf(inGuide).hasSizeGreaterThan(60);
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.addAll(features());
    cases.addAll(windowsAndDefaults());
    cases.addAll(outcomes());
    cases.addAll(partsOfOutcomes());
    cases.addAll(contextRules());
    cases.addAll(sets());
    cases.addAll(models());
    cases.addAll(partsOfModels());
    cases.addAll(predictions());
    cases.addAll(explanations());
    cases.addAll(orderRules());
    cases.addAll(others());
    return cases;
  }

  private static List<Case> features() {
    String profile = "feature-definition";
    return List.of(
        feature(profile, "url-plain", "creatinine", l -> l.setUrl(l.getUrl() + "|1.0.0")),
        feature(profile, "feature-reads-codes", "creatinine", l -> l.setDataRequirement(null)),
        feature(
            profile,
            "feature-reads-no-codes",
            "age",
            l -> l.addDataRequirement(new DataRequirement().setType("Patient"))),
        feature(
            profile,
            "feature-code-whole",
            "creatinine",
            l ->
                l.getDataRequirementFirstRep()
                    .getCodeFilterFirstRep()
                    .getCodeFirstRep()
                    .setSystem(null)),
        feature(
            profile,
            "feature-measured-with-coded",
            "creatinine",
            l -> l.addExtension(STRUCTURE + "feature-true-above", Samples.quantity("0", "L/min"))),
        feature(
            "feature-true-above",
            "true-above-plain",
            "supplemental-oxygen-12h",
            l -> ((Quantity) part(l, "feature-true-above", 0).getValue()).setCode(null)),
        feature(
            profile,
            "feature-value-set-pinned",
            "diabetes",
            l ->
                l.getDataRequirementFirstRep()
                    .getCodeFilterFirstRep()
                    .setValueSet(Guide.BASE + "ValueSet/diabetes")),
        feature(
            profile,
            "feature-number-observed",
            "creatinine",
            l -> l.getDataRequirementFirstRep().setType("Condition")),
        feature(
            profile,
            "feature-anchor-of-age",
            "creatinine",
            l -> l.addExtension(STRUCTURE + "feature-anchor", new StringType("bmi"))),
        feature(
            profile,
            "feature-expression-of-derived",
            "creatinine",
            l -> l.addExtension(STRUCTURE + "feature-expression", new StringType("bmi * 2"))),
        feature(
            profile,
            "feature-one-beginning",
            "creatinine",
            l -> l.addExtension(STRUCTURE + "feature-since-feature", new StringType("bmi"))),
        feature(
            profile,
            "feature-yes-with-no",
            "current-smoker",
            l -> l.getExtension().removeIf(is("feature-true-values"))),
        feature(
            profile, "feature-unit-of-truth", "diabetes", l -> set(l, "feature-unit", code("d"))),
        feature(profile, "feature-unit-of-age", "age", l -> set(l, "feature-unit", code("mo"))),
        feature(
            profile,
            "feature-flags-of-flagged",
            "diabetes",
            l -> set(l, "feature-operator", code("flagged"))),
        feature(
            profile,
            "feature-element-of-patient",
            "diabetes",
            l -> set(l, "feature-operator", code("demographic"))),
        feature(profile, "feature-range-in-unit", "creatinine", l -> inUnit(range(l), "umol/L")));
  }

  private static List<Case> windowsAndDefaults() {
    String lookback = "feature-lookback";
    String answers = Guide.BASE + "ValueSet/current-smoker";
    return List.of(
        feature(
            lookback,
            "lookback-positive",
            "creatinine",
            l -> quantity(l, lookback).setValue(new BigDecimal("-12"))),
        feature(lookback, "lookback-unit", "creatinine", l -> quantity(l, lookback).setCode("s")),
        withDuration("feature-window-gap", "lookback-positive", "-12", "h"),
        withDuration("feature-window-gap", "lookback-unit", "12", "s"),
        withDuration("feature-missing-carry", "lookback-positive", "-12", "h"),
        withDuration("feature-missing-carry", "lookback-unit", "12", "s"),
        feature(
            "feature-plausible-range",
            "plausible-range-bounded",
            "creatinine",
            l -> range(l).setLow(null).setHigh(unitless())),
        feature(
            "feature-reference-range",
            "plausible-range-bounded",
            "creatinine",
            l ->
                l.addExtension(
                    STRUCTURE + "feature-reference-range", new Range().setHigh(unitless()))),
        withDefault("default-value", q -> q.setValue((BigDecimal) null)),
        withDefault("default-provenance", q -> q.setUnit(null)),
        feature(
            "feature-true-values",
            "true-values-pinned",
            "current-smoker",
            l -> set(l, "feature-true-values", new CanonicalType(answers))),
        feature(
            "feature-false-values",
            "false-values-pinned",
            "current-smoker",
            l -> set(l, "feature-false-values", new CanonicalType(answers))));
  }

  private static Case withDuration(String extension, String key, String amount, String unit) {
    Duration duration = new Duration();
    duration
        .setValue(new BigDecimal(amount))
        .setUnit(unit)
        .setSystem("http://unitsofmeasure.org")
        .setCode(unit);
    return feature(
        extension, key, "creatinine", l -> l.addExtension(STRUCTURE + extension, duration.copy()));
  }

  private static List<Case> outcomes() {
    String profile = "outcome-definition";
    String potassium = "outcome-potassium-above-6";
    return List.of(
        library(profile, "url-plain", potassium, l -> l.setUrl(l.getUrl() + "|1.0.0")),
        library(
            profile,
            "feature-code-whole",
            potassium,
            l ->
                l.getDataRequirementFirstRep()
                    .getCodeFilterFirstRep()
                    .getCodeFirstRep()
                    .setSystem(null)),
        library(
            profile,
            "feature-value-set-pinned",
            "outcome-new-diabetes",
            l ->
                l.getDataRequirementFirstRep()
                    .getCodeFilterFirstRep()
                    .setValueSet(Guide.BASE + "ValueSet/diabetes")),
        library(profile, "outcome-reads-codes", potassium, l -> l.setDataRequirement(null)),
        library(
            profile,
            "outcome-horizon-length",
            potassium,
            l -> l.getExtension().removeIf(is("outcome-horizon"))),
        library(
            profile,
            "outcome-horizon-classes",
            "outcome-readmission-30d",
            l -> l.getExtension().removeIf(is("outcome-horizon-encounter"))),
        library(
            profile,
            "outcome-one-washout",
            potassium,
            l -> l.addExtension(STRUCTURE + "outcome-first-ever", new BooleanType(true))));
  }

  private static List<Case> partsOfOutcomes() {
    List<Case> cases = new ArrayList<>();
    for (String part :
        List.of(
            "horizon",
            "blanking",
            "washout",
            "confirmed-after",
            "confirmed-within",
            "follow-up-tolerance")) {
      cases.add(withDuration("outcome-" + part, "lookback-positive", "-12", "h"));
      cases.add(withDuration("outcome-" + part, "lookback-unit", "12", "s"));
    }
    for (String part :
        List.of("exclusion", "requirement", "competing", "follow-up-feature", "except-value-set")) {
      String extension = "outcome-" + part;
      cases.add(
          feature(
              extension,
              "canonical-pinned",
              "creatinine",
              l ->
                  l.addExtension(
                      STRUCTURE + extension,
                      new CanonicalType(Guide.BASE + "Library/feature-age"))));
    }
    cases.add(
        library(
            "outcome-threshold",
            "threshold-whole",
            "outcome-potassium-above-6",
            l -> quantity(l, "outcome-threshold").setComparator(null)));
    return cases;
  }

  private static List<Case> contextRules() {
    String profile = "context-rule";
    String rule = "context-glucose-meal";
    String meals = Guide.BASE + "ValueSet/meals";
    return List.of(
        library(profile, "url-plain", rule, l -> l.setUrl(l.getUrl() + "|1.0.0")),
        library(
            profile,
            "feature-code-whole",
            rule,
            l ->
                l.getDataRequirementFirstRep()
                    .getCodeFilterFirstRep()
                    .getCodeFirstRep()
                    .setSystem(null)),
        library(
            profile,
            "feature-value-set-pinned",
            rule,
            l -> l.getDataRequirementFirstRep().getCodeFilterFirstRep().setValueSet(meals)),
        library(
            profile,
            "context-rule-codes",
            rule,
            l -> l.getDataRequirementFirstRep().setCodeFilter(null)),
        library(
            profile,
            "context-rule-condition",
            rule,
            l -> l.getExtension().removeIf(is("context-fact"))),
        library(
            profile,
            "context-rule-evidence",
            rule,
            l -> l.getRelatedArtifactFirstRep().setType(RelatedArtifactType.PREDECESSOR)),
        library(
            "context-recorded",
            "context-recorded-how",
            rule,
            l ->
                l.getExtensionsByUrl(STRUCTURE + "context-recorded")
                    .get(0)
                    .getExtension()
                    .removeIf(part -> part.getUrl().equals("answer"))),
        library(
            "context-fact",
            "context-fact-codes",
            rule,
            l ->
                l.getExtensionByUrl(STRUCTURE + "context-fact")
                    .addExtension("valueSet", new CanonicalType(meals))),
        library("context-time", "context-time-ends", rule, l -> l.addExtension(noTime())),
        feature(
            "feature-definition",
            "feature-context-by-rule",
            "creatinine",
            l ->
                l.addExtension(
                    STRUCTURE + "feature-context-rule", new CanonicalType("urn:rule|1.0.0"))),
        feature(
            "feature-context-rule",
            "canonical-pinned",
            "creatinine",
            l -> {
              l.addExtension(
                  STRUCTURE + "feature-context",
                  new Coding("http://snomed.info/sct", "24863003", null));
              l.addExtension(STRUCTURE + "feature-context-rule", new CanonicalType("urn:rule"));
            }));
  }

  private static Extension noTime() {
    Extension time = new Extension(STRUCTURE + "context-time");
    time.addExtension("context", new Coding("http://snomed.info/sct", "24863003", null));
    time.addExtension("from", new TimeType("06:00:00"));
    time.addExtension("to", new TimeType("06:00:00"));
    return time;
  }

  private static List<Case> sets() {
    String profile = "feature-set";
    String id = "prevent-inputs";
    return List.of(
        library(profile, "url-plain", id, l -> l.setUrl(l.getUrl() + "|1.0.0")),
        library(
            profile,
            "set-has-members",
            id,
            l -> l.getRelatedArtifact().forEach(a -> a.setType(RelatedArtifactType.DERIVEDFROM))),
        library(
            profile,
            "set-members-pinned",
            id,
            l -> l.getRelatedArtifactFirstRep().setResource(Guide.BASE + "Library/feature-age")),
        library(
            profile,
            "set-members-distinct",
            id,
            l -> l.addRelatedArtifact(l.getRelatedArtifactFirstRep().copy())));
  }

  private static List<Case> models() {
    String profile = "prediction-model";
    String id = "prevent-2023";
    return List.of(
        library(profile, "url-plain", id, l -> l.setUrl(l.getUrl() + "|1.0.0")),
        library(
            profile,
            "model-one-set",
            id,
            l ->
                l.addRelatedArtifact(
                    new RelatedArtifact()
                        .setType(RelatedArtifactType.DEPENDSON)
                        .setResource(Guide.BASE + "Library/ckd-epi-inputs|1.0.0"))),
        library(
            profile,
            "model-set-pinned",
            id,
            l -> l.getRelatedArtifactFirstRep().setResource(Guide.BASE + "Library/prevent-inputs")),
        activeModel("model-active-file", l -> l.getContentFirstRep().setUrl("Media/1")),
        activeModel("model-active-file", l -> l.setContent(null)),
        activeModel(
            "model-active-hash", l -> l.getExtension().removeIf(is("model-artifact-sha256"))),
        library(
            profile,
            "model-inputs-distinct",
            id,
            l -> set(part(l, "model-input", 1), "name", new StringType("age"))),
        library(
            profile,
            "model-outputs-distinct",
            id,
            l -> set(part(l, "model-output", 1), "name", new StringType("total_cvd"))),
        library(
            profile,
            "model-probability-horizon",
            id,
            l ->
                part(l, "model-output", 2)
                    .getExtension()
                    .removeIf(e -> e.getUrl().equals("horizon"))),
        library(
            profile,
            "model-probability-unit",
            id,
            l -> set(part(l, "model-output", 0), "unit", code("%"))),
        library(
            profile,
            "model-value-alone",
            "ckd-epi-2021",
            l -> {
              Extension more = part(l, "model-output", 0).copy();
              set(more, "name", new StringType("more"));
              l.addExtension(more);
            }),
        library(
            profile,
            "model-score-total",
            "news2",
            l -> part(l, "model-output", 1).getExtension().removeIf(named("part"))),
        library(
            profile,
            "model-score-total",
            "news2",
            l -> part(l, "model-output", 0).getExtension().removeIf(named("band"))),
        library(
            profile,
            "model-score-unit",
            "news2",
            l -> set(part(l, "model-output", 3), "unit", code("%"))),
        library(
            profile,
            "model-bands-of-score",
            id,
            l -> part(l, "model-output", 1).addExtension("part", new BooleanType(true))),
        library(
            profile,
            "model-spread-of-inputs",
            "news2",
            l -> part(l, "model-input-spread", 0).addExtension("input", new StringType("other"))));
  }

  private static List<Case> orderRules() {
    String profile = "order-rules";
    String rule = "order-rule";
    String id = "renal-dosing";
    return List.of(
        library(profile, "url-plain", id, l -> l.setUrl(l.getUrl() + "|1.0.0")),
        library(
            profile,
            "order-rules-one-set",
            id,
            l -> l.getRelatedArtifactFirstRep().setType(RelatedArtifactType.DERIVEDFROM)),
        library(
            profile,
            "order-rules-set-pinned",
            id,
            l -> l.getRelatedArtifactFirstRep().setResource(Guide.BASE + "Library/renal-inputs")),
        library(
            profile,
            "order-rules-ingredients-distinct",
            id,
            l -> l.addExtension(part(l, rule, 0).copy())),
        library(
            "order-rules-egfr-model",
            "egfr-model-pinned",
            id,
            l ->
                set(
                    l,
                    "order-rules-egfr-model",
                    new CanonicalType(Guide.BASE + "Library/ckd-epi-2021"))),
        library(
            "order-rules-other-drugs",
            "other-drugs-pinned",
            id,
            l ->
                set(
                    l,
                    "order-rules-other-drugs",
                    new CanonicalType(Guide.BASE + "ValueSet/order-other-drugs"))),
        library(
            rule,
            "rule-weight-of-cockcroft-gault",
            id,
            l -> part(l, rule, 1).getExtension().removeIf(named("weight"))),
        library(
            rule,
            "rule-weight-of-cockcroft-gault",
            id,
            l -> part(l, rule, 0).addExtension("weight", code("actual"))),
        library(
            rule,
            "rule-body-size-of-egfr",
            id,
            l -> part(l, rule, 0).getExtension().removeIf(named("usualBodyMassIndex"))),
        library(
            rule,
            "rule-body-size-of-egfr",
            id,
            l -> range(part(l, rule, 0), "usualBodyMassIndex").getHigh().setCode("g/m2")),
        library(
            rule,
            "rule-codes-pinned",
            id,
            l ->
                set(
                    part(l, rule, 0),
                    "codes",
                    new CanonicalType(Guide.BASE + "ValueSet/order-metformin"))),
        library(
            rule,
            "rule-limit-one",
            id,
            l -> band(l).addExtension("upTo", limit("30", "mL/min/{1.73_m2}"))),
        library(rule, "rule-limit-one", id, l -> band(l).getExtension().removeIf(named("below"))),
        library(
            rule,
            "rule-limit-whole",
            id,
            l -> set(band(l), "below", limit("30.5", "mL/min/{1.73_m2}"))),
        library(
            rule,
            "rule-limit-whole",
            id,
            l -> set(band(l), "below", limit("-30", "mL/min/{1.73_m2}"))),
        library(rule, "rule-limit-unit", id, l -> set(band(l), "below", limit("30", "mL/min"))),
        library(
            rule,
            "rule-source-absolute",
            id,
            l ->
                set(
                    part(l, rule, 0).getExtensionByUrl("source"),
                    "url",
                    new UrlType("www.fda.gov/metformin"))));
  }

  /** The first band of metformin's rule. */
  private static Extension band(Library library) {
    return part(library, "order-rule", 0).getExtensionsByUrl("band").get(0);
  }

  private static Quantity limit(String value, String unit) {
    return Samples.quantity(value, unit);
  }

  private static Predicate<Extension> named(String part) {
    return e -> e.getUrl().equals(part);
  }

  private static List<Case> partsOfModels() {
    return List.of(
        library(
            "model-input",
            "input-valid-unit",
            "prevent-2023",
            l -> inUnit(range(part(l, "model-input", 0), "valid"), "mo")),
        library(
            "model-input",
            "input-valid-bounded",
            "prevent-2023",
            l -> range(part(l, "model-input", 0), "valid").setLow(null).setHigh(unitless())),
        library(
            "model-input",
            "input-fallback-pinned",
            "prevent-2023",
            l ->
                set(
                    part(l, "model-input", 6),
                    "fallback",
                    new CanonicalType(Guide.BASE + "Library/ckd-epi-2021"))),
        library(
            "model-input",
            "input-rounding-positive",
            "news2",
            l -> set(part(l, "model-input", 0), "rounding", new DecimalType(0))),
        library(
            "model-input-spread",
            "spread-window",
            "news2",
            l ->
                ((Quantity) part(l, "model-input-spread", 0).getExtensionByUrl("within").getValue())
                    .setValue(new BigDecimal("0.5"))),
        library(
            "model-output",
            "output-band-bounded",
            "news2",
            l ->
                ((Range) band(l, 0).getExtensionByUrl("range").getValue())
                    .setLow(null)
                    .setHigh(unitless())),
        library(
            "model-output",
            "output-bands-distinct",
            "news2",
            l -> set(band(l, 1), "code", code("high"))),
        library(
            "model-output",
            "output-horizon-positive",
            "prevent-2023",
            l -> horizon(l).setValue(new BigDecimal("1.5"))),
        library(
            "model-output", "output-horizon-unit", "prevent-2023", l -> horizon(l).setCode("s")),
        library(
            "model-sensitive-use",
            "sensitive-one-part",
            "prevent-2023",
            l ->
                part(l, "model-sensitive-use", 0)
                    .addExtension("output", new StringType("total_cvd"))),
        library(
            "model-eligibility",
            "eligibility-one-rule",
            "prevent-2023",
            l ->
                part(l, "model-eligibility", 0).addExtension("mustBeFalse", new BooleanType(true))),
        library(
            "model-eligibility",
            "eligibility-must-be-false",
            "prevent-2023",
            l -> set(part(l, "model-eligibility", 1), "mustBeFalse", new BooleanType(false))),
        library(
            "model-eligibility",
            "eligibility-must-be-true",
            "prevent-2023",
            l -> {
              Extension criterion = part(l, "model-eligibility", 1);
              criterion.getExtension().removeIf(e -> e.getUrl().equals("mustBeFalse"));
              criterion.addExtension("mustBeTrue", new BooleanType(false));
            }),
        library(
            "model-eligibility",
            "eligibility-below-bound",
            "kfre-4var-north-america",
            l ->
                set(
                    part(l, "model-eligibility", 1),
                    "below",
                    Samples.quantity("60", "").setCode(null))),
        library(
            "model-eligibility",
            "eligibility-bounded",
            "prevent-2023",
            l -> range(part(l, "model-eligibility", 0), "within").setLow(null).setHigh(unitless())),
        new Case(
            "model-artifact-sha256",
            "sha256-form",
            InvariantTest::active,
            r -> set((Library) r, "model-artifact-sha256", new StringType("0".repeat(63)))));
  }

  private static Extension band(Library library, int index) {
    return part(library, "model-output", 0).getExtensionsByUrl("band").get(index);
  }

  private static List<Case> predictions() {
    return List.of(
        prediction("prediction-percent", r -> said(r).setProbability(new DecimalType("-0.1"))),
        prediction("prediction-horizon", r -> said(r).setWhen(null)),
        prediction("prediction-horizon", r -> ((Period) said(r).getWhen()).setEnd(null)),
        prediction(
            "prediction-from-occurrence",
            r -> r.setOccurrence(new DateTimeType("2024-05-03T10:00:01Z"))),
        prediction(
            "prediction-outcomes-coded", r -> said(r).getOutcome().setCoding(null).setText("x")),
        prediction("prediction-outcomes-distinct", r -> Samples.outcome(r, "heart_failure")),
        new Case(
            "prediction-model-version",
            "model-version-pinned",
            Samples::prediction,
            r ->
                extension((RiskAssessment) r, "prediction-model-version")
                    .setValue(new CanonicalType(Guide.BASE + "Library/prevent-2023"))),
        new Case(
            "prediction-epoch",
            "epoch-not-negative",
            Samples::prediction,
            r -> extension((RiskAssessment) r, "prediction-epoch").setValue(new IntegerType(-1))),
        observation(
            "score",
            "score-number",
            Samples::score,
            o -> o.getValueQuantity().setComparator(QuantityComparator.GREATER_THAN)),
        observation(
            "score",
            "score-number",
            Samples::score,
            o -> o.getValueQuantity().setSystem(null).setCode(null)),
        observation(
            "points",
            "points-whole",
            Samples::points,
            o -> {
              o.setValue(Samples.quantity("5.5", "{score}"));
              o.getComponentFirstRep().setValue(Samples.quantity("2.5", "{score}"));
            }),
        observation(
            "points",
            "points-whole",
            Samples::points,
            o -> o.getValueQuantity().setUnit("%").setCode("%")),
        observation(
            "points",
            "points-add-up",
            Samples::points,
            o -> o.setValue(Samples.quantity("6", "{score}"))),
        observation(
            "points",
            "points-parts-distinct",
            Samples::points,
            o -> Samples.part(o, "temperature", "0")),
        observation(
            "points",
            "points-band-coded",
            Samples::points,
            o -> o.getInterpretationFirstRep().setCoding(null)),
        observation(
            "prediction-input-period",
            "input-period-whole",
            Samples::points,
            o -> ((Period) extension(o, "prediction-input-period").getValue()).setEnd(null)),
        observation(
            "score",
            "score-no-probability",
            Samples::score,
            o ->
                o.addComponent()
                    .setCode(Samples.coded("http://snomed.info/sct", "2931005"))
                    .setValue(Samples.quantity("14.7", "%"))));
  }

  private static List<Case> explanations() {
    return List.of(
        explanation(
            "explanation-focus-versioned",
            o -> o.getFocusFirstRep().setReference("RiskAssessment/1")),
        explanation(
            "explanation-bases-distinct", o -> Samples.addPart(o, "explanation-base", "ascvd")),
        explanation(
            "explanation-contribution-of-base",
            o -> set(attributed(o).getExtension().get(1), "output", new StringType("other"))),
        explanation(
            "explanation-contribution-once", o -> Samples.contribution(attributed(o), "ascvd")),
        explanation("explanation-contribution-whole", o -> attributed(o).getExtension().remove(1)),
        explanation("explanation-inputs-distinct", o -> Samples.input(o, "sex")),
        explanation(
            "explanation-input-number", o -> attributed(o).getValueQuantity().setCode(null)),
        new Case(
            "explanation-method",
            "method-versioned",
            Samples::explanation,
            r ->
                extension((Observation) r, "explanation-method")
                    .setValue(new StringType("exact-shapley"))));
  }

  private static List<Case> others() {
    return List.of(
        observation(
            "feedback",
            "feedback-reason-of-override",
            Samples::overridden,
            o -> o.getValueCodeableConcept().getCodingFirstRep().setCode("accepted")),
        observation(
            "feedback",
            "feedback-reason-coded",
            Samples::overridden,
            o -> o.getComponentFirstRep().getValueCodeableConcept().setCoding(null).setText("x")),
        new Case(
            "ai-provenance",
            "provenance-targets-versioned",
            Samples::provenance,
            r -> ((Provenance) r).getTargetFirstRep().setReference("RiskAssessment/1")),
        new Case(
            "ai-provenance",
            "provenance-targets-distinct",
            Samples::provenance,
            r -> ((Provenance) r).addTarget(new Reference("Observation/1/_history/1"))),
        new Case(
            "feedback-provenance",
            "provenance-targets-versioned",
            Samples::feedbackProvenance,
            r -> ((Provenance) r).getTargetFirstRep().setReference("Observation/1")),
        new Case(
            "outcome-label-provenance",
            "provenance-targets-versioned",
            Samples::labelProvenance,
            r -> ((Provenance) r).getTargetFirstRep().setReference("Observation/1")),
        new Case(
            "performance-model",
            "canonical-pinned",
            Samples::performanceReport,
            r ->
                ((MeasureReport) r)
                    .getExtensionByUrl(STRUCTURE + "performance-model")
                    .setValue(new CanonicalType(Guide.BASE + "Library/prevent-2023"))),
        new Case(
            "performance-outcome",
            "canonical-pinned",
            Samples::performanceReport,
            r ->
                ((MeasureReport) r)
                    .getExtensionByUrl(STRUCTURE + "performance-outcome")
                    .setValue(new CanonicalType(Guide.BASE + "Library/outcome-new-diabetes"))),
        new Case(
            "use-deployment",
            "canonical-pinned",
            Samples::useReport,
            r ->
                ((MeasureReport) r)
                    .getExtensionByUrl(STRUCTURE + "use-deployment")
                    .setValue(new CanonicalType(Guide.BASE + "PlanDefinition/cvd-risk"))),
        new Case(
            "cohort-feature",
            "canonical-pinned",
            Samples::cohortCriteria,
            r ->
                ((Group) r)
                    .getCharacteristicFirstRep()
                    .getExtensionFirstRep()
                    .setValue(new CanonicalType(Guide.BASE + "Library/feature-age"))),
        new Case(
            "source-mapping",
            "url-plain",
            Samples::sourceMapping,
            r -> ((ConceptMap) r).setUrl("https://example.org/ConceptMap/a|1.0.0")),
        new Case(
            "model-device",
            "device-canonical",
            Samples::device,
            r -> ((Device) r).getIdentifierFirstRep().setSystem("urn:example")),
        new Case(
            "model-device",
            "device-version-agrees",
            Samples::device,
            r -> ((Device) r).getVersionFirstRep().setValue("1.0.1")),
        new Case(
            "hook-call",
            "hook-call-says-why",
            Samples::hookCall,
            r -> ((GuidanceResponse) r).getReasonCodeFirstRep().setText(null)),
        new Case(
            "hook-call",
            "hook-call-status",
            Samples::hookCall,
            r -> ((GuidanceResponse) r).setStatus(GuidanceResponseStatus.INPROGRESS)),
        new Case(
            "order-finding",
            "advice-has-action",
            Samples::orderFinding,
            r -> ((DetectedIssue) r).getCode().getCoding().remove(1)),
        new Case(
            "deployment",
            "url-plain",
            () -> Guide.resource("PlanDefinition-cvd-risk.json").copy(),
            r -> ((PlanDefinition) r).setUrl(((PlanDefinition) r).getUrl() + "|1")),
        new Case(
            "alert-rule",
            "url-plain",
            () -> Guide.resource("PlanDefinition-alert-discrimination.json").copy(),
            r -> ((PlanDefinition) r).setUrl(((PlanDefinition) r).getUrl() + "|1")),
        new Case(
            "retraining-plan",
            "url-plain",
            () -> Guide.resource("PlanDefinition-retraining-prevent-2023.json").copy(),
            r -> ((PlanDefinition) r).setUrl(((PlanDefinition) r).getUrl() + "|1")),
        new Case(
            "adjudication-plan",
            "url-plain",
            Samples::adjudicationPlan,
            r -> ((PlanDefinition) r).setUrl(((PlanDefinition) r).getUrl() + "|1")),
        new Case(
            "adjudication-questionnaire",
            "url-plain",
            () -> Guide.resource("Questionnaire-adjudicated-outcome.json").copy(),
            r -> ((Questionnaire) r).setUrl(((Questionnaire) r).getUrl() + "|1")),
        new Case(
            "adjudication-questionnaire",
            "adjudication-one-question",
            () -> Guide.resource("Questionnaire-adjudicated-outcome.json").copy(),
            r -> ((Questionnaire) r).getItem().get(1).getAnswerOption().remove(2)),
        new Case(
            "deployment-output",
            "deployment-thresholds",
            () -> Guide.resource("PlanDefinition-cvd-risk.json").copy(),
            r -> headline((PlanDefinition) r).getExtension().remove(3)),
        deployment("deployment-display", "display-times", r -> silence(r, "snooze").setCode("a")),
        deployment(
            "deployment-display",
            "display-ceiling",
            r ->
                extension(r, "deployment-display")
                    .addExtension("ceiling", new PositiveIntType(101))),
        new Case(
            "deployment-time-budget",
            "budget-within-limits",
            () -> Guide.resource("PlanDefinition-deterioration.json").copy(),
            r ->
                ((Quantity) extension((PlanDefinition) r, "deployment-time-budget").getValue())
                    .setValue(5)),
        deployment(
            "deployment",
            "runs-model-or-rules",
            r ->
                action(r)
                    .addExtension(
                        STRUCTURE + "deployment-order-rules",
                        new CanonicalType("https://example.org/rules|1"))),
        deployment(
            "deployment",
            "models-have-outputs",
            r -> action(r).getExtension().removeIf(is("deployment-output"))));
  }

  private static Case deployment(String structure, String key, Consumer<PlanDefinition> change) {
    return new Case(
        structure,
        key,
        () -> Guide.resource("PlanDefinition-cvd-risk.json").copy(),
        r -> change.accept((PlanDefinition) r));
  }

  private static PlanDefinition.PlanDefinitionActionComponent action(PlanDefinition plan) {
    return plan.getActionFirstRep().getActionFirstRep();
  }

  private static Quantity silence(PlanDefinition plan, String part) {
    return (Quantity) extension(plan, "deployment-display").getExtensionByUrl(part).getValue();
  }

  /** What the starter deployment's card has in its first line. */
  private static Extension headline(PlanDefinition plan) {
    return plan.getActionFirstRep()
        .getActionFirstRep()
        .getExtensionsByUrl(Guide.STRUCTURE + "deployment-output")
        .get(0);
  }

  private static Case feature(String structure, String key, String id, Consumer<Library> change) {
    return library(structure, key, "feature-" + id, change);
  }

  private static Case library(String structure, String key, String id, Consumer<Library> change) {
    return new Case(
        structure,
        key,
        () -> Guide.library("Library-" + id + ".json").copy(),
        r -> change.accept((Library) r));
  }

  private static Case withDefault(String key, Consumer<Quantity> change) {
    String id = "feature-missing-default";
    return new Case(
        id,
        key,
        () -> {
          Library library = Guide.library("Library-feature-bmi.json").copy();
          Quantity value = new Quantity().setValue(27).setUnit("mean of a cited survey");
          library.addExtension(STRUCTURE + id, value);
          return library;
        },
        r -> change.accept(quantity((Library) r, id)));
  }

  private static Case activeModel(String key, Consumer<Library> change) {
    return new Case(
        "prediction-model", key, InvariantTest::active, r -> change.accept((Library) r));
  }

  /** As the server registers it. */
  private static Library active() {
    Library model = Guide.library("Library-prevent-2023.json").copy();
    model.setStatus(PublicationStatus.ACTIVE);
    model.addContent(new Attachment().setUrl("Binary/prevent-2023-onnx"));
    model.addExtension(
        STRUCTURE + "model-artifact-sha256", new StringType("0123456789abcdef".repeat(4)));
    return model;
  }

  private static Case prediction(String key, Consumer<RiskAssessment> change) {
    return new Case("prediction", key, Samples::prediction, r -> change.accept((RiskAssessment) r));
  }

  private static Case explanation(String key, Consumer<Observation> change) {
    return observation("explanation", key, Samples::explanation, change);
  }

  private static Case observation(
      String structure, String key, Supplier<Resource> valid, Consumer<Observation> change) {
    return new Case(structure, key, valid, r -> change.accept((Observation) r));
  }

  private static RiskAssessment.RiskAssessmentPredictionComponent said(RiskAssessment risk) {
    return risk.getPredictionFirstRep();
  }

  private static Observation.ObservationComponentComponent attributed(Observation explanation) {
    return explanation.getComponent().get(1);
  }

  private static Extension extension(DomainResource of, String id) {
    return of.getExtensionByUrl(STRUCTURE + id);
  }

  private static Extension part(Library library, String id, int index) {
    return library.getExtensionsByUrl(STRUCTURE + id).get(index);
  }

  private static void set(Library library, String id, Type value) {
    extension(library, id).setValue(value);
  }

  private static void set(Extension of, String part, Type value) {
    of.getExtensionByUrl(part).setValue(value);
  }

  private static Quantity quantity(Library library, String id) {
    return (Quantity) extension(library, id).getValue();
  }

  private static Range range(Library library) {
    return (Range) extension(library, "feature-plausible-range").getValue();
  }

  private static Range range(Extension of, String part) {
    return (Range) of.getExtensionByUrl(part).getValue();
  }

  private static void inUnit(Range range, String unit) {
    range.getLow().setCode(unit);
    range.getHigh().setCode(unit);
  }

  private static Quantity horizon(Library library) {
    return (Quantity) part(library, "model-output", 0).getExtensionByUrl("horizon").getValue();
  }

  /** A Range may not be empty, so one without ends has an end without a value. */
  private static Quantity unitless() {
    Quantity empty = new Quantity();
    empty.setUnit("none");
    return empty;
  }

  private static CodeType code(String code) {
    return new CodeType(code);
  }

  private static Predicate<Extension> is(String id) {
    return e -> e.getUrl().equals(STRUCTURE + id);
  }
}
