package org.auscult.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.DefinitionJson;

/**
 * Fifty features like {@link FiftyFeatures}, on what Synthea's patients have: of each kind of
 * operator as many, on the codes that are met most.
 */
final class SyntheaFifty {
  static final String SET = "https://example.org/synthea/Library/fifty|1.0.0";

  private static final String BASE = "https://example.org/synthea/Library/";
  private static final String LOINC = "http://loinc.org";
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

  private static final String SYSTOLIC = "8480-6";
  private static final String DIASTOLIC = "8462-4";
  private static final String WEIGHT = "29463-7";
  private static final String GLUCOSE = "2339-0";
  private static final String CREATININE = "38483-4";
  private static final String SODIUM = "2947-0";
  private static final String POTASSIUM = "6298-4";
  private static final String CHLORIDE = "2069-3";
  private static final String CARBON_DIOXIDE = "20565-8";

  private final List<DefinitionJson> definitions = new ArrayList<>();

  private SyntheaFifty() {
    latest("systolic", SYSTOLIC, "mm[Hg]");
    latest("diastolic", DIASTOLIC, "mm[Hg]");
    latest("heart_rate", "8867-4", "/min");
    latest("respiratory_rate", "9279-1", "/min");
    latest("weight", WEIGHT, "kg");
    latest("height", "8302-2", "cm");
    latest("bmi", "39156-5", "kg/m2");
    latest("glucose", GLUCOSE, "mg/dL");
    latest("urea_nitrogen", "6299-2", "mg/dL");
    latest("creatinine", CREATININE, "mg/dL");
    latest("calcium", "49765-1", "mg/dL");
    latest("sodium", SODIUM, "mmol/L");
    latest("potassium", POTASSIUM, "mmol/L");
    latest("chloride", CHLORIDE, "mmol/L");
    latest("hba1c", "4548-4", "%");
    latest("cholesterol", "2093-3", "mg/dL");
    latest("hdl", "2085-9", "mg/dL");
    latest("ldl", "18262-6", "mg/dL");
    latest("triglycerides", "2571-8", "mg/dL");
    for (String operator : List.of("mean", "min", "max", "first")) {
      of("systolic_" + operator, operator, "mm[Hg]", SYSTOLIC).within(1, "a");
      of("systolic_" + operator + "_2a", operator, "mm[Hg]", SYSTOLIC).within(2, "a");
    }
    of("diastolic_mean", "mean", "mm[Hg]", DIASTOLIC).within(1, "a");
    of("glucose_max", "max", "mg/dL", GLUCOSE).within(2, "a");
    of("weight_median", "median", "kg", WEIGHT).within(2, "a");
    of("weight_sd", "standard-deviation", "kg", WEIGHT).within(5, "a");
    of("systolic_weighted", "time-weighted-mean", "mm[Hg]", SYSTOLIC).within(2, "a");
    of("creatinine_before", "nth-latest", "mg/dL", CREATININE).nth(2);
    of("creatinine_change", "delta", "mg/dL", CREATININE).coded("baseline", "first").within(2, "a");
    of("weight_change", "delta", "kg", WEIGHT).coded("baseline", "previous");
    in("sodium_slope", "slope", "mmol/L/mo", SODIUM).within(3, "a");
    in("carbon_dioxide_slope", "slope", "mmol/L/mo", CARBON_DIOXIDE).within(5, "a");
    in("chloride_variation", "coefficient-of-variation", "%", CHLORIDE).within(5, "a");
    in("potassium_in_range", "time-in-range", "%", POTASSIUM).range(3, 5).within(2, "a");
    of("glucose_count", "count", "1", GLUCOSE).within(1, "a");
    of("pressure_count", "count", "1", SYSTOLIC).within(6, "mo");
    of("since_glucose", "time-since", "d", GLUCOSE);
    of("since_first_weight", "time-since-first", "a", WEIGHT);
    one("diabetes", "active", "1").reads("Condition", SNOMED, "44054006");
    one("hypertension", "active", "1").reads("Condition", SNOMED, "59621000");
    one("lisinopril", "exists", "1").reads("MedicationRequest", RXNORM, "314076").within(1, "a");
    one("amlodipine", "exists", "1").reads("MedicationRequest", RXNORM, "308136").within(1, "a");
    one("age", "age", "a");
    one("sex", "sex", "1");
    one("non_hdl", "derived", "mg/dL").of("cholesterol - hdl", "cholesterol", "hdl");
  }

  static List<ObjectNode> definitions() {
    return new SyntheaFifty().definitions.stream().map(DefinitionJson::json).toList();
  }

  /** The set with all of them as members. */
  static ObjectNode set(List<ObjectNode> definitions) {
    return DefinitionJson.set(BASE, "fifty", definitions);
  }

  private void latest(String name, String code, String unit) {
    of(name, "latest", unit, code).within(3, "a");
  }

  private DefinitionJson in(String name, String operator, String unit, String code) {
    return of(name, operator, unit, code).coded("value-unit", "mmol/L");
  }

  private DefinitionJson of(String name, String operator, String unit, String code) {
    return one(name, operator, unit).reads("Observation", LOINC, code);
  }

  private DefinitionJson one(String name, String operator, String unit) {
    DefinitionJson definition = new DefinitionJson(BASE, name, operator, unit);
    definitions.add(definition);
    return definition;
  }
}
