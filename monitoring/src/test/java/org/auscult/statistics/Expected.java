package org.auscult.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.auscult.statistics.estimate.Certainty;
import org.auscult.statistics.estimate.Estimate;
import org.auscult.statistics.sample.LabelledScores;
import org.auscult.statistics.sample.Numbers;
import org.auscult.statistics.uncertainty.SplitMix64;
import org.jspecify.annotations.Nullable;

/** The data sets and what must come of them, by scikit-learn, SciPy and R; see make.py. */
final class Expected {
  /** Of the greater of 1 and the expected figure. */
  static final double TOLERANCE = 1e-9;

  static final JsonNode ALL = read();

  private Expected() {}

  private static JsonNode read() {
    try (InputStream in = open("expected.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String file) {
    return Objects.requireNonNull(Expected.class.getResourceAsStream("/statistics/" + file), file);
  }

  /** The names of the sets of this kind. */
  static List<String> sets(String kind) {
    List<String> names = new ArrayList<>();
    ALL.path("sets")
        .properties()
        .forEach(
            set -> {
              if (set.getValue().path("kind").asText().equals(kind)) {
                names.add(set.getKey());
              }
            });
    assertThat(names).isNotEmpty();
    return names;
  }

  static JsonNode set(String name) {
    return ALL.path("sets").path(name);
  }

  /** The cells of a file by column; none of ours has quotes. */
  static Map<String, List<String>> columns(String file) {
    try (InputStream in = open(file)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      String[] names = lines.get(0).split(",", -1);
      Map<String, List<String>> columns = new LinkedHashMap<>();
      for (int column = 0; column < names.length; column++) {
        List<String> cells = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
          cells.add(line.split(",", -1)[column]);
        }
        columns.put(names[column], cells);
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double[] doubles(List<String> cells) {
    return cells.stream().mapToDouble(Double::parseDouble).toArray();
  }

  /** The scores of a set, from its file or made as make.py makes them. */
  static LabelledScores scores(String name) {
    JsonNode generated = set(name).path("generated");
    return generated.isMissingNode()
        ? scores(columns(name + ".csv"))
        : generated(
            generated.path("seed").asLong(),
            generated.path("rows").asInt(),
            generated.path("top").asDouble());
  }

  static LabelledScores scores(Map<String, List<String>> columns) {
    LabelledScores.Builder builder = LabelledScores.builder();
    List<String> scores = columns.getOrDefault("score", List.of());
    List<String> labels = columns.getOrDefault("label", List.of());
    for (int i = 0; i < scores.size(); i++) {
      builder.add(Double.parseDouble(scores.get(i)), labels.get(i).equals("1"));
    }
    return builder.build();
  }

  private static LabelledScores generated(long seed, int rows, double top) {
    SplitMix64 chance = new SplitMix64(seed);
    LabelledScores.Builder builder = LabelledScores.builder();
    for (int i = 0; i < rows; i++) {
      double u = chance.uniform();
      double score = top * (u * u);
      score = i % 5 == 0 ? Math.floor(score * 64) / 64 : score;
      builder.add(score, chance.uniform() < 0.8 * score + 0.01);
    }
    return builder.build();
  }

  static Numbers numbers(long seed, int rows, double stretch) {
    SplitMix64 chance = new SplitMix64(seed);
    Numbers.Builder builder = Numbers.builder();
    for (int i = 0; i < rows; i++) {
      double x = stretch * (chance.uniform() + chance.uniform() + chance.uniform());
      if (i % 100 == 99) {
        builder.addMissing();
      } else {
        builder.add(x);
      }
    }
    return builder.build();
  }

  /** Holds figures against what is expected: the same names, values, intervals, reasons. */
  static void compare(String where, JsonNode expected, List<Estimate> actual) {
    Map<String, Estimate> byName = new HashMap<>();
    for (Estimate estimate : actual) {
      assertThat(byName.put(estimate.definition().name(), estimate)).isNull();
    }
    SoftAssertions all = new SoftAssertions();
    all.assertThat(byName.keySet()).as(where).hasSize(expected.size());
    expected
        .properties()
        .forEach(
            one ->
                all.assertThatCode(() -> compare(one.getValue(), byName.get(one.getKey())))
                    .as(where + " " + one.getKey() + " " + byName.get(one.getKey()))
                    .doesNotThrowAnyException());
    all.assertAll();
  }

  private static void compare(JsonNode expected, @Nullable Estimate actual) {
    assertThat(actual).isNotNull();
    if (actual instanceof Estimate.Unknown unknown) {
      assertThat(unknown.reason().code()).isEqualTo(expected.path("unknown").asText("a value"));
      assertThat(unknown.why()).isNotBlank();
    } else if (actual instanceof Estimate.Known known) {
      assertThat(expected.has("value")).as("a value is expected").isTrue();
      near(expected, "value", known.value());
      Certainty certainty = known.certainty();
      // Of large sets the expected one was made without, as it would need every pair of rows.
      boolean unchecked = known.definition().name().equals("average-precision") && known.n() > 6000;
      if (expected.has("lower") || (!unchecked && certainty.interval() != null)) {
        assertThat(certainty.interval()).isNotNull();
        near(expected, "lower", Objects.requireNonNull(certainty.interval()).lower());
        near(expected, "upper", Objects.requireNonNull(certainty.interval()).upper());
      }
      if (expected.has("p")) {
        near(expected, "p", Objects.requireNonNull(certainty.pValue()).value());
      } else {
        assertThat(certainty.pValue()).isNull();
      }
    }
  }

  private static void near(JsonNode expected, String member, double actual) {
    double wanted = expected.path(member).asDouble(Double.NaN);
    if (!(Math.abs(actual - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted)))) {
      throw new AssertionError(
          String.format(Locale.ROOT, "%s: expected %.17g, got %.17g", member, wanted, actual));
    }
  }
}
