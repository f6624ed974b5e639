package org.auscult.deidentification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Safety: 33. */
class ZipCodesTest {
  @ParameterizedTest
  @CsvSource({"02139, 021", "02139-4307, 021", "021394307, 021", "' 60601 ', 606", "00601, 006"})
  void threeDigitsOfAreasOfManyPeople(String zip, String area) {
    assertThat(ZipCodes.coarse(zip)).contains(area);
  }

  /** The 17 that HHS named, and those of the later censuses. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "036", "059", "063", "102", "203", "556", "692", "790", "821", "823", "830", "831", "878",
        "879", "884", "890", "893", "202", "204", "205", "369", "753", "772"
      })
  void fewPeople(String area) {
    assertThat(ZipCodes.coarse(area + "01")).contains("000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000", "09012", "34004", "69501", "96301"})
  void nobodyLivesThere(String zip) {
    assertThat(ZipCodes.coarse(zip)).contains("000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "021", "SW1A 1AA", "0213", "617-555-0142", "999-35-9473", "2139x"})
  void whatIsNoZipCodeIsDropped(String text) {
    assertThat(ZipCodes.coarse(text)).isEmpty();
    assertThat(ZipCodes.whole(text)).isEmpty();
  }

  @Test
  void aLimitedDataSetKeepsItWhole() {
    assertThat(ZipCodes.whole("02139-4307")).contains("02139-4307");
    assertThat(ZipCodes.whole("03601")).contains("03601");
  }
}
