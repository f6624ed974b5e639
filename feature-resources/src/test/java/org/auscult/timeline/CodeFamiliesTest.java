package org.auscult.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeFamiliesTest {
  private static final String CM = "http://hl7.org/fhir/sid/icd-10-cm";

  private static Code cm(String code) {
    return new Code(CM, code);
  }

  @ParameterizedTest
  @CsvSource({
    "I50, I50.-",
    "I50.2, I50.2-",
    "E11.321, E11.321-",
  })
  void aFamilyIsWrittenAsIcdWritesIt(String head, String family) {
    assertThat(CodeFamilies.family(cm(head))).isEqualTo(cm(family));
    assertThat(CodeFamilies.isFamily(cm(family))).isTrue();
    assertThat(CodeFamilies.isFamily(cm(head))).isFalse();
    assertThat(CodeFamilies.head(cm(family))).isEqualTo(cm(head));
  }

  @ParameterizedTest
  @CsvSource({
    "I50, I50, true",
    "I50, I50.2, true",
    "I50, I50.22, true",
    "I50, I50.-, true",
    "I50.2, I50.22, true",
    "I50.2, I50.-, false",
    "I50.2, I50, false",
    "I50.2, I50.3, false",
    "I50, I51, false",
    "I50, I5, false",
    "C4A, C4A.0, true",
    "C43, C4A.0, false"
  })
  void aCodeBelongsToTheFamiliesAboveIt(String head, String code, boolean belongs) {
    Set<Code> wanted = Set.of(CodeFamilies.family(cm(head)));
    assertThat(CodeFamilies.holds(wanted, cm(code))).isEqualTo(belongs);
    assertThat(CodeFamilies.holdsAny(wanted, List.of(Code.loinc("1"), cm(code))))
        .isEqualTo(belongs);
    assertThat(CodeFamilies.holds(wanted, new Code("http://hl7.org/fhir/sid/icd-10", code)))
        .isFalse();
  }

  @Test
  void otherSystemsHaveNone() {
    Code snomed = Code.snomed("84114007");
    assertThat(CodeFamilies.of(snomed)).isEmpty();
    assertThat(CodeFamilies.isFamily(Code.snomed("84114007-"))).isFalse();
    assertThat(CodeFamilies.holds(Set.of(snomed), snomed)).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> CodeFamilies.family(snomed));
    assertThatIllegalArgumentException().isThrownBy(() -> CodeFamilies.family(cm("I5")));
    assertThatIllegalArgumentException().isThrownBy(() -> CodeFamilies.family(cm("I50.-")));
    assertThat(CodeFamilies.areAmong(List.of(snomed, cm("I50")))).isFalse();
    assertThat(CodeFamilies.areAmong(List.of(snomed, cm("I50.-")))).isTrue();
  }
}
