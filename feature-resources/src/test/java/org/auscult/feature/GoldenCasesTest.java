package org.auscult.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.auscult.golden.fhir.CaseResult;
import org.auscult.golden.fhir.GoldenCase;
import org.auscult.golden.fhir.GoldenFile;
import org.auscult.golden.fhir.GoldenReader;
import org.auscult.golden.fhir.GoldenRunner;
import org.auscult.unit.CodeUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden cases that were written by hand, each for itself.
 *
 * <p>Safety: 4, 5, 6, 7, 8.
 */
class GoldenCasesTest {
  private static final Path FILE = Path.of("../golden/basics.json");
  private static final GoldenRunner RUNNER = new GoldenRunner(CodeUnits.standard());

  static List<GoldenCase> cases() throws IOException {
    GoldenFile file = new GoldenReader(CodeUnits.standard(), ZoneOffset.UTC).read(FILE).get(0);
    assertThat(file.problems()).isEmpty();
    return file.cases();
  }

  /** The whole suite, as rows of data sets: {@link GoldenRunner#run} compares them. */
  @Test
  void isRunInTrainingSetsToo() throws IOException {
    int made = 0;
    int all = 0;
    for (GoldenFile file :
        new GoldenReader(CodeUnits.standard(), ZoneOffset.UTC).read(Path.of("../golden"))) {
      for (GoldenCase golden : file.cases()) {
        assertThat(RUNNER.run(golden).failure()).as(golden.toString()).isNull();
        all++;
        made += RUNNER.inTrainingSet(golden).isPresent() ? 1 : 0;
      }
    }
    // The others have no row by their own policy, or know less than has happened.
    assertThat(all).isGreaterThan(300);
    assertThat(made).isGreaterThan(all * 8 / 10);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void givesTheVector(GoldenCase golden) {
    CaseResult result = RUNNER.run(golden);
    assertThat(result.failure()).isNull();
    assertThat(result.features()).filteredOn(one -> !one.isEqual()).isEmpty();
  }
}
