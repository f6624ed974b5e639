package org.auscult.server.synthetic;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a service made of a synthetic patient.
 *
 * @param status HTTP status
 * @param millis how long it took, in ms
 * @param failed models that failed, as {@code url|version}; sorted
 * @param scores by {@code url|version} of the model, a blank, and the output
 */
record SyntheticAnswer(
    int status, long millis, List<String> failed, SortedMap<String, Double> scores) {
  private static final int OK = 200;

  /** Models say the same number on each machine but for its last digits. */
  private static final double TOLERANCE = 1e-6;

  SyntheticAnswer {
    failed = List.copyOf(failed);
    scores = Collections.unmodifiableSortedMap(new TreeMap<>(scores));
  }

  /** Whether it was answered, and no model failed. */
  boolean isSound() {
    return status == OK && failed.isEmpty();
  }

  /**
   * Whether this score can be judged: one that was told, or one that was not though all is sound.
   */
  boolean judges(String score) {
    return isSound() || scores.containsKey(score);
  }

  /** The scores of before that are other ones now, or none; of those that can be judged. */
  List<String> otherThan(SortedMap<String, Double> before) {
    return before.entrySet().stream()
        .filter(score -> judges(score.getKey()))
        .filter(score -> !isSame(score.getValue(), scores.get(score.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isSame(double one, @Nullable Double other) {
    return other != null && Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one));
  }
}
