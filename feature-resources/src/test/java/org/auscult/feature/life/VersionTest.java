package org.auscult.feature.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  /** The examples of Semantic Versioning 2.0.0, section 11, and numbers beyond nine. */
  private static final List<String> ASCENDING =
      List.of(
          "0.9.0",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.2.0",
          "1.10.0",
          "2.0.0",
          "2.1.0",
          "2.1.1",
          "11.0.0");

  private static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }

  @Test
  void areInTheOrderOfTheStandard() {
    List<String> shuffled = new ArrayList<>(ASCENDING);
    Collections.shuffle(shuffled, new Random(7));
    assertThat(shuffled.stream().map(VersionTest::version).sorted().map(Version::toString))
        .containsExactlyElementsOf(ASCENDING);
  }

  @Test
  void buildMetadataMakesNoOtherVersion() {
    assertThat(version("1.0.0+a")).isEqualByComparingTo(version("1.0.0+b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "v1.0.0",
        "1.0.0.0",
        "01.0.0",
        "1.0.0-",
        "1.0.0-01",
        "1.0.0 ",
        "1.-1.0",
        "1.0.0|2",
        "9999999999.0.0"
      })
  void othersAreNone(String text) {
    assertThat(Version.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2.0.0,1.9.9,true",
    "1.1.0,1.0.0,false",
    "1.0.1,1.0.0,false",
    "0.2.0,0.1.0,true",
    "2.0.0-beta,1.0.0,true",
    "1.0.0,2.0.0,false"
  })
  void onlyAMajorVersionMayBreak(String version, String former, boolean may) {
    assertThat(version(version).mayBreak(version(former))).isEqualTo(may);
  }
}
