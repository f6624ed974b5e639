package org.auscult.golden.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.auscult.feature.MissingReason;
import org.auscult.feature.Operator;
import org.auscult.feature.ResolvedFeature;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;

/** All golden cases of the folder {@code golden}: each gives its vector, none with its mutant. */
class GoldenSuiteTest {
  private static final Path FOLDER = Path.of("../golden");
  private static final List<GoldenFile> FILES = files();
  private static final GoldenRunner RUNNER = new GoldenRunner(CodeUnits.standard());

  private static List<GoldenFile> files() {
    try {
      return new GoldenReader(CodeUnits.standard(), ZoneOffset.UTC).read(FOLDER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<GoldenCase> all() {
    return FILES.stream().flatMap(file -> file.cases().stream());
  }

  @Test
  void everyCaseGivesItsVector() {
    assertThat(all().flatMap(golden -> faults(golden).stream())).isEmpty();
  }

  private static List<String> faults(GoldenCase golden) {
    CaseResult result = RUNNER.run(golden);
    List<String> faults = new ArrayList<>();
    if (result.failure() != null) {
      faults.add(golden + ": " + result.failure());
    }
    result.features().stream()
        .filter(one -> !one.isEqual())
        .forEach(one -> faults.add(golden + ": " + one));
    return faults;
  }

  @Test
  void noCaseHoldsWithItsMutant() {
    assertThat(
            all()
                .filter(golden -> RUNNER.run(mutant(golden)).isEqual())
                .map(golden -> golden + " holds with: " + golden.mutant()))
        .isEmpty();
  }

  private static GoldenCase mutant(GoldenCase golden) {
    return Objects.requireNonNull(golden.mutant(), golden + " has no mutant").changed();
  }

  @Test
  void nothingIsWrongWithTheFiles() {
    assertThat(FILES.stream().flatMap(file -> file.problems().stream())).isEmpty();
    assertThat(all().count()).isEqualTo(FILES.stream().mapToInt(GoldenFile::told).sum());
  }

  @Test
  void thereAreEnoughOfThemAndNoneTwice() throws IOException {
    Map<String, String> met = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (GoldenFile file : FILES) {
      JsonNode root = new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve(file.name())));
      Map<String, JsonNode> definitions = new HashMap<>();
      root.get("definitions").forEach(d -> definitions.put(d.get("name").asText(), meaning(d)));
      for (JsonNode golden : root.get("cases")) {
        String name = file.name() + ": " + golden.get("name").asText();
        String same = met.put(content(golden, definitions), name);
        if (same != null) {
          twice.add(name + " is " + same);
        }
      }
    }
    assertThat(twice).isEmpty();
    assertThat(met).hasSizeGreaterThanOrEqualTo(300);
  }

  /** Without what two definitions of the same meaning may differ in. */
  private static JsonNode meaning(JsonNode definition) {
    ObjectNode meaning = definition.deepCopy();
    return meaning.remove(List.of("url", "name", "title", "version", "description"));
  }

  /** The features as defined, the times, the data; not what it is called or expects. */
  private static String content(JsonNode golden, Map<String, JsonNode> definitions) {
    StringBuilder content = new StringBuilder();
    for (String part :
        List.of("patient", "zone", "at", "knownAt", "resources", "deletions", "complete")) {
      content.append(golden.path(part)).append('\n');
    }
    golden
        .get("expect")
        .fieldNames()
        .forEachRemaining(name -> content.append(definitions.get(name)).append('\n'));
    return content.toString();
  }

  @Test
  void theyUseEveryOperatorAndEveryReason() {
    Set<Operator> operators = EnumSet.noneOf(Operator.class);
    Set<MissingReason> reasons = EnumSet.noneOf(MissingReason.class);
    Set<String> starts = new HashSet<>();
    all()
        .forEach(
            golden -> {
              for (String name : golden.expected().keySet()) {
                ResolvedFeature feature = golden.features().feature(name).orElseThrow();
                operators.add(feature.definition().operator());
                starts.add(feature.definition().window().start().getClass().getSimpleName());
              }
              golden.expected().values().stream()
                  .filter(Expectation.None.class::isInstance)
                  .forEach(e -> reasons.add(((Expectation.None) e).reason()));
            });
    assertThat(operators).containsExactlyInAnyOrder(Operator.values());
    assertThat(reasons).containsExactlyInAnyOrder(MissingReason.values());
    assertThat(starts)
        .containsExactlyInAnyOrder(
            "Beginning", "Before", "EncounterStart", "SinceFeature", "CalendarStart");
  }
}
