package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Safety: 21. */
class LossRefusalTest {
  private final FhirContext fhir = FhirContext.forR4();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'gendre':'male'; gendre",
        "'name':'Meier'; name",
        "'birthDate':['1970-01-01','1971-01-01']; birthDate",
        "'contact':'x'; contact",
        "'name':[{'famly':'Meier'}]; famly",
      })
  void namesWhatWouldBeDropped(String member, String element) {
    assertThatThrownBy(() -> parse(fhir.newJsonParser(), member))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(element)
        .message()
        .doesNotContain("Meier");
  }

  @Test
  void namesWhatWouldBeDroppedFromXml() {
    assertThatThrownBy(
            () ->
                strict(fhir.newXmlParser())
                    .parseResource(
                        "<Patient xmlns='http://hl7.org/fhir'><gendre value='male'/></Patient>"))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("gendre");
  }

  @Test
  void takesWhatIsOnlyIncomplete() {
    Patient patient = parse(fhir.newJsonParser(), "'generalPractitioner':[{'reference':'#none'}]");

    assertThat(patient.getGeneralPractitioner()).hasSize(1);
  }

  private static Patient parse(IParser parser, String member) {
    String json = "{'resourceType':'Patient'," + member + "}";
    return (Patient) strict(parser).parseResource(json.replace('\'', '"'));
  }

  private static IParser strict(IParser parser) {
    return parser.setParserErrorHandler(new LossRefusal());
  }
}
