package org.auscult.server.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the commands say of files; the figures themselves have their own tests. */
class StatisticsCommandsTest {
  private static final Path SETS = Path.of("../monitoring/src/test/resources/statistics");

  @TempDir Path folder = Path.of("");
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
  }

  private int metrics(String... arguments) {
    printed.reset();
    return new CommandLine(new MetricsCommand()).execute(arguments);
  }

  private int drift(String... arguments) {
    printed.reset();
    return new CommandLine(new DriftCommand()).execute(arguments);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(printed.toByteArray());
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String set(String name) {
    return SETS.resolve(name + ".csv").toString();
  }

  private static JsonNode figure(JsonNode figures, String name) {
    for (JsonNode figure : figures) {
      if (figure.path("name").asText().equals(name)) {
        return figure;
      }
    }
    throw new AssertionError("no " + name);
  }

  @Test
  void aFigureIsToldWithIntervalAndDefinition() throws IOException {
    assertThat(metrics(set("tiny"), "--json")).isZero();
    JsonNode area = figure(json().path("overall"), "auroc");
    assertThat(area.path("value").asDouble()).isEqualTo(0.75);
    assertThat(area.at("/interval/method").asText()).isEqualTo("delong");
    assertThat(area.at("/interval/level").asDouble()).isEqualTo(0.95);
    assertThat(area.at("/interval/lower").asDouble()).isCloseTo(0.057048087825, within(1e-9));
    assertThat(area.path("version").asText()).isEqualTo("1.0.0");
    assertThat(figure(json().path("overall"), "eavg").path("unknown").asText())
        .isEqualTo("too-few");
    assertThat(figure(json().path("overall"), "ece").at("/interval/method").asText())
        .isEqualTo("basic poisson bootstrap of 4 bins, 1000 replicates, seed 1");
    assertThat(figure(json().path("overall"), "ppv").at("/parameters/threshold").asText())
        .isEqualTo("0.5");
  }

  @Test
  void columnsLabelsAndThresholdsAreChosen() throws IOException {
    String file =
        file("f.csv", "p,outcome\n0.1,alive\n0.9,died\n0.4,died\n,died\n0.3,\n0.2,alive\n");
    assertThat(
            metrics(
                file,
                "--json",
                "--score",
                "p",
                "--label",
                "outcome",
                "--positive",
                "died",
                "--threshold",
                "0.3,0.5"))
        .isZero();
    assertThat(json().path("rows").asInt()).isEqualTo(6);
    assertThat(json().path("withoutScore").asInt()).isEqualTo(1);
    assertThat(json().path("withoutLabel").asInt()).isEqualTo(1);
    assertThat(figure(json().path("overall"), "auroc").path("value").asDouble()).isEqualTo(1);
    assertThat(json().findValuesAsText("threshold")).contains("0.3", "0.5");
  }

  @Test
  void smallGroupsAreHiddenInEveryForm() throws IOException {
    assertThat(metrics(set("groups"), "--by", "site", "--json")).isZero();
    JsonNode site = json().at("/groups/site");
    assertThat(site.path("hidden").toString()).isEqualTo("[\"d\",\"e\"]");
    assertThat(site.path("groups").has("a")).isTrue();
    assertThat(site.path("groups").has("d")).isFalse();
    assertThat(metrics(set("groups"), "--by", "site")).isZero();
    assertThat(printed()).contains("site = a").doesNotContain("site = d");
  }

  @Test
  void curvesHaveIntervals() throws IOException {
    assertThat(metrics(set("calibrated"), "--json", "--curves")).isZero();
    JsonNode curves = json().path("curves");
    assertThat(curves.path("points").size()).isEqualTo(201);
    assertThat(curves.path("calibration").size()).isEqualTo(10);
    assertThat(curves.path("smooth").size()).isEqualTo(99);
    for (JsonNode point : curves.path("smooth")) {
      assertThat(point.path("observed").asDouble())
          .isBetween(
              point.at("/interval/lower").asDouble(), point.at("/interval/upper").asDouble());
    }
    assertThat(curves.path("decision").size()).isEqualTo(99);
  }

  @Test
  void rowsOfOnePatientMakeOneCluster() throws IOException {
    StringBuilder rows = new StringBuilder("patient,score,label\n");
    for (int i = 0; i < 90; i++) {
      // Three rows of each patient are the same, so there is no more to learn than from one.
      int j = i / 3;
      rows.append(j).append(',').append((j * 7 % 30) / 30.0).append(',').append(j % 2).append('\n');
    }
    String file = file("f.csv", rows.toString());
    String[] bootstrap = {file, "--json", "--cluster", "patient", "--replicates", "300"};
    assertThat(metrics(bootstrap)).isZero();
    String first = printed();
    JsonNode clustered = figure(json().path("overall"), "brier").path("interval");
    assertThat(clustered.path("method").asText())
        .isEqualTo("percentile bootstrap of 30 clusters, 300 replicates, seed 1");
    assertThat(metrics(bootstrap)).isZero();
    assertThat(printed()).isEqualTo(first);
    assertThat(metrics(file, "--json")).isZero();
    JsonNode independent = figure(json().path("overall"), "brier").path("interval");
    assertThat(width(clustered) / width(independent)).isBetween(1.4, 2.1);
    assertThat(metrics(file, "--cluster", "patient", "--by", "patient")).isEqualTo(2);
    assertThat(printed()).contains("choose one");
  }

  private static double width(JsonNode interval) {
    return interval.path("upper").asDouble() - interval.path("lower").asDouble();
  }

  /** Three months of 60 rows, of the third the slope is turned; one row has no time. */
  private String months() throws IOException {
    StringBuilder rows = new StringBuilder("when,score,label\n");
    for (int i = 0; i < 180; i++) {
      int month = 1 + i / 60;
      int score = 5 + i * 37 % 60 * 3 / 2;
      boolean event = i * 53 % 97 < (month == 3 ? 100 - score : score);
      String day = "2026-%02d-%02d".formatted(month, 1 + i % 28);
      String time = i % 3 == 0 ? day : i % 3 == 1 ? day + "T01:30:00+01:00" : day + " 12:00";
      rows.append("%s,%.2f,%d\n".formatted(time, score / 100.0, event ? 1 : 0));
    }
    return file("months.csv", rows + ",0.5,1\n");
  }

  @Test
  void windowsTellFiguresAndHowTheyChanged() throws IOException {
    String file = months();
    assertThat(metrics(file, "--time", "when", "--json", "--replicates", "20")).isZero();
    JsonNode time = json().path("time");
    assertThat(json().path("withoutTime").asInt()).isEqualTo(1);
    assertThat(time.path("windows").findValuesAsText("from"))
        .containsExactly("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z");
    int rows = 0;
    for (JsonNode window : time.path("windows")) {
      assertThat(window.path("hidden").asBoolean()).isFalse();
      rows += figure(window.path("figures"), "prevalence").path("n").asInt();
      assertThat(figure(window.path("figures"), "ece").at("/interval/method").asText())
          .endsWith("20 replicates, seed 1");
    }
    assertThat(rows).isEqualTo(180);
    JsonNode slopes = time.path("windows");
    assertThat(figure(slopes.get(0).path("figures"), "calibration-slope").path("value").asDouble())
        .isPositive();
    assertThat(figure(slopes.get(2).path("figures"), "calibration-slope").path("value").asDouble())
        .isNegative();
    JsonNode change = figure(time.path("changes"), "calibration-slope-change");
    assertThat(change.at("/pValue/value").asDouble()).isLessThan(0.001);
    assertThat(time.at("/errors/0.5/drift").asText()).startsWith("2026-03");
    assertThat(metrics(file, "--time", "when")).isZero();
    assertThat(printed())
        .contains("tumbling windows of 1 × 1 months, in UTC")
        .contains("2026-03-01T00:00:00Z to 2026-04-01T00:00:00Z")
        .contains("Calibration slope over time")
        .contains("drift (DDM, 3 s) first at 2026-03")
        .contains("rise (Page-Hinkley) first at no time")
        .contains("1 rows without a time are in no window");
  }

  @Test
  void slidingWindowsOverlapAndSmallOnesAreHidden() throws IOException {
    String file = months();
    assertThat(
            metrics(
                file,
                "--time",
                "when",
                "--window",
                "sliding",
                "--over",
                "2",
                "--json",
                "--replicates",
                "0"))
        .isZero();
    JsonNode windows = json().at("/time/windows");
    assertThat(windows.size()).isEqualTo(2);
    assertThat(windows.get(1).path("until").asText()).isEqualTo("2026-04-01T00:00:00Z");
    assertThat(figure(windows.get(0).path("figures"), "ece").has("interval")).isFalse();
    assertThat(figure(windows.get(0).path("figures"), "prevalence").path("n").asInt())
        .isEqualTo(120);
    assertThat(metrics(file, "--time", "when", "--every", "P1D", "--json")).isZero();
    assertThat(json().at("/time/windows/0/hidden").asBoolean()).isTrue();
    assertThat(json().at("/time/windows/0").has("figures")).isFalse();
    assertThat(metrics(file, "--time", "when", "--every", "P1D")).isZero();
    assertThat(printed()).contains("not shown, being small or near to it: 2026-01-01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--time t --every P1X | --every is a span such as PT6H, P7D, P1W, P1M or P1Y, and not 'P1X'",
        "--time t --window rolling | --window is tumbling or sliding, and not 'rolling'",
        "--time t --over 0 --window sliding | --over is 1 to 1000, and not 0",
        "--time t --cluster t | --time does not go with --cluster or --quantity",
        "--time t --quantity | --time does not go with --cluster or --quantity",
        "--time when | there is no column 'when'; there are: t, score, label",
        "--time t --replicates -1 | --replicates is 1 to 100,000, or 0 without --cluster, and not -1",
        "--cluster t --replicates 0 | or 0 without --cluster, and not 0",
        "--threshold NaN | --threshold takes finite numbers",
        "--time t --every PT1H | there are more than 1,000 spans of PT1H: choose a longer one",
      })
  void wrongOptionsAreTold(String options, String message) throws IOException {
    String file = file("f.csv", "t,score,label\n2026-01-01,0.1,0\n2026-12-01,0.9,1\n");
    String[] all = (file + " " + options.strip()).split(" ");
    assertThat(metrics(all)).isEqualTo(2);
    assertThat(printed()).startsWith("metrics: ").contains(message.strip());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-29, false",
    "2026-02-28, true",
    "2026-02-28T24:01, false",
    "2026-02-28T23:59:59.123+05:30, true",
    "2026-02-28 23:59Z, true",
    "2026-02-28T23:59 Berlin, false",
    "28.02.2026, false",
    "1772236800, false",
    "+12026-02-28, false"
  })
  void timesAreOfIso(String time, boolean good) throws IOException {
    String file = file("f.csv", "t,score,label\n" + time + ",0.1,0\n");
    assertThat(metrics(file, "--time", "t")).isEqualTo(good ? 0 : 2);
    if (!good) {
      assertThat(printed()).contains("f.csv, line 2, column 't': '" + time + "' is no time");
    }
  }

  @Test
  void theStandardInputIsAFile() throws IOException {
    byte[] text = "score,label\n0.2,0\n0.8,1\n".getBytes(StandardCharsets.UTF_8);
    System.setIn(new ByteArrayInputStream(text));
    assertThat(metrics("-", "--json")).isZero();
    assertThat(json().path("rows").asInt()).isEqualTo(2);
    assertThat(drift("-", "-")).isEqualTo(2);
    assertThat(printed()).contains("only one of the two files");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "score,label;0.1,0;high,1 | line 3, column 'score': 'high' is no number",
        "score,label;0.1,0;NaN,1 | line 3, column 'score': 'NaN' is no number",
        "score,label;0.1,0;1e999,1 | line 3, column 'score': '1e999' is no number",
        "score,label;0.1,2 | line 2, column 'label': '2' is no label",
        "score,label;0.1 | line 2: 1 cells, but 2 columns",
        "score,outcome;0.1,0 | there is no column 'label'; there are: score, outcome",
        "score,score;0.1,0 | line 1: the column 'score' is there twice",
        "score,label;\"0.1,0 | it is no CSV",
      })
  void mistakesAreToldWithTheirPlace(String text, String message) throws IOException {
    assertThat(metrics(file("f.csv", text.strip().replace(';', '\n')))).isEqualTo(2);
    assertThat(printed()).contains("f.csv").contains(message.strip());
  }

  @Test
  void whatIsNotThereIsTold() throws IOException {
    assertThat(metrics(folder.resolve("none.csv").toString())).isEqualTo(2);
    assertThat(printed()).contains("none.csv: there is no such file");
    assertThat(metrics(file("empty.csv", ""))).isEqualTo(2);
    assertThat(printed()).contains("it is empty");
    assertThat(metrics(file("names.csv", "score,label\n"))).isZero();
    assertThat(printed()).contains("too-few");
  }

  @Test
  void quantitiesAreTold() {
    assertThat(metrics(set("regression"), "--quantity")).isZero();
    assertThat(printed()).contains("mae").contains("r-squared").contains("residual-quantile 0.95");
  }

  @Test
  void columnsAreComparedByWhatTheyHold() throws IOException {
    assertThat(drift(set("drift-shift-reference"), set("drift-shift-current"), "--json")).isZero();
    JsonNode columns = json().path("columns");
    assertThat(columns.at("/x/kind").asText()).isEqualTo("number");
    assertThat(columns.at("/x/bins/edges").size()).isEqualTo(9);
    assertThat(columns.at("/x/bins/reference").size()).isEqualTo(11);
    assertThat(columns.at("/kind/kind").asText()).isEqualTo("category");
    assertThat(columns.at("/kind/unseen").toString()).isEqualTo("[\"d\"]");
    double shape = figure(columns.at("/x/figures"), "ks").at("/pValue/value").asDouble();
    double other =
        figure(columns.at("/kind/figures"), "chi-squared").at("/pValue/value").asDouble();
    // Of two tests, the smaller p counts twice, unless the other is less then.
    assertThat(figure(columns.at("/kind/figures"), "chi-squared").at("/pValue/adjusted").asDouble())
        .isEqualTo(2 * other);
    assertThat(figure(columns.at("/x/figures"), "ks").at("/pValue/adjusted").asDouble())
        .isEqualTo(shape);
  }

  /** Two columns that go together, or against each other; each alone looks the same. */
  private String linked(String name, int rows, int sign) throws IOException {
    StringBuilder text = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < rows; i++) {
      int a = i * 7919 % 1009 - 504;
      int b = sign * (a + i * 104_729 % 331 - 165);
      text.append(a).append(',').append(i % 9 == 0 ? "" : b).append(",k").append(i % 2);
      text.append('\n');
    }
    return file(name, text.toString());
  }

  @Test
  void columnsAreComparedTogether() throws IOException {
    String before = linked("before.csv", 400, 1);
    String now = linked("now.csv", 300, -1);
    assertThat(drift(before, now, "--json", "--permutations", "49", "--seed", "7")).isZero();
    String first = printed();
    JsonNode together = json().path("together");
    assertThat(together.path("variables").toString())
        .isEqualTo("[\"a\",\"b\",\"b missing\",\"kind = k0\",\"kind = k1\"]");
    assertThat(together.path("rowsOfReference").asInt()).isEqualTo(400);
    for (String name : new String[] {"domain-auroc", "mmd-squared", "correlation-change"}) {
      JsonNode figure = figure(together.path("figures"), name);
      assertThat(figure.at("/pValue/value").asDouble()).as(name).isEqualTo(1 / 50.0);
      assertThat(figure.at("/parameters/seed").asText()).isEqualTo("7");
    }
    assertThat(figure(together.path("figures"), "domain-auroc").path("value").asDouble())
        .isGreaterThan(0.9);
    // Alone, no column tells.
    JsonNode alone = figure(json().at("/columns/b/figures"), "ks");
    assertThat(alone.at("/pValue/value").asDouble()).isGreaterThan(0.05);
    assertThat(drift(before, now, "--json", "--permutations", "49", "--seed", "7")).isZero();
    assertThat(printed()).isEqualTo(first);
    assertThat(drift(before, now, "--rows", "100")).isZero();
    assertThat(printed())
        .contains("All columns together (100 and 100 rows drawn, 5 variables)")
        .contains("pca-reconstruction-error");
    assertThat(drift(before, now, "--rows", "0")).isZero();
    assertThat(printed()).doesNotContain("together (");
    assertThat(drift(before, now, "--rows", "5001")).isEqualTo(2);
    assertThat(printed()).contains("--rows is 0 to 5,000, and not 5,001");
    assertThat(drift(before, now, "--permutations", "0")).isEqualTo(2);
    assertThat(printed()).contains("--permutations is 1 to 9,999, and not 0");
  }

  @Test
  void wideAndConstantFilesAreTold() throws IOException {
    StringBuilder names = new StringBuilder("constant");
    StringBuilder cells = new StringBuilder("1");
    for (int i = 0; i < 300; i++) {
      names.append(",x").append(i);
      cells.append(",%d");
    }
    StringBuilder text = new StringBuilder(names).append('\n');
    for (int row = 0; row < 12; row++) {
      Object[] values = new Object[300];
      for (int i = 0; i < 300; i++) {
        values[i] = (row * 31 + i * 17) % 23;
      }
      text.append(cells.toString().formatted(values)).append('\n');
    }
    String file = file("wide.csv", text.toString());
    assertThat(drift(file, file, "--json", "--permutations", "9")).isZero();
    JsonNode together = json().path("together");
    assertThat(together.path("variables").size()).isEqualTo(99);
    assertThat(together.path("leftOut").size()).isEqualTo(201);
    assertThat(drift(file, file, "--columns", "constant")).isZero();
    assertThat(printed()).contains("nothing varies");
    assertThat(drift(file, file, "--permutations", "9")).isZero();
    assertThat(printed()).contains("x298, x299: after the first 100 columns; choose others");
  }

  @Test
  void codesAreCategoriesIfToldAndTooManyAreNone() throws IOException {
    StringBuilder many = new StringBuilder("id,code,text\n");
    for (int i = 0; i < 1_100; i++) {
      many.append(i).append(',').append(i % 3).append(",t").append(i).append('\n');
    }
    String file = file("many.csv", many.toString());
    assertThat(drift(file, file, "--categories", "code", "--json")).isZero();
    assertThat(json().at("/columns/code/kind").asText()).isEqualTo("category");
    assertThat(json().path("notCompared").has("text")).isTrue();
    assertThat(json().path("columns").has("id")).isFalse();
    assertThat(drift(file, file("less.csv", "id,text\n1,a\n"))).isEqualTo(2);
    assertThat(printed()).contains("less.csv: there is no column 'code'");
  }

  @Test
  void aColumnNamedTwiceCountsOnce() throws IOException {
    String reference = set("drift-shift-reference");
    String current = set("drift-shift-current");
    assertThat(drift(reference, current, "--columns", "x,x", "--json")).isZero();
    assertThat(json().path("columns").size()).isEqualTo(1);
    assertThat(metrics(set("groups"), "--by", "site,site", "--json")).isZero();
    String twice = printed();
    assertThat(metrics(set("groups"), "--by", "site", "--json")).isZero();
    assertThat(twice).isEqualTo(printed());
  }

  @Test
  void somethingMustBeLeftToBeCompared() throws IOException {
    String file = file("one.csv", "id,a\n1,2\n");
    assertThat(drift(file, file, "--without", "id,a")).isEqualTo(2);
    assertThat(printed()).contains("one.csv: no column is left to be compared");
  }

  @Test
  void everyFigureIsExplainedOnThePage() throws IOException {
    Set<String> names = new TreeSet<>();
    metrics(set("groups"), "--by", "sex", "--json");
    names.addAll(json().findValuesAsText("name"));
    metrics(months(), "--time", "when", "--json");
    names.addAll(json().findValuesAsText("name"));
    metrics(set("regression"), "--quantity", "--json");
    names.addAll(json().findValuesAsText("name"));
    drift(set("drift-shift-reference"), set("drift-shift-current"), "--json");
    names.addAll(json().findValuesAsText("name"));
    assertThat(names).hasSizeGreaterThan(40);
    String page = Files.readString(Path.of("../docs/monitoring.md"));
    names.remove("demographic-parity-ratio");
    assertThat(page).contains("`demographic-parity-difference`, `-ratio`");
    for (String name : names) {
      assertThat(page).contains("`" + name + "`");
    }
  }
}
