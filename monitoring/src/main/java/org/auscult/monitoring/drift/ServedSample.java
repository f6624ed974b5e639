package org.auscult.monitoring.drift;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one version of a model was given, and what it said, over a stretch of time: a row for the
 * first prediction of each patient for whom the model is. It names no patient, and its order tells
 * nothing.
 *
 * @param predictions how often it was asked
 * @param repeated of these, how often about a patient who has a row already
 * @param notEligible of these, how often about somebody for whom it is not
 * @param patients how many rows there were before some were drawn
 * @param volume by day, how often it was asked
 * @param features what it was given, in the order of its feature set
 * @param outputs what it said; missing where it did not
 */
public record ServedSample(
    long predictions,
    long repeated,
    long notEligible,
    long patients,
    SortedMap<LocalDate, Long> volume,
    List<ServedColumn> features,
    List<ServedColumn> outputs) {
  public ServedSample {
    volume = Collections.unmodifiableSortedMap(new TreeMap<>(volume));
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
    int rows = size(features);
    if (features.stream().anyMatch(column -> column.values().size() != rows)
        || outputs.stream().anyMatch(column -> column.values().size() != rows)) {
      throw new IllegalArgumentException("All columns have as many rows");
    }
  }

  private static int size(List<ServedColumn> features) {
    return features.isEmpty() ? 0 : features.get(0).values().size();
  }

  /** How many rows there are. */
  public int rows() {
    return size(features);
  }

  /** A feature by its name. */
  public Optional<ServedColumn> feature(String name) {
    return find(features, name);
  }

  /** An output by its name. */
  public Optional<ServedColumn> output(String name) {
    return find(outputs, name);
  }

  private static Optional<ServedColumn> find(List<ServedColumn> columns, String name) {
    Objects.requireNonNull(name);
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
