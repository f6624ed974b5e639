package org.auscult.server.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** All columns of some patients' rows, each row with how often it stands there. */
final class RowBag {
  private static final int EXAMPLES = 10;
  private static final List<String> COLUMNS =
      Arrays.stream(FactRows.COLUMNS.split(",")).map(String::trim).toList();

  private final Map<List<@Nullable Object>, Integer> counts = new HashMap<>();
  private int size;

  static RowBag read(JdbcTemplate jdbc, Collection<String> patients) {
    RowBag bag = new RowBag();
    jdbc.query(
        "select "
            + FactRows.COLUMNS
            + " from clinical_fact where patient in ("
            + Ledger.places(patients)
            + ")",
        row -> {
          List<@Nullable Object> values = new ArrayList<>();
          for (String column : COLUMNS) {
            values.add(value(row, column));
          }
          bag.add(values);
        },
        patients.toArray());
    return bag;
  }

  /** A number as such: as text PostgreSQL's driver writes the same one in two ways. */
  private static @Nullable Object value(ResultSet row, String column) throws SQLException {
    Object value = row.getObject(column);
    // H2 gives long texts as Clob.
    return value instanceof Number ? value : row.getString(column);
  }

  private void add(List<@Nullable Object> row) {
    counts.merge(row, 1, Integer::sum);
    size++;
  }

  int size() {
    return size;
  }

  int differences(RowBag other) {
    return only(other).size() + other.only(this).size();
  }

  /** Which row differs in which columns; ids only, so that it may be shown and logged. */
  List<String> examples(RowBag rebuilt) {
    List<List<@Nullable Object>> gone = only(rebuilt);
    List<List<@Nullable Object>> come = rebuilt.only(this);
    List<String> examples = new ArrayList<>();
    gone.stream().limit(EXAMPLES).forEach(row -> examples.add(name(row) + closest(row, come)));
    come.stream()
        .filter(row -> gone.stream().noneMatch(g -> name(g).equals(name(row))))
        .limit(EXAMPLES)
        .forEach(row -> examples.add(name(row) + " rebuilt only"));
    return examples;
  }

  private static String closest(
      List<@Nullable Object> row, List<List<@Nullable Object>> candidates) {
    return candidates.stream()
        .filter(c -> name(c).equals(name(row)))
        .map(c -> unequal(row, c))
        .min(Comparator.comparingInt(List::size))
        .map(columns -> " differs in " + String.join(", ", columns))
        .orElse(" live only");
  }

  private static List<String> unequal(List<@Nullable Object> one, List<@Nullable Object> other) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < COLUMNS.size(); i++) {
      if (!Objects.equals(one.get(i), other.get(i))) {
        columns.add(COLUMNS.get(i));
      }
    }
    return columns;
  }

  private static String name(List<@Nullable Object> row) {
    StringBuilder name = new StringBuilder();
    for (String column : List.of("source_kind", "source_id", "source_version", "slot", "coding")) {
      name.append(name.isEmpty() ? "" : "/").append(row.get(COLUMNS.indexOf(column)));
    }
    return name.toString();
  }

  private List<List<@Nullable Object>> only(RowBag other) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    counts.forEach(
        (row, count) -> {
          for (int i = other.counts.getOrDefault(row, 0); i < count; i++) {
            rows.add(row);
          }
        });
    return rows;
  }
}
