package org.auscult.model;

import java.util.List;
import java.util.Objects;
import org.auscult.feature.Lookback;
import org.auscult.timeline.Code;
import org.jspecify.annotations.Nullable;

/**
 * One output of a model.
 *
 * @param title for people: {@code cardiovascular disease}
 * @param unit UCUM; {@code 1} for a probability
 * @param horizon how far ahead a probability looks; null for a value of now
 * @param code what a value is, such as a LOINC code; null if it has none
 * @param part whether it is one of the parts that a score's total is the sum of
 * @param bands of a score's total, the first that holds stands; empty for anything else
 * @param outcome {@code url|version} of the definition that says whether it came to pass; null if
 *     its outcomes are not observed
 */
public record ModelOutput(
    String name,
    String title,
    String unit,
    @Nullable Lookback horizon,
    @Nullable Code code,
    boolean part,
    List<Band> bands,
    @Nullable String outcome) {
  public ModelOutput {
    Objects.requireNonNull(name);
    Objects.requireNonNull(title);
    Objects.requireNonNull(unit);
    bands = List.copyOf(bands);
  }

  /** An output whose outcomes are not observed. */
  public ModelOutput(
      String name,
      String title,
      String unit,
      @Nullable Lookback horizon,
      @Nullable Code code,
      boolean part,
      List<Band> bands) {
    this(name, title, unit, horizon, code, part, bands, null);
  }

  /** The same, of an output that is no points. */
  public ModelOutput(
      String name, String title, String unit, @Nullable Lookback horizon, @Nullable Code code) {
    this(name, title, unit, horizon, code, false, List.of());
  }
}
