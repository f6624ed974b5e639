package org.auscult.prove.asof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.FhirCalls;
import org.jspecify.annotations.Nullable;

/**
 * The features of this proof, as a client would write them: together all ten operators, windows,
 * units, codes and ValueSets, plausible ranges, defaults, statuses, coded answers and an anchor.
 */
final class Definitions {
  static final String LOINC = "http://loinc.org";
  static final String SNOMED = "http://snomed.info/sct";
  static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
  static final String LOCAL = "https://example.org/as-of/CodeSystem/local";
  static final String ENCOUNTER_CLASS = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  static final String SET = "https://example.org/as-of/Library/set|1.0.0";

  private static final String BASE = "https://example.org/as-of/";
  private static final String OURS = "https://auscult.org/fhir/StructureDefinition/";
  private static final String UCUM = "http://unitsofmeasure.org";

  private final List<ObjectNode> valueSets = new ArrayList<>();
  private final List<ObjectNode> features = new ArrayList<>();

  Definitions() {
    valueSet("smoker", SNOMED, "449868002", "77176002");
    valueSet("no-smoker", SNOMED, "266919005", "8517006");
    valueSet("diabetes", SNOMED, "44054006", "46635009", "73211009");
    valueSet("statins", RXNORM, "617312", "312961");
    valueSet("cholesterol", LOINC, "2093-3", "14647-2");

    readings();
    truths();
    times();
  }

  private void readings() {
    one("chol_latest", "latest", "mmol/L")
        .reads("Observation", "cholesterol")
        .within(5, "a")
        .plausible("1", "15");
    one("chol_first", "first", "mg/dL").reads("Observation", LOINC, "2093-3", "14647-2");
    one("sbp_max", "max", "mm[Hg]")
        .reads("Observation", LOINC, "8480-6")
        .within(6, "mo")
        .plausible("40", "300");
    one("sbp_min", "min", "mm[Hg]")
        .reads("Observation", LOINC, "8480-6")
        .within(2, "a")
        .plausible("40", "300");
    one("sbp_mean", "mean", "kPa").reads("Observation", LOINC, "8480-6").within(90, "d");
    one("weight", "latest", "kg")
        .reads("Observation", LOINC, "29463-7")
        .within(1, "a")
        .otherwise("71.5", "a mean made up for this proof");
    one("height", "first", "cm").reads("Observation", LOINC, "8302-2").plausible("40", null);
    one("fever", "max", "Cel").reads("Observation", LOINC, "8310-5").within(26, "wk");
    one("creatinine", "latest", "umol/L").reads("Observation", LOINC, "2160-0").within(12, "mo");
    one("creatinine_mean", "mean", "mg/dL").reads("Observation", LOINC, "2160-0").within(3, "a");
    one("heart_rate_any", "latest", "/min")
        .reads("Observation", LOINC, "8867-4")
        .counts("preliminary", "final");
    one("heart_rates", "count", "1").reads("Observation", LOINC, "8867-4").within(720, "h");
    one("smoking", "latest", "1")
        .reads("Observation", LOINC, "72166-2")
        .within(5, "a")
        .answers("smoker", "no-smoker");
    one("smoked_first", "first", "1")
        .reads("Observation", LOINC, "72166-2")
        .answers("smoker", null);
    one("smoking_share", "mean", "1")
        .reads("Observation", LOINC, "72166-2")
        .answers("smoker", "no-smoker");
    one("smoked_ever", "max", "1")
        .reads("Observation", LOINC, "72166-2")
        .answers("smoker", "no-smoker")
        .otherwise("0", "an assumption of this proof");
  }

  private void truths() {
    one("diabetes", "exists", "1").reads("Condition", "diabetes");
    one("infarction", "exists", "1")
        .reads("Condition", SNOMED, "22298006")
        .within(10, "a")
        .counts("active", "recurrence", "inactive", "resolved");
    one("statin", "exists", "1")
        .reads("MedicationRequest", "statins")
        .within(12, "mo")
        .counts("active");
    one("statin_stated", "exists", "1").reads("MedicationStatement", "statins").within(1, "mo");
    one("rates_measured", "exists", "1").reads("Observation", LOINC, "8867-4").within(1, "d");
    one("problems", "count", "1").reads("Condition", SNOMED, "44054006", "46635009", "22298006");
    one("admissions", "count", "1")
        .reads("Encounter", ENCOUNTER_CLASS, "IMP", "EMER")
        .within(2, "a");
  }

  private void times() {
    one("since_surgery", "time-since", "d").reads("Procedure", SNOMED, "232717009", "80146002");
    one("since_stay", "time-since", "h")
        .reads("Encounter", ENCOUNTER_CLASS, "IMP", "AMB")
        .within(3, "a")
        .plausible("0", "20000");
    one("age", "age", "a").plausible("1", "105");
    one("age_at_creatinine", "age", "a").anchor("creatinine");
    one("sex", "sex", "1");
    one("age_at_surgery", "age", "a").anchor("since_surgery");
  }

  List<ObjectNode> valueSets() {
    return valueSets;
  }

  List<ObjectNode> features() {
    return features;
  }

  /** Creates all of it by plain POST; a refusal ends the proof. */
  void create(FhirCalls fhir) throws IOException, InterruptedException {
    for (ObjectNode valueSet : valueSets) {
      fhir.create(valueSet);
    }
    for (ObjectNode feature : features) {
      fhir.create(feature);
    }
    fhir.create(set());
  }

  private ObjectNode set() {
    ObjectNode set = library("set", "feature-set", "asset-collection");
    ArrayNode members = set.putArray("relatedArtifact");
    features.forEach(
        f ->
            members
                .addObject()
                .put("type", "composed-of")
                .put("resource", f.path("url").asText() + "|1.0.0"));
    return set;
  }

  private void valueSet(String name, String system, String... codes) {
    ObjectNode valueSet = FhirCalls.JSON.createObjectNode().put("resourceType", "ValueSet");
    valueSet.put("url", BASE + "ValueSet/" + name).put("version", "1.0.0").put("status", "active");
    ObjectNode include = valueSet.putObject("compose").putArray("include").addObject();
    include.put("system", system);
    ArrayNode concepts = include.putArray("concept");
    for (String code : codes) {
      concepts.addObject().put("code", code);
    }
    valueSets.add(valueSet);
  }

  private static String canonical(String valueSet) {
    return BASE + "ValueSet/" + valueSet + "|1.0.0";
  }

  private static ObjectNode library(String name, String profile, String type) {
    ObjectNode library = FhirCalls.JSON.createObjectNode().put("resourceType", "Library");
    library.putObject("meta").putArray("profile").add(OURS + profile);
    library.put("url", BASE + "Library/" + name).put("version", "1.0.0").put("name", name);
    library.put("status", "active");
    library
        .putObject("type")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/library-type")
        .put("code", type);
    return library;
  }

  private Feature one(String name, String operator, String unit) {
    ObjectNode library = library(name, "feature-definition", "logic-library");
    library.putArray("extension");
    features.add(library);
    Feature feature = new Feature(library);
    feature.extension("feature-operator").put("valueCode", operator);
    feature.extension("feature-unit").put("valueCode", unit);
    return feature;
  }

  /** A definition in the making. */
  private record Feature(ObjectNode library) {
    ObjectNode extension(String name) {
      return ((ArrayNode) library.get("extension")).addObject().put("url", OURS + name);
    }

    private ObjectNode filter(String type) {
      ObjectNode requirement = library.putArray("dataRequirement").addObject().put("type", type);
      boolean medication = type.startsWith("Medication");
      ObjectNode filter = requirement.putArray("codeFilter").addObject();
      return filter.put("path", medication ? "medication" : "code");
    }

    Feature reads(String type, String valueSet) {
      filter(type).put("valueSet", canonical(valueSet));
      return this;
    }

    Feature reads(String type, String system, String... codes) {
      ArrayNode list = filter(type).putArray("code");
      for (String code : codes) {
        list.addObject().put("system", system).put("code", code);
      }
      return this;
    }

    Feature within(int amount, String unit) {
      quantity(extension("feature-lookback").putObject("valueDuration"), "" + amount, unit);
      return this;
    }

    Feature plausible(String low, @Nullable String high) {
      ObjectNode range = extension("feature-plausible-range").putObject("valueRange");
      range.putObject("low").put("value", new BigDecimal(low));
      if (high != null) {
        range.putObject("high").put("value", new BigDecimal(high));
      }
      return this;
    }

    Feature otherwise(String value, String provenance) {
      extension("feature-missing-default")
          .putObject("valueQuantity")
          .put("value", new BigDecimal(value))
          .put("unit", provenance);
      return this;
    }

    Feature counts(String... statuses) {
      for (String status : statuses) {
        extension("feature-status").put("valueCode", status);
      }
      return this;
    }

    Feature answers(String yes, @Nullable String no) {
      extension("feature-true-values").put("valueCanonical", canonical(yes));
      if (no != null) {
        extension("feature-false-values").put("valueCanonical", canonical(no));
      }
      return this;
    }

    void anchor(String feature) {
      extension("feature-anchor").put("valueString", feature);
    }

    private static void quantity(ObjectNode to, String value, String unit) {
      to.put("value", new BigDecimal(value));
      to.put("unit", unit).put("system", UCUM).put("code", unit);
    }
  }

  /** The value of one of our extensions; a missing node if the definition has none. */
  static JsonNode extension(JsonNode library, String name, String value) {
    for (JsonNode extension : library.path("extension")) {
      if (extension.path("url").asText().equals(OURS + name)) {
        return extension.path(value);
      }
    }
    return library.path("nothing");
  }
}
