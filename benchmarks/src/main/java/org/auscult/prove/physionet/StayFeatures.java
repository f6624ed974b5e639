package org.auscult.prove.physionet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.auscult.prove.DefinitionJson;

/** The features of a stay as a client posts them: the latest of each variable, and courses. */
final class StayFeatures {
  static final String BASE = "https://example.org/physionet-2012/Library/";
  static final String SET = BASE + "hourly|1.0.0";

  private final List<DefinitionJson> definitions = new ArrayList<>();

  private StayFeatures() {
    for (Variable variable : Variable.values()) {
      of(latest(variable), "latest", variable.unit(), variable);
    }
    of("creatinine_si", "latest", "umol/L", Variable.CREATININE);
    of("glucose_si", "latest", "mmol/L", Variable.GLUCOSE);
    of("temp_f", "latest", "[degF]", Variable.TEMP);
    of("hr_mean", "mean", "/min", Variable.HR).within(24, "h");
    of("hr_sd", "standard-deviation", "/min", Variable.HR).within(24, "h");
    of("hr_cv", "coefficient-of-variation", "%", Variable.HR)
        .coded("value-unit", "/min")
        .within(24, "h");
    of("hr_arv", "average-real-variability", "/min", Variable.HR).within(24, "h");
    of("hr_rmssd", "successive-differences", "/min", Variable.HR).within(24, "h");
    of("hr_per_hour", "rate", "/h", Variable.HR).within(24, "h");
    of("sys_min", "min", "mm[Hg]", Variable.SYS_ABP).within(12, "h");
    of("temp_max", "max", "Cel", Variable.TEMP).within(24, "h");
    of("map_median", "median", "mm[Hg]", Variable.MAP).within(12, "h");
    of("map_weighted", "time-weighted-mean", "mm[Hg]", Variable.MAP).within(24, "h");
    of("glucose_in_range", "time-in-range", "%", Variable.GLUCOSE)
        .coded("value-unit", "mg/dL")
        .range(70, 180)
        .within(24, "h");
    of("urine_count", "count", "1", Variable.URINE).within(12, "h");
    of("ventilated", "exists", "1", Variable.MECH_VENT).within(24, "h");
    of("gcs_first", "first", "{score}", Variable.GCS);
    of("gcs_before", "nth-latest", "{score}", Variable.GCS).nth(2);
    of("creatinine_rise", "delta", "mg/dL", Variable.CREATININE).coded("baseline", "first");
    of("platelets_change", "percent-change", "%", Variable.PLATELETS)
        .coded("value-unit", "10*3/uL")
        .coded("baseline", "mean");
    of("lactate_slope", "slope", "mmol/L/h", Variable.LACTATE)
        .coded("value-unit", "mmol/L")
        .within(24, "h");
    of("lactate_now", "intercept", "mmol/L", Variable.LACTATE).within(24, "h");
    of("since_lactate", "time-since", "h", Variable.LACTATE);
    add("shock_index", "derived", "/min/mm[Hg]")
        .of(
            latest(Variable.HR) + " / " + latest(Variable.SYS_ABP),
            latest(Variable.HR),
            latest(Variable.SYS_ABP));
    add("age", "age", "a");
    add("sex", "sex", "1");
  }

  /** The name of the feature that is a variable's last value. */
  static String latest(Variable variable) {
    return variable.inFile().toLowerCase(Locale.ROOT) + "_latest";
  }

  static List<ObjectNode> definitions() {
    return new StayFeatures().definitions.stream().map(DefinitionJson::json).toList();
  }

  static ObjectNode set(List<ObjectNode> definitions) {
    return DefinitionJson.set(BASE, "hourly", definitions);
  }

  private DefinitionJson of(String name, String operator, String unit, Variable variable) {
    return add(name, operator, unit).reads("Observation", variable.system(), variable.code());
  }

  private DefinitionJson add(String name, String operator, String unit) {
    DefinitionJson definition = new DefinitionJson(BASE, name, operator, unit);
    definitions.add(definition);
    return definition;
  }
}
