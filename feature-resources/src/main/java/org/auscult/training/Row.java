package org.auscult.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.auscult.feature.FeatureValue.Missing;
import org.auscult.feature.FeatureValue.Present;
import org.auscult.feature.FeatureVector;
import org.jspecify.annotations.Nullable;

/**
 * One patient as of one index time.
 *
 * @param label null in a data set without an outcome
 */
public record Row(
    String patient, IndexTime index, Part part, FeatureVector vector, @Nullable Label label) {
  public Row {
    Objects.requireNonNull(patient);
    Objects.requireNonNull(index);
    Objects.requireNonNull(part);
    Objects.requireNonNull(vector);
  }

  /** The row's cells, in the order of {@link RowLayout#columns}. */
  public List<@Nullable Object> cells(RowLayout layout) {
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(patient);
    cells.add(index.encounter());
    cells.add(index.at());
    cells.add(part.code());
    if (layout.isLabelled()) {
      cells.add(label == null ? null : label.value());
      cells.add(label == null ? null : label.status());
      cells.add(label == null ? null : label.time());
    }
    for (FeatureVector.Entry entry : vector.entries()) {
      cells.add(entry.value() instanceof Present present ? (Double) present.value() : null);
      if (layout.hasReasons()) {
        cells.add(entry.value() instanceof Missing missing ? missing.reason().code() : null);
      }
    }
    return cells;
  }
}
