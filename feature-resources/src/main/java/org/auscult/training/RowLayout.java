package org.auscult.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auscult.feature.ResolvedFeature;
import org.auscult.feature.ResolvedFeatureSet;

/**
 * The columns of a data set's rows: who and when, the label, and the features in tensor order.
 *
 * @param isLabelled whether there is an outcome
 * @param hasReasons whether each feature is followed by the reason why it is missing
 */
public record RowLayout(ResolvedFeatureSet set, boolean isLabelled, boolean hasReasons) {
  /** What follows a feature's name in the column of its reasons. */
  public static final String REASON = "__missing";

  private static final Set<String> OWN =
      Set.of("patient", "encounter", "index_time", "split", "label", "label_status", "label_time");

  /** The columns, in order. */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("patient", Column.Type.TEXT));
    columns.add(new Column("encounter", Column.Type.TEXT));
    columns.add(new Column("index_time", Column.Type.TIME));
    columns.add(new Column("split", Column.Type.TEXT));
    if (isLabelled) {
      columns.add(new Column("label", Column.Type.NUMBER));
      columns.add(new Column("label_status", Column.Type.TEXT));
      columns.add(new Column("label_time", Column.Type.TIME));
    }
    for (ResolvedFeature feature : set.features()) {
      columns.add(new Column(feature.definition().name(), Column.Type.NUMBER));
      if (hasReasons) {
        columns.add(new Column(feature.definition().name() + REASON, Column.Type.TEXT));
      }
    }
    return columns;
  }

  /** Names of features that a column of ours has already, in order. */
  public static Set<String> collisions(ResolvedFeatureSet set) {
    Set<String> names =
        set.features().stream()
            .map(feature -> feature.definition().name())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> collisions = new TreeSet<>(names);
    collisions.removeIf(
        name ->
            !OWN.contains(name)
                && !(name.endsWith(REASON)
                    && names.contains(name.substring(0, name.length() - REASON.length()))));
    return collisions;
  }
}
