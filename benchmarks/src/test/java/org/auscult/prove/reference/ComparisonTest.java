package org.auscult.prove.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.auscult.prove.FhirCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison with another program's values can fail: planted faults are found. */
class ComparisonTest {
  private static final ExpectedTable.Row ROW =
      new ExpectedTable.Row(
          "p",
          "2024-06-01T12:00:00Z",
          "",
          Map.of("weight", Cell.parse("71.5"), "height", Cell.parse("!not-recorded")));

  @Test
  void theSameAnswerAgrees() {
    assertThat(failures(Cell.parse("71.5"), Cell.parse("!not-recorded"))).isEmpty();
  }

  @Test
  void roundingAgrees() {
    assertThat(failures(Cell.parse("71.50000000001"), Cell.parse("!not-recorded"))).isEmpty();
  }

  @Test
  void anotherNumberIsFound() {
    assertThat(failures(Cell.parse("71.500001"), Cell.parse("!not-recorded"))).hasSize(1);
  }

  @Test
  void aNumberInPlaceOfNoneIsFound() {
    assertThat(failures(Cell.parse("71.5"), Cell.parse("180"))).hasSize(1);
  }

  @Test
  void noneInPlaceOfANumberIsFound() {
    assertThat(failures(Cell.parse("!not-recorded"), Cell.parse("!not-recorded"))).hasSize(1);
  }

  @Test
  void anotherReasonIsFound() {
    assertThat(failures(Cell.parse("71.5"), Cell.parse("!outside-window"))).hasSize(1);
  }

  @Test
  void aFeatureThatLacksIsFound() {
    Comparison comparison = new Comparison();
    comparison.add(ROW, Map.of("weight", Cell.parse("71.5")));

    assertThat(comparison.failures()).hasSize(1);
  }

  @Test
  void featuresThatNeverDifferProveNothing() {
    Comparison comparison = new Comparison();
    comparison.add(ROW, ROW.cells());
    comparison.hollow(List.of("weight", "height"));

    assertThat(comparison.failures()).hasSize(2);
  }

  @Test
  void answersAreReadWithTruthsAndReasons() throws JsonProcessingException {
    assertThat(
            Cell.of(
                FhirCalls.JSON.readTree(
                    """
                    {"parameter": [
                      {"name": "epoch", "valueDecimal": 3},
                      {"name": "feature", "part": [
                        {"name": "name", "valueString": "ill"},
                        {"name": "value", "valueBoolean": true}]},
                      {"name": "feature", "part": [
                        {"name": "name", "valueString": "weight"},
                        {"name": "value", "valueQuantity": {"value": 71.5}}]},
                      {"name": "feature", "part": [
                        {"name": "name", "valueString": "height"},
                        {"name": "missing", "valueCoding": {"code": "unit"}}]}]}
                    """)))
        .isEqualTo(
            Map.of(
                "ill", Cell.parse("1"),
                "weight", Cell.parse("71.5"),
                "height", Cell.parse("!unit")));
  }

  @Test
  void theTableIsReadByItsHeads(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("expected.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          "patient,at,knownAt,weight\np,2024-06-01T12:00:00Z,,!unit\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    ExpectedTable table = ExpectedTable.read(file);

    assertThat(table.features()).containsExactly("weight");
    assertThat(table.rows())
        .containsExactly(
            new ExpectedTable.Row(
                "p", "2024-06-01T12:00:00Z", "", Map.of("weight", Cell.parse("!unit"))));
  }

  private static List<String> failures(Cell weight, Cell height) {
    Comparison comparison = new Comparison();
    comparison.add(ROW, Map.of("weight", weight, "height", height));
    return comparison.failures();
  }
}
