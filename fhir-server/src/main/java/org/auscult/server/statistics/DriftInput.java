package org.auscult.server.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.auscult.statistics.sample.Categories;
import org.auscult.statistics.sample.Numbers;

/** The columns of a file, each as numbers and as categories, as far as it can be either. */
final class DriftInput {
  /** More different values than this are no categories. */
  static final int MOST_CATEGORIES = 1_000;

  private final Map<String, Column> columns;
  private final long rows;
  private final DrawnRows drawn;

  private DriftInput(Map<String, Column> columns, long rows, DrawnRows drawn) {
    this.columns = columns;
    this.rows = rows;
    this.drawn = drawn;
  }

  /** One column. */
  static final class Column {
    private final Numbers.Builder numbers = Numbers.builder();
    private final Map<String, Long> counts = new HashMap<>();
    private long missing;
    private boolean areNumbers = true;
    private boolean areCategories = true;

    private void add(String cell) {
      if (cell.isEmpty()) {
        missing++;
        numbers.addMissing();
        return;
      }
      if (areNumbers && CsvRows.isNumber(cell)) {
        numbers.add(Double.parseDouble(cell));
      } else if (areNumbers) {
        areNumbers = false;
        numbers.build();
      }
      if (areCategories) {
        counts.merge(cell, 1L, Long::sum);
        if (counts.size() > MOST_CATEGORIES) {
          areCategories = false;
          counts.clear();
        }
      }
    }

    /** Whether every cell is a number or empty. */
    boolean areNumbers() {
      return areNumbers;
    }

    /** Whether there are no more than {@value #MOST_CATEGORIES} different values. */
    boolean areCategories() {
      return areCategories;
    }

    Numbers numbers() {
      return numbers.build();
    }

    Categories categories() {
      return Categories.of(counts, missing);
    }
  }

  /**
   * Reads a file; {@code -} for the standard input.
   *
   * @param only the columns to read; empty for all
   * @param without those not to read, of all
   * @param sample how many rows to keep, and by which seed
   */
  static DriftInput read(String file, List<String> only, Set<String> without, Sample sample)
      throws IOException {
    try (CsvRows rows = CsvRows.open(file)) {
      List<String> names =
          only.isEmpty()
              ? rows.columns().stream().filter(name -> !without.contains(name)).toList()
              : only.stream().distinct().toList();
      if (names.isEmpty()) {
        throw new CsvProblem(file + ": no column is left to be compared; see --without");
      }
      Map<String, Column> columns = new LinkedHashMap<>();
      int[] places = new int[names.size()];
      for (int i = 0; i < places.length; i++) {
        places[i] = rows.place(names.get(i));
        columns.put(names.get(i), new Column());
      }
      List<Column> inOrder = List.copyOf(columns.values());
      DrawnRows drawn = new DrawnRows(names, sample.rows(), sample.seed());
      rows.each(
          row -> {
            List<String> cells = cells(row, places);
            for (int i = 0; i < places.length; i++) {
              inOrder.get(i).add(cells.get(i));
            }
            drawn.add(cells);
          });
      return new DriftInput(columns, rows.rows(), drawn);
    }
  }

  /** Rows that are drawn. */
  record Sample(int rows, long seed) {}

  private static List<String> cells(CSVRecord row, int[] places) {
    List<String> cells = new ArrayList<>(places.length);
    for (int place : places) {
      cells.add(row.get(place).strip());
    }
    return cells;
  }

  Map<String, Column> columns() {
    return columns;
  }

  long rows() {
    return rows;
  }

  /** Some of the rows, drawn. */
  DrawnRows drawn() {
    return drawn;
  }
}
