package org.auscult.cds.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.auscult.order.Dosage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedDosageTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Dosage dosage(String instructions) throws Exception {
    return OrderedDosage.of(JSON.readTree("{\"dosageInstruction\":" + instructions + "}"));
  }

  private static String quantity(String value, String unit) {
    return "{\"value\":%s,\"unit\":\"%s\"}".formatted(value, unit);
  }

  private static String ucum(String value, String code) {
    return "{\"value\":%s,\"system\":\"http://unitsofmeasure.org\",\"code\":\"%s\"}"
        .formatted(value, code);
  }

  private static String dose(String quantity) {
    return "[{\"doseAndRate\":[{\"doseQuantity\":%s}]}]".formatted(quantity);
  }

  @Test
  void oneAmountHasOneForm() throws Exception {
    String expected = "500 mg";
    assertThat(dosage(dose(quantity("500", "mg"))).amount()).isEqualTo(expected);
    assertThat(dosage(dose(ucum("0.50", "g"))).amount()).isEqualTo(expected);
    assertThat(dosage(dose(ucum("500000", "ug"))).amount()).isEqualTo(expected);
    assertThat(dosage("[{\"doseQuantity\":" + ucum("500.0", "mg") + "}]").amount())
        .isEqualTo(expected);
    assertThat(dosage(dose(quantity("2", "TAB"))).amount()).isEqualTo("2 TAB");
    assertThat(dosage(dose(ucum("10", "[iU]"))).amount()).isEqualTo("10 [iU]");
    assertThat(
            dosage(
                    "[{\"doseAndRate\":[{\"rateRatio\":{\"numerator\":%s,\"denominator\":%s}}]}]"
                        .formatted(ucum("1", "L"), ucum("8", "h")))
                .amount())
        .isEqualTo("1000 mL in 8 h");
    assertThat(
            dosage(
                    "[{\"doseAndRate\":[{\"doseRange\":{\"low\":%s,\"high\":%s}}]}]"
                        .formatted(ucum("1", "g"), ucum("2", "g")))
                .amount())
        .isEqualTo("1000 mg to 2000 mg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"repeat\":{\"frequency\":2,\"period\":1,\"periodUnit\":\"d\"}}|2 a day",
        "{\"repeat\":{\"frequency\":1,\"period\":12,\"periodUnit\":\"h\"}}|2 a day",
        "{\"repeat\":{\"frequency\":14,\"period\":1,\"periodUnit\":\"wk\"}}|2 a day",
        "{\"repeat\":{\"period\":1,\"periodUnit\":\"d\",\"when\":[\"MORN\",\"NIGHT\"]}}|2 a day",
        "{\"repeat\":{\"timeOfDay\":[\"08:00:00\",\"20:00:00\"]}}|2 a day",
        "{\"code\":{\"coding\":[{\"code\":\"BID\"}]}}|2 a day",
        "{\"code\":{\"coding\":[{\"code\":\"AM\"}]}}|code AM"
      })
  void oneTimingHasOneForm(String timing, String expected) throws Exception {
    assertThat(dosage("[{\"timing\":" + timing + "}]").timing()).isEqualTo(expected);
    assertThat(dosage("[{\"asNeededBoolean\":true,\"timing\":" + timing + "}]").timing())
        .isEqualTo(expected + " as needed");
  }

  @Test
  void wordsCountWhereNothingElseIsStated() throws Exception {
    assertThat(dosage("[{\"text\":\"1 tablet\"}]")).isEqualTo(new Dosage(null, null, "1 tablet"));
    assertThat(
            dosage("[{\"text\":\"1 tablet\",\"doseQuantity\":" + quantity("1", "TAB") + "}]")
                .text())
        .isNull();
    assertThat(
            dosage(
                    "[{\"doseQuantity\":%s},{\"doseQuantity\":%s}]"
                        .formatted(quantity("500", "mg"), quantity("250", "mg")))
                .amount())
        .isEqualTo("500 mg; 250 mg");
  }

  /** Whatever callers send: the order is checked all the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null",
        "\"twice\"",
        "{\"timing\":1}",
        "[1,null,[]]",
        "[{\"doseQuantity\":[],\"doseAndRate\":3,\"timing\":\"x\",\"text\":7}]",
        "[{\"doseQuantity\":{\"value\":1e400,\"unit\":\"mg\"}}]",
        "[{\"doseQuantity\":{\"value\":1e-400,\"unit\":\"mg\"}}]",
        "[{\"timing\":{\"repeat\":{\"period\":0,\"periodUnit\":\"d\"}}}]",
        "[{\"timing\":{\"repeat\":{\"period\":1,\"periodUnit\":\"x\"}}}]",
        "[{\"text\":\"a\\u0000\"}]"
      })
  void whatCannotBeReadIsNotStated(String instructions) throws Exception {
    String order = "{\"dosageInstruction\":" + instructions + "}";
    for (ObjectMapper mapper :
        new ObjectMapper[] {
          JSON, new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        }) {
      assertThat(OrderedDosage.of(mapper.readTree(order))).isEqualTo(Dosage.NONE);
    }
  }
}
