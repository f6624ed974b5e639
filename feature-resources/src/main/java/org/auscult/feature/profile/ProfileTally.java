package org.auscult.feature.profile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.feature.FeatureValue;
import org.auscult.feature.MissingReason;
import org.auscult.feature.ResolvedFeature;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.auscult.timeline.FactValue;
import org.auscult.timeline.PatientSnapshot;
import org.auscult.timeline.ResourceKind;

/**
 * Counts the values of one feature of a cohort, and the units and codes that the record holds of
 * it, of all and by site. Give all of one patient before the next. Threads: not safe.
 */
public final class ProfileTally {
  private final ResolvedFeature feature;
  private final Part all = new Part();
  private final SortedMap<String, Part> sites = new TreeMap<>();

  public ProfileTally(ResolvedFeature feature) {
    this.feature = feature;
  }

  /** What was counted of one site, or of all. */
  public static final class Part {
    private final Patients seen = new Patients();
    private final Patients present = new Patients();
    private final Map<MissingReason, Patients> missing = new EnumMap<>(MissingReason.class);
    private final SortedMap<String, Patients> units = new TreeMap<>();
    private final SortedMap<String, Patients> codes = new TreeMap<>();
    private final List<Distribution.Value> values = new ArrayList<>();

    /** Of whom, and how often, the feature was asked. */
    public Patients seen() {
      return seen;
    }

    /** Those with a value. */
    public Patients present() {
      return present;
    }

    /** Those without one, by its reason. */
    public Map<MissingReason, Patients> missing() {
      return missing;
    }

    /** Those of whom the record holds a measured fact of its codes in such a unit. */
    public SortedMap<String, Patients> units() {
      return units;
    }

    /** Those of whom the record holds a fact with such a code, as {@code system|code}. */
    public SortedMap<String, Patients> codes() {
      return codes;
    }

    /** The values, in no particular order. */
    public List<Distribution.Value> values() {
      return List.copyOf(values);
    }

    private void add(int patient, FeatureValue value) {
      seen.add(patient);
      if (value instanceof FeatureValue.Present number) {
        present.add(patient);
        values.add(new Distribution.Value(patient, number.value()));
      } else if (value instanceof FeatureValue.Missing none) {
        missing.computeIfAbsent(none.reason(), r -> new Patients()).add(patient);
      }
    }
  }

  public ResolvedFeature feature() {
    return feature;
  }

  public Part all() {
    return all;
  }

  /** By the name of the site. */
  public SortedMap<String, Part> sites() {
    return sites;
  }

  /** Counts a value of a patient at one time. */
  public void add(int patient, String site, FeatureValue value) {
    all.add(patient, value);
    sites.computeIfAbsent(site, s -> new Part()).add(patient, value);
  }

  /**
   * Counts what the record holds of the feature's codes as of a time, whether the feature reads it
   * or not: what is outside of the window or in a foreign unit too.
   */
  public void met(int patient, String site, PatientSnapshot record) {
    ResourceKind kind = feature.definition().kind();
    if (kind == null) {
      return;
    }
    Part ofSite = sites.computeIfAbsent(site, s -> new Part());
    for (Fact fact : record.facts(kind, feature.codes())) {
      for (Part part : List.of(all, ofSite)) {
        if (fact.value() instanceof FactValue.Measured measured) {
          count(part.units, measured.original().unit(), patient);
        }
        for (Code code : fact.codes()) {
          if (feature.codes().contains(code)) {
            count(part.codes, code.system() + "|" + code.code(), patient);
          }
        }
      }
    }
  }

  private static void count(Map<String, Patients> table, String key, int patient) {
    table.computeIfAbsent(key, k -> new Patients()).add(patient);
  }
}
