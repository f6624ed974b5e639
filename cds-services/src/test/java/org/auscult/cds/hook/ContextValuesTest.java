package org.auscult.cds.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextValuesTest {
  private static final LocalDate TODAY = LocalDate.of(2024, 3, 31);

  private static ContextValues context(String json) {
    return ContextValues.of(CallBuilder.read(json));
  }

  /** Checklist: 14. */
  @Test
  @DisplayName("14: root primitives of context fill the tokens, escaped")
  void rootPrimitives() {
    ContextValues values =
        context("{\"patientId\":\"p1\",\"encounterId\":\"a&b c\",\"n\":7,\"draftOrders\":{}}");

    assertThat(
            values.fill(
                "Encounter/{{context.encounterId}}?p={{ context.patientId }}&n={{context.n}}",
                TODAY))
        .hasValue("Encounter/a%26b%20c?p=p1&n=7");
    assertThat(values.fill("Patient?x=$1\\", TODAY)).hasValue("Patient?x=$1\\");
  }

  /** Checklist: 14. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{context.encounterId}}",
        "{{context.draftOrders}}",
        "{{context.nothing}}",
        "{{patientId}}",
        "{{context.draftOrders.x}}"
      })
  @DisplayName("14: a token without a value leaves the query unasked")
  void noValue(String template) {
    assertThat(
            context("{\"patientId\":\"p1\",\"nothing\":null,\"draftOrders\":{\"x\":1}}")
                .fill("Patient/{{context.patientId}}/" + template, TODAY))
        .isEmpty();
  }

  /** Checklist: 14. */
  @ParameterizedTest
  @CsvSource({
    "Practitioner/d1, userPractitionerId",
    "PractitionerRole/d1, userPractitionerRoleId",
    "Patient/d1, userPatientId",
    "RelatedPerson/d1, userRelatedPersonId"
  })
  @DisplayName("14: the user's id stands under the name of its type, and under no other")
  void userTokens(String user, String token) {
    ContextValues values = context("{\"userId\":\"" + user + "\"}");

    assertThat(values.fill("X/{{context." + token + "}}", TODAY)).hasValue("X/d1");
    assertThat(values.values()).containsOnlyKeys("userId", token);
  }

  /** Checklist: 62. */
  @ParameterizedTest
  @CsvSource({
    "today(), 2024-03-31",
    "' today() - 90 days ', 2024-01-01",
    "today() + 1 day, 2024-04-01",
    "today()-2 weeks, 2024-03-17",
    "today() - 1 month, 2024-02-29",
    "today() - 5 years, 2019-03-31"
  })
  void relativeDates(String token, String date) {
    assertThat(context("{}").fill("X?date=ge{{" + token + "}}", TODAY))
        .hasValue("X?date=ge" + date);
  }

  /** Checklist: 62. */
  @ParameterizedTest
  @ValueSource(
      strings = {"now()", "today() - x days", "today() - 3 fortnights", "today() * 2 days"})
  void otherExpressionsAreNotGuessed(String token) {
    assertThat(context("{}").fill("X?date=ge{{" + token + "}}", TODAY)).isEmpty();
  }

  @Test
  void aUserOfAnotherFormHasNoToken() {
    assertThat(context("{\"userId\":\"Practitioner\"}").values()).containsOnlyKeys("userId");
    assertThat(context("{\"userId\":\"Group/1\"}").values()).containsOnlyKeys("userId");
  }

  /** Checklist: 22. */
  @Test
  @DisplayName("22: values are not shown")
  void showsNames() {
    assertThat(context("{\"patientId\":\"MRN-1\"}").toString())
        .contains("patientId")
        .doesNotContain("MRN-1");
  }
}
