package org.auscult.prove.physionet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.auscult.prove.physionet.StayFile.Line;
import org.auscult.prove.physionet.StayFile.Stay;

/**
 * A stay's numbers, hour by hour, computed from the file's lines by plain loops: what the features
 * of {@link StayFeatures} of the same names mean, said a second time.
 *
 * <p>Times: minutes since admission. Missing: NaN.
 */
final class HourlyTable {
  private static final double HOUR = 60;
  private static final int DAY = 24 * 60;
  private static final int HALF_DAY = 12 * 60;

  /** A course of one variable, in order; of equal times the file's order. */
  private record Course(double[] minutes, double[] values) {
    int size() {
      return values.length;
    }

    double last() {
      return size() == 0 ? Double.NaN : values[size() - 1];
    }

    double sum() {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum;
    }

    double mean() {
      return size() == 0 ? Double.NaN : sum() / size();
    }
  }

  private final Map<String, Course> courses = new HashMap<>();
  private double age = Double.NaN;
  private double female = Double.NaN;

  HourlyTable(Stay stay) {
    Map<String, List<Line>> lines = new HashMap<>();
    for (Line line : stay.lines()) {
      lines.computeIfAbsent(line.variable(), v -> new ArrayList<>()).add(line);
    }
    // What stands there twice is what it was the last time.
    last(lines, "Age").ifPresent(years -> age = Double.parseDouble(years));
    last(lines, "Gender")
        .filter(gender -> !gender.equals("-1"))
        .ifPresent(gender -> female = gender.equals("0") ? 1 : 0);
    lines.forEach((variable, of) -> courses.put(variable, course(variable, of)));
  }

  private static Optional<String> last(Map<String, List<Line>> lines, String variable) {
    List<Line> found = lines.getOrDefault(variable, List.of());
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1).value());
  }

  private static Course course(String variable, List<Line> lines) {
    boolean isGeneral = variable.equals("Height") || variable.equals("Weight");
    List<Line> recorded =
        lines.stream()
            .filter(line -> !(isGeneral && new BigDecimal(line.value()).signum() < 0))
            .sorted(Comparator.comparingInt(Line::minute))
            .toList();
    return new Course(
        recorded.stream().mapToDouble(Line::minute).toArray(),
        recorded.stream().mapToDouble(line -> Double.parseDouble(line.value())).toArray());
  }

  /** All numbers of one moment, by the features' names. */
  Map<String, Double> at(int minute) {
    Map<String, Double> row = new LinkedHashMap<>();
    for (Variable variable : Variable.values()) {
      row.put(StayFeatures.latest(variable), until(variable.inFile(), minute).last());
    }
    row.put("creatinine_si", 10_000 * until("Creatinine", minute).last() / 113.12);
    row.put("glucose_si", 10 * until("Glucose", minute).last() / 180.16);
    row.put("temp_f", until("Temp", minute).last() * 9 / 5 + 32);
    Course hr = within("HR", minute, DAY);
    row.put("hr_mean", hr.mean());
    row.put("hr_sd", deviation(hr));
    row.put("hr_cv", 100 * deviation(hr) / Math.abs(hr.mean()));
    row.put("hr_arv", steps(hr, false));
    row.put("hr_rmssd", steps(hr, true));
    row.put("hr_per_hour", hr.size() / 24.0);
    row.put(
        "sys_min",
        Arrays.stream(within("SysABP", minute, HALF_DAY).values()).min().orElse(Double.NaN));
    row.put(
        "temp_max", Arrays.stream(within("Temp", minute, DAY).values()).max().orElse(Double.NaN));
    row.put("map_median", median(within("MAP", minute, HALF_DAY)));
    row.put("map_weighted", weighted(within("MAP", minute, DAY), minute));
    row.put("glucose_in_range", share(within("Glucose", minute, DAY), minute, 70, 180));
    row.put("urine_count", (double) within("Urine", minute, HALF_DAY).size());
    row.put("ventilated", within("MechVent", minute, DAY).size() > 0 ? 1.0 : 0.0);
    Course gcs = until("GCS", minute);
    row.put("gcs_first", gcs.size() == 0 ? Double.NaN : gcs.values()[0]);
    row.put("gcs_before", gcs.size() < 2 ? Double.NaN : gcs.values()[gcs.size() - 2]);
    Course creatinine = until("Creatinine", minute);
    row.put(
        "creatinine_rise",
        creatinine.size() < 2 ? Double.NaN : creatinine.last() - creatinine.values()[0]);
    row.put("platelets_change", change(until("Platelets", minute)));
    double[] line = line(within("Lactate", minute, DAY), minute);
    row.put("lactate_slope", line[0]);
    row.put("lactate_now", line[1]);
    Course lactate = until("Lactate", minute);
    row.put(
        "since_lactate",
        lactate.size() == 0 ? Double.NaN : (minute - lactate.minutes()[lactate.size() - 1]) / HOUR);
    row.put("shock_index", until("HR", minute).last() / until("SysABP", minute).last());
    row.put("age", age);
    row.put("sex", female);
    return row;
  }

  private Course until(String variable, int minute) {
    return between(variable, Double.NEGATIVE_INFINITY, minute);
  }

  private Course within(String variable, int minute, int length) {
    return between(variable, minute - length, minute);
  }

  /** After the beginning, up to and with the end. */
  private Course between(String variable, double beginning, double end) {
    Course whole = courses.getOrDefault(variable, new Course(new double[0], new double[0]));
    int from = 0;
    while (from < whole.size() && whole.minutes()[from] <= beginning) {
      from++;
    }
    int to = from;
    while (to < whole.size() && whole.minutes()[to] <= end) {
      to++;
    }
    return new Course(
        Arrays.copyOfRange(whole.minutes(), from, to),
        Arrays.copyOfRange(whole.values(), from, to));
  }

  private static double deviation(Course course) {
    double squares = 0;
    for (double value : course.values()) {
      squares += Math.pow(value - course.mean(), 2);
    }
    return course.size() < 2 ? Double.NaN : Math.sqrt(squares / (course.size() - 1));
  }

  private static double steps(Course course, boolean squared) {
    double sum = 0;
    for (int i = 1; i < course.size(); i++) {
      double step = Math.abs(course.values()[i] - course.values()[i - 1]);
      sum += squared ? step * step : step;
    }
    double mean = course.size() < 2 ? Double.NaN : sum / (course.size() - 1);
    return squared ? Math.sqrt(mean) : mean;
  }

  private static double median(Course course) {
    double[] sorted = course.values().clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** The last against the mean of those before it. */
  private static double change(Course course) {
    int n = course.size();
    if (n < 2) {
      return Double.NaN;
    }
    double before = (course.sum() - course.last()) / (n - 1);
    return before == 0 ? Double.NaN : 100 * (course.last() - before) / Math.abs(before);
  }

  private static double weighted(Course course, double end) {
    double area = 0;
    double time = 0;
    for (int i = 0; i < course.size(); i++) {
      double held = (i + 1 < course.size() ? course.minutes()[i + 1] : end) - course.minutes()[i];
      area += held * course.values()[i];
      time += held;
    }
    return time == 0 ? course.last() : area / time;
  }

  private static double share(Course course, double end, double low, double high) {
    double inside = 0;
    double time = 0;
    for (int i = 0; i < course.size(); i++) {
      double held = (i + 1 < course.size() ? course.minutes()[i + 1] : end) - course.minutes()[i];
      inside += course.values()[i] >= low && course.values()[i] <= high ? held : 0;
      time += held;
    }
    return time == 0 ? Double.NaN : 100 * inside / time;
  }

  /** The least-squares line: its slope by hour, and its value at the moment asked for. */
  private static double[] line(Course course, double minute) {
    int n = course.size();
    double meanTime = 0;
    for (double time : course.minutes()) {
      meanTime += (time - minute) / HOUR / n;
    }
    double both = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double time = (course.minutes()[i] - minute) / HOUR - meanTime;
      both += time * course.values()[i];
      square += time * time;
    }
    boolean isOneMoment = n < 2 || course.minutes()[0] == course.minutes()[n - 1];
    double slope = isOneMoment ? Double.NaN : both / square;
    return new double[] {slope, course.mean() - slope * meanTime};
  }
}
