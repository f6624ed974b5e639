package org.auscult.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.DefinitionJson;

/**
 * The fifty features that are measured, as a client posts them: of each kind of operator as many as
 * a model of a hospital's has, on codes of their own, of which a {@link Person} has a hundred.
 */
final class FiftyFeatures {
  static final String SET = "https://example.org/bench/Library/fifty|1.0.0";

  private static final String BASE = "https://example.org/bench/Library/";
  private static final String LOINC = "http://loinc.org";
  private static final String OTHER = "https://auscult.org/bench/CodeSystem/measured";
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

  private final List<DefinitionJson> definitions = new ArrayList<>();
  private int next;

  private FiftyFeatures() {
    loinc("cholesterol", "latest", "mg/dL", "2093-3").within(5, "a");
    loinc("hdl", "latest", "mg/dL", "2085-9").within(5, "a");
    loinc("systolic", "latest", "mm[Hg]", "8480-6").within(1, "a");
    loinc("systolic_mean", "mean", "mm[Hg]", "8480-6").within(2, "a");
    loinc("bmi", "latest", "kg/m2", "39156-5").within(2, "a");
    loinc("egfr", "latest", "mL/min/{1.73_m2}", "98979-8").within(1, "a");
    loinc("smoking_asked", "exists", "1", "72166-2").within(5, "a");
    for (int i = 0; i < 16; i++) {
      other("latest").within(1 + i % 3, "a");
    }
    for (String operator : List.of("mean", "min", "max", "first")) {
      other(operator).within(1, "a");
      other(operator).within(2, "a");
    }
    other("median").within(2, "a");
    other("standard-deviation").within(5, "a");
    other("time-weighted-mean").within(1, "a");
    other("nth-latest").nth(2);
    other("delta").coded("baseline", "first").within(2, "a");
    other("delta").coded("baseline", "previous");
    other("slope", "mmol/L/d").coded("value-unit", "mmol/L").within(3, "a");
    other("slope", "mmol/L/mo").coded("value-unit", "mmol/L").within(5, "a");
    other("coefficient-of-variation", "%").coded("value-unit", "mmol/L").within(5, "a");
    other("time-in-range", "%").coded("value-unit", "mmol/L").range(20, 80).within(2, "a");
    other("count", "1").within(1, "a");
    other("count", "1").within(6, "mo");
    other("time-since", "d");
    other("time-since-first", "a");
    one("diabetes", "active", "1").reads("Condition", SNOMED, "44054006");
    one("statin", "exists", "1").reads("MedicationRequest", RXNORM, "83367").within(1, "a");
    one("age", "age", "a");
    one("sex", "sex", "1");
    one("non_hdl", "derived", "mg/dL").of("cholesterol - hdl", "cholesterol", "hdl");
  }

  static List<ObjectNode> definitions() {
    return new FiftyFeatures().definitions.stream().map(DefinitionJson::json).toList();
  }

  /** The set with all of them as members. */
  static ObjectNode set(List<ObjectNode> definitions) {
    return DefinitionJson.set(BASE, "fifty", definitions);
  }

  /** The code system of most of what they read. */
  static ObjectNode codeSystem() {
    return DefinitionJson.codeSystem(OTHER);
  }

  /** The codes that they read, of observations. */
  static List<String> codes(List<ObjectNode> definitions) {
    return definitions.stream()
        .map(d -> d.at("/dataRequirement/0"))
        .filter(r -> r.path("type").asText().equals("Observation"))
        .map(r -> r.at("/codeFilter/0/code/0/code").asText())
        .distinct()
        .toList();
  }

  private DefinitionJson loinc(String name, String operator, String unit, String code) {
    return one(name, operator, unit).reads("Observation", LOINC, code);
  }

  private DefinitionJson other(String operator) {
    return other(operator, "mmol/L");
  }

  private DefinitionJson other(String operator, String unit) {
    int number = next++;
    return one("f" + number + "_" + operator.replace('-', '_'), operator, unit)
        .reads("Observation", OTHER, "other-" + number);
  }

  private DefinitionJson one(String name, String operator, String unit) {
    DefinitionJson definition = new DefinitionJson(BASE, name, operator, unit);
    definitions.add(definition);
    return definition;
  }
}
