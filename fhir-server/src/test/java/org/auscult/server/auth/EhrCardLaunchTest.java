package org.auscult.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.auscult.server.journal.Materialiser;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An application is opened from a card about a patient whom only the EHR knows. */
class EhrCardLaunchTest extends EhrLaunchSteps {
  private static final String SERVICES = "/ehr/launching/cds-services";

  @Autowired private Materialiser materialiser;

  /** Safety: 1. Safety: 2. Safety: 28. Checklist: 37. */
  @Test
  void aCardOpensTheApplicationOnItsPatientAndOnNoOther() throws Exception {
    String one = "one-" + UUID.randomUUID();
    String two = "two-" + UUID.randomUUID();
    JsonNode link = card(one).path("links").path(0);
    JsonNode other = card(two).path("links").path(0);
    while (materialiser.runOnce() > 0) {
      assertThat(materialiser.parked()).isZero();
    }

    assertThat(link.path("type").asText()).isEqualTo("smart");
    assertThat(link.path("url").asText()).isEqualTo(OUR_HOOKS + "/launch/launched-app");
    assertThat(link.path("appContext").asText()).doesNotContain(one);

    LAUNCHING.session.patient = one;
    SmartBrowser browser = browser();
    opened(other);
    assertRefused(launch(browser, "launched-app", LAUNCHING), 403, "wrong-card");

    opened(link);
    HttpResponse<String> launched = launch(browser, "launched-app", LAUNCHING);
    Map<String, String> callback =
        SmartBrowser.callback(
            browser.get(request("launched-app", launched, "launch patient/*.rs")));
    JsonNode tokens = tokens("launched-app", callback);
    assertThat(tokens.path("appContext").asText()).isEqualTo(link.path("appContext").asText());
    String ours = tokens.path("patient").asText();
    assertThat(
            jdbc.queryForList(
                "select sp_value from hfj_spidx_token where sp_name = 'identifier'"
                    + " and res_id in (select res_id from hfj_resource"
                    + " where fhir_id = ? and res_type = 'Patient')",
                String.class,
                ours))
        .contains(one);
  }

  private static void opened(JsonNode link) {
    LAUNCHING.session.answer = answer -> answer.put("appContext", link.path("appContext").asText());
  }

  /** The card of a hook call; the EHR knows the patient, and our record does not. */
  private JsonNode card(String id) throws Exception {
    ObjectNode patient = JSON.createObjectNode();
    patient.put("resourceType", "Patient").put("id", id).put("gender", "female");
    patient.put("birthDate", LocalDate.now().minusYears(70).minusDays(20).toString());
    LAUNCHING.patient(id, patient);
    HttpResponse<String> answer =
        caller()
            .send(
                signed(SERVICES + "/cvd-risk")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(id, patient))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode cards = JSON.readTree(answer.body()).path("cards");
    assertThat(cards).hasSize(1);
    return cards.path(0);
  }

  private HttpRequest.Builder signed(String path) {
    return caller()
        .request(path)
        .header(
            "Authorization", "Bearer " + CARDS_OF_LAUNCHING.token(OUR_HOOKS + path, Instant.now()));
  }

  private String body(String id, ObjectNode patient) throws Exception {
    ObjectNode call = JSON.createObjectNode();
    call.put("hook", "patient-view").put("hookInstance", UUID.randomUUID().toString());
    call.put("fhirServer", LAUNCHING.fhir());
    call.putObject("context").put("userId", "Practitioner/" + id).put("patientId", id);
    ObjectNode prefetch = call.putObject("prefetch");
    HttpResponse<String> discovery = caller().send(signed(SERVICES));
    for (JsonNode service : JSON.readTree(discovery.body()).path("services")) {
      if (service.path("id").asText().equals("cvd-risk")) {
        service
            .path("prefetch")
            .properties()
            .forEach(asked -> prefetch.set(asked.getKey(), found(asked.getValue(), id, patient)));
      }
    }
    return call.toString();
  }

  private static JsonNode found(JsonNode query, String id, ObjectNode patient) {
    if (query.asText().startsWith("Patient")) {
      return patient;
    }
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset");
    if (query.asText().startsWith("Observation")) {
      for (ObjectNode observation : observations(id)) {
        bundle.withArray("entry").addObject().set("resource", observation);
      }
    }
    return bundle;
  }

  private static List<ObjectNode> observations(String id) {
    ObjectNode smoking = observation(id, "72166-2");
    smoking
        .putObject("valueCodeableConcept")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", "266919005");
    return List.of(
        number(id, "2093-3", 200, "mg/dL"),
        number(id, "2085-9", 45, "mg/dL"),
        number(id, "8480-6", 160, "mm[Hg]"),
        number(id, "39156-5", 35, "kg/m2"),
        number(id, "98979-8", 90, "mL/min/{1.73_m2}"),
        smoking);
  }

  private static ObjectNode number(String id, String loinc, int value, String unit) {
    ObjectNode number = observation(id, loinc);
    number
        .putObject("valueQuantity")
        .put("value", value)
        .put("system", "http://unitsofmeasure.org")
        .put("code", unit);
    return number;
  }

  private static ObjectNode observation(String id, String loinc) {
    ObjectNode observation = JSON.createObjectNode();
    observation.put("resourceType", "Observation").put("id", "o-" + loinc);
    observation.put("status", "final");
    observation
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://loinc.org")
        .put("code", loinc);
    observation.putObject("subject").put("reference", "Patient/" + id);
    observation.put("effectiveDateTime", LocalDate.now().minusDays(30) + "T10:00:00Z");
    return observation;
  }
}
