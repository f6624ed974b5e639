package org.auscult.deidentification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.auscult.deidentification.fhir.ProtectedConditions;
import org.junit.jupiter.api.Test;

class ProtectedCodesTest {
  private static final String ICD = "http://hl7.org/fhir/sid/icd-10-cm";

  /** Safety: 34. The line that says most of a code says its topic. */
  @Test
  void aCodeHasTheTopicOfTheLineThatSaysMostOfIt() {
    ProtectedCodes shipped = ProtectedConditions.icd10cm();

    assertThat(shipped.topic(ICD, "F11.20")).contains("substance-use");
    assertThat(shipped.topic(ICD, "F32.9")).contains("psychiatry");
    assertThat(shipped.topic(ICD, "B20")).contains("hiv");
    assertThat(shipped.topic(ICD, "I10")).isEmpty();
    assertThat(shipped.topic("http://snomed.info/sct", "F11.20")).isEmpty();
    assertThat(shipped.contains(ICD, "Z21")).isTrue();
  }

  /** A feature that reads F11 and all below it reads what is protected of them. */
  @Test
  void aFamilyHasTheTopicsOfAllThatBelongToIt() {
    ProtectedCodes own =
        ProtectedCodes.parse(
            List.of(
                ICD + "|F11.2* substance-use",
                ICD + "|F1 psychiatry",
                ICD + "|F11.9 hiv",
                "a|F11"));

    assertThat(own.topicsOfStart(ICD, "F11")).containsExactlyInAnyOrder("substance-use", "hiv");
    assertThat(own.topicsOfStart(ICD, "F11.21")).containsExactly("substance-use");
    assertThat(own.topicsOfStart(ICD, "F12")).isEmpty();
  }

  @Test
  void aTopicMayBeLeftOut() {
    ProtectedCodes own = ProtectedCodes.parse(List.of("# ours", "", "urn:x|a*", "urn:x|ab hiv"));

    assertThat(own.topic("urn:x", "ac")).contains("");
    assertThat(own.topic("urn:x", "ab")).contains("hiv");
    assertThat(own.topic("urn:x", "b")).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> ProtectedCodes.parse(List.of("a|b c d")));
  }
}
