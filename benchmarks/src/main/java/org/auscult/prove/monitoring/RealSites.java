package org.auscult.prove.monitoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.auscult.prove.NotRunException;

/**
 * The sites of two real data sets; each row is one patient's. The stays of PhysioNet 2012 that we
 * have do not tell their type of unit.
 */
final class RealSites {
  private static final List<String> HEART =
      List.of(
          "age",
          "sex",
          "cp",
          "trestbps",
          "chol",
          "fbs",
          "restecg",
          "thalach",
          "exang",
          "oldpeak",
          "slope",
          "ca",
          "thal");
  private static final Set<String> HEART_NUMBERS =
      Set.of("age", "trestbps", "chol", "thalach", "oldpeak", "ca");
  private static final List<String> ENCOUNTER_NUMBERS =
      List.of(
          "time_in_hospital",
          "num_lab_procedures",
          "num_procedures",
          "num_medications",
          "number_outpatient",
          "number_emergency",
          "number_inpatient",
          "number_diagnoses");
  private static final List<String> ENCOUNTER_CATEGORIES =
      List.of("race", "gender", "age", "A1Cresult", "insulin", "change", "diabetesMed");
  private static final int FIFTHS = 5;

  private final Path data;

  RealSites(Path folder) throws NotRunException {
    data = folder.resolve("data");
    for (String set : List.of("heart-disease-uci", "diabetes-130")) {
      if (!Files.isDirectory(data.resolve(set))) {
        throw new NotRunException(
            "there is no " + data.resolve(set) + "; set AUSCULT_DATA to the test data");
      }
    }
  }

  private static BufferedReader unpacked(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }

  private static double number(String cell) {
    return cell.isEmpty() || cell.equals("?") ? Double.NaN : Double.parseDouble(cell);
  }

  private static String category(String cell) {
    return cell.equals("?") ? "" : cell;
  }

  /** Cleveland, Hungary or Switzerland. */
  Site heart(String name, String file) throws IOException {
    Site.Builder site = new Site.Builder();
    for (String line :
        Files.readAllLines(data.resolve("heart-disease-uci/processed." + file + ".data"))) {
      String[] cells = line.strip().split(",", -1);
      if (cells.length <= HEART.size()) {
        continue;
      }
      for (int i = 0; i < HEART.size(); i++) {
        double value = number(cells[i]);
        if (HEART_NUMBERS.contains(HEART.get(i))) {
          site.number(HEART.get(i), value);
        } else {
          site.category(HEART.get(i), Double.isNaN(value) ? "" : Double.toString(value));
        }
      }
      site.end(number(cells[HEART.size()]) > 0);
    }
    return site.build(name);
  }

  /** The first encounter of each patient, in the order of their numbers. */
  List<Map<String, String>> encounters() throws IOException {
    List<Map<String, String>> all = new ArrayList<>();
    try (BufferedReader lines = unpacked(data.resolve("diabetes-130/diabetic_data.csv.gz"))) {
      String[] names = lines.readLine().split(",", -1);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
          row.put(names[i], cells[i]);
        }
        all.add(row);
      }
    }
    all.sort(Comparator.comparingLong(row -> Long.parseLong(row.getOrDefault("encounter_id", ""))));
    Set<String> seen = new HashSet<>();
    all.removeIf(row -> !seen.add(row.getOrDefault("patient_nbr", "")));
    return all;
  }

  /** A fifth of the encounters, from 1. */
  static Site fifth(List<Map<String, String>> encounters, int which) {
    int n = encounters.size();
    return site(
        "encounters, fifth " + which,
        encounters.subList(n * (which - 1) / FIFTHS, n * which / FIFTHS));
  }

  /** The encounters of an admission source. */
  static Site source(List<Map<String, String>> encounters, String name, String code) {
    return site(
        name,
        encounters.stream()
            .filter(row -> row.getOrDefault("admission_source_id", "").equals(code))
            .toList());
  }

  private static Site site(String name, List<Map<String, String>> encounters) {
    Site.Builder site = new Site.Builder();
    for (Map<String, String> row : encounters) {
      ENCOUNTER_NUMBERS.forEach(
          column -> site.number(column, number(row.getOrDefault(column, ""))));
      ENCOUNTER_CATEGORIES.forEach(
          column -> site.category(column, category(row.getOrDefault(column, ""))));
      site.end(row.getOrDefault("readmitted", "").equals("<30"));
    }
    return site.build(name);
  }
}
