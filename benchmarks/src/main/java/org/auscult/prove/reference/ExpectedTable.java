package org.auscult.prove.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * What another program computed: a CSV file with the features' names on top.
 *
 * @param features names in the file's order
 */
record ExpectedTable(List<String> features, List<Row> rows) {
  private static final int BEFORE_FEATURES = 3;

  /**
   * One question with its answers.
   *
   * @param knownAt empty if it is the index time
   */
  record Row(String patient, String at, String knownAt, Map<String, Cell> cells) {}

  static ExpectedTable read(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      String[] heads = lines.readLine().split(",", -1);
      List<String> features = List.of(heads).subList(BEFORE_FEATURES, heads.length);
      List<Row> rows = new ArrayList<>();
      lines.lines().forEach(line -> rows.add(row(features, line.split(",", -1))));
      return new ExpectedTable(features, rows);
    } catch (UncheckedIOException e) {
      throw new IOException(file + " cannot be read", e);
    }
  }

  private static Row row(List<String> features, String[] cells) {
    if (cells.length != BEFORE_FEATURES + features.size()) {
      throw new IllegalArgumentException("A row has " + cells.length + " cells");
    }
    List<String> values = Arrays.asList(cells).subList(BEFORE_FEATURES, cells.length);
    Map<String, Cell> byName = new LinkedHashMap<>();
    for (int i = 0; i < features.size(); i++) {
      byName.put(features.get(i), Cell.parse(values.get(i)));
    }
    return new Row(cells[0], cells[1], cells[2], byName);
  }
}
