package org.auscult.server.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file (RFC 4180, UTF-8, a line of names first), one after the other: it never
 * holds more than one of them.
 */
final class CsvRows implements AutoCloseable {
  private final String name;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> columns;
  private final Map<String, Integer> places = new HashMap<>();
  private long rows;

  private CsvRows(String name, Reader reader) throws IOException {
    this.name = name;
    parser = CSVFormat.RFC4180.parse(reader);
    records = parser.iterator();
    columns = names();
  }

  /**
   * Opens a file.
   *
   * @param file {@code -} for the standard input
   * @throws CsvProblem if there is none, or it has no line of names, or one name twice
   */
  static CsvRows open(String file) throws IOException {
    if (file.equals("-")) {
      return new CsvRows(
          "standard input",
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }
    try {
      return new CsvRows(file, Files.newBufferedReader(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new CsvProblem(file + ": there is no such file");
    }
  }

  private List<String> names() throws IOException {
    CSVRecord first = next();
    if (first == null) {
      throw new CsvProblem(name + ": it is empty; a line with the names of the columns is needed");
    }
    List<String> names = new ArrayList<>();
    for (String written : first) {
      // What some spreadsheets write before everything.
      String column =
          names.isEmpty() && written.startsWith("\uFEFF") ? written.substring(1) : written;
      if (places.put(column, names.size()) != null) {
        throw new CsvProblem(name + ", line 1: the column '" + column + "' is there twice");
      }
      names.add(column);
    }
    return names;
  }

  private @Nullable CSVRecord next() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new CsvProblem(
          name + ", line " + parser.getCurrentLineNumber() + ": it is no CSV: " + e.getMessage());
    }
  }

  /** The columns, in their order. */
  List<String> columns() {
    return List.copyOf(columns);
  }

  /** Whether there is a column of this name. */
  boolean has(String column) {
    return places.containsKey(column);
  }

  /**
   * Where a column is.
   *
   * @throws CsvProblem if there is none of this name; it says which there are
   */
  int place(String column) throws CsvProblem {
    Integer place = places.get(column);
    if (place == null) {
      throw new CsvProblem(
          name + ": there is no column '" + column + "'; there are: " + String.join(", ", columns));
    }
    return place;
  }

  /** What each row is told to. */
  interface Row {
    void read(CSVRecord row) throws CsvProblem;
  }

  /** Reads all rows; empty lines are passed over. */
  void each(Row reader) throws IOException {
    for (CSVRecord row = next(); row != null; row = next()) {
      if (row.size() == 1 && row.get(0).isEmpty() && columns.size() > 1) {
        continue;
      }
      if (row.size() != columns.size()) {
        throw new CsvProblem(
            name
                + ", line "
                + line()
                + ": "
                + row.size()
                + " cells, but "
                + columns.size()
                + " columns");
      }
      rows++;
      reader.read(row);
    }
  }

  /** Rows that were read. */
  long rows() {
    return rows;
  }

  private long line() {
    return Math.max(1, parser.getCurrentLineNumber());
  }

  /** That a cell of the row that is being read is wrong. */
  CsvProblem problem(int place, String cell, String what) {
    return new CsvProblem(
        "%s, line %d, column '%s': '%s' %s"
            .formatted(name, line(), columns.get(place), shortened(cell), what));
  }

  private static String shortened(String cell) {
    return cell.length() <= 40 ? cell : cell.substring(0, 40) + "...";
  }

  /** The finite number of a cell, as decimals, with an exponent perhaps. */
  double number(CSVRecord row, int place) throws CsvProblem {
    String cell = row.get(place).strip();
    if (!isNumber(cell)) {
      throw problem(place, cell, "is no number");
    }
    return Double.parseDouble(cell);
  }

  /** Whether this is a finite decimal number; Java's own reading takes more, such as 1d and NaN. */
  static boolean isNumber(String cell) {
    if (cell.isEmpty()) {
      return false;
    }
    for (int i = 0; i < cell.length(); i++) {
      if ("0123456789+-.eE".indexOf(cell.charAt(i)) < 0) {
        return false;
      }
    }
    try {
      return Double.isFinite(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
