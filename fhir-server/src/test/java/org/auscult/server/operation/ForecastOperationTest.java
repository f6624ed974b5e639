package org.auscult.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** Safety: 24. */
class ForecastOperationTest extends ServerTest {
  /** A year that no other test writes about. */
  private static final String YEAR = "1987";

  private Parameters forecast(String deployment, String... parameters) {
    Parameters in = new Parameters();
    for (int i = 0; i < parameters.length; i += 2) {
      in.addParameter(parameters[i], new StringType(parameters[i + 1]));
    }
    return client()
        .operation()
        .onInstance(new IdType("PlanDefinition", deployment))
        .named("$forecast")
        .withParameters(in)
        .useHttpGet()
        .execute();
  }

  private static int number(ParametersParameterComponent of, String part) {
    return of.getPart().stream()
        .filter(p -> p.getName().equals(part))
        .map(p -> ((IntegerType) p.getValue()).getValue())
        .findFirst()
        .orElseThrow();
  }

  private static double perWeek(Parameters forecast) {
    return forecast.getParameter("all").getPart().stream()
        .filter(p -> p.getName().equals("cardsPerWeek"))
        .map(p -> ((DecimalType) p.getValue()).getValue().doubleValue())
        .findFirst()
        .orElseThrow();
  }

  private String patient() {
    Patient patient = new Patient();
    patient.setGender(AdministrativeGender.FEMALE);
    patient.getBirthDateElement().setValueAsString("1930-01-01");
    return client()
        .create()
        .resource(patient)
        .execute()
        .getId()
        .toUnqualifiedVersionless()
        .getValue();
  }

  private String practitioner() {
    Practitioner practitioner = new Practitioner();
    practitioner.setId("d-" + UUID.randomUUID());
    client().update().resource(practitioner).execute();
    return "Practitioner/" + practitioner.getIdElement().getIdPart();
  }

  @Test
  void playsEncountersByTheirFirstPractitioner() {
    String user = practitioner();
    // The first one began before the time that is played, and ended in it.
    for (String day : List.of("02-28", "03-01", "03-02", "05-01")) {
      Encounter encounter = new Encounter();
      encounter.setStatus(Encounter.EncounterStatus.FINISHED);
      encounter.setClass_(
          new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
      encounter.setSubject(new Reference(patient()));
      encounter.addParticipant().setIndividual(new Reference(user));
      encounter
          .getPeriod()
          .setStart(Date.from(Instant.parse(YEAR + "-" + day + "T10:00:00Z")))
          .setEnd(
              Date.from(
                  Instant.parse(
                      YEAR + "-" + (day.equals("02-28") ? "03-02" : day) + "T11:00:00Z")));
      client().create().resource(encounter).execute();
    }

    Parameters forecast = forecast("cvd-risk", "start", YEAR + "-03-01", "end", YEAR + "-03-31");

    assertThat(((IntegerType) forecast.getParameter("found").getValue()).getValue()).isEqualTo(3);
    assertThat(number(forecast.getParameter("all"), "openings")).isEqualTo(2);
    assertThat(forecast.getParameters("user")).hasSize(1);
    assertThat(forecast.getParameter("user").getPartFirstRep().getValue().primitiveValue())
        .isEqualTo(user);
    assertThat(number(forecast.getParameter("user"), "withCard"))
        .as("of either patient so little was known that it says so, once")
        .isEqualTo(2);
  }

  @Test
  void playsOrdersForWhatChecksOrders() {
    String user = practitioner();
    for (int i = 0; i < 4; i++) {
      MedicationRequest order = new MedicationRequest();
      order.setStatus(MedicationRequestStatus.ACTIVE);
      order.setIntent(MedicationRequestIntent.ORDER);
      order.setSubject(new Reference(patient()));
      order.setRequester(new Reference(user));
      order.setAuthoredOn(Date.from(Instant.parse(YEAR + "-07-0" + (i + 1) + "T10:00:00Z")));
      order.getMedicationCodeableConcept().setText("a pill");
      client().create().resource(order).execute();
    }

    Parameters all =
        forecast("kidney-order-check", "start", YEAR + "-07-01", "end", YEAR + "-07-31");
    Parameters half =
        forecast(
            "kidney-order-check",
            "start",
            YEAR + "-07-01",
            "end",
            YEAR + "-07-31",
            "openings",
            "2");

    assertThat(all.getParameter("hook").getValue().primitiveValue()).isEqualTo("order-select");
    assertThat(number(all.getParameter("all"), "withCard")).as("not checked").isEqualTo(4);
    assertThat(((IntegerType) half.getParameter("found").getValue()).getValue()).isEqualTo(4);
    assertThat(number(half.getParameter("all"), "openings")).isEqualTo(2);
    assertThat(perWeek(half)).as("each stands for two").isEqualTo(perWeek(all)).isPositive();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(
            () -> forecast("cvd-risk", "start", "1990-01-02", "end", "1990-01-01", "openings", "0"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e ->
                assertThat(((OperationOutcome) e.getOperationOutcome()).getIssue())
                    .extracting(issue -> issue.getDiagnostics())
                    .anyMatch(d -> d.startsWith("start "))
                    .anyMatch(d -> d.startsWith("openings ")));
    assertThatThrownBy(() -> forecast("no-such-deployment"))
        .isInstanceOf(ResourceNotFoundException.class);
  }
}
