package org.auscult.feature;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.auscult.timeline.AsOf;

/**
 * The values of a feature set for one patient as of one time, in tensor order.
 *
 * @param featureSet {@code url|version}
 * @param epoch the patient's epoch from which it was read; replay by it gives the same vector
 */
public record FeatureVector(
    String featureSet, String patient, AsOf asOf, long epoch, List<Entry> entries) {
  public FeatureVector {
    Objects.requireNonNull(featureSet);
    Objects.requireNonNull(patient);
    Objects.requireNonNull(asOf);
    entries = List.copyOf(entries);
  }

  /**
   * One feature's value.
   *
   * @param definition {@code url|version}
   */
  public record Entry(String name, String definition, String title, FeatureValue value) {
    public Entry {
      Objects.requireNonNull(name);
      Objects.requireNonNull(definition);
      Objects.requireNonNull(title);
      Objects.requireNonNull(value);
    }
  }

  public Optional<Entry> entry(String name) {
    return entries.stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** The value of a feature by name. */
  public Optional<FeatureValue> value(String name) {
    return entry(name).map(Entry::value);
  }
}
