package org.auscult.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** An EHR of another house that opens the chart of one patient, who has one card. */
public final class OpenedChart {
  public static final String EHR = "https://other-ehr.example.org/fhir";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KnownCaller caller;
  private final String patient;

  /**
   * @param patient the id at that EHR
   */
  public OpenedChart(KnownCaller caller, String patient) {
    this.caller = caller;
    this.patient = patient;
  }

  /** The uuid of the card. */
  public UUID call(UUID instance) throws Exception {
    HttpResponse<String> answer = post("", body(instance));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode cards = JSON.readTree(answer.body()).path("cards");
    assertThat(cards).hasSize(1);
    return UUID.fromString(cards.path(0).path("uuid").asText());
  }

  /** Sends to the service, or to what stands below it. */
  public HttpResponse<String> post(String path, String body) throws Exception {
    return caller.send(
        caller
            .request("/cds-services/cvd-risk" + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** What the EHR sends. */
  public String body(UUID instance) throws Exception {
    String observations =
        bundle(
            number("2093-3", "200", "mg/dL"),
            number("2085-9", "45", "mg/dL"),
            number("8480-6", "160", "mm[Hg]"),
            number("39156-5", "35", "kg/m2"),
            number("98979-8", "90", "mL/min/{1.73_m2}"),
            observation(
                "72166-2",
                """
                "valueCodeableConcept":{"coding":[
                 {"system":"http://snomed.info/sct","code":"266919005"}]}
                """));
    StringBuilder prefetch = new StringBuilder();
    HttpResponse<String> discovery = caller.send(caller.request("/cds-services"));
    JSON.readTree(discovery.body())
        .path("services")
        .path(0)
        .path("prefetch")
        .fields()
        .forEachRemaining(
            f -> {
              String query = f.getValue().asText();
              String value =
                  query.startsWith("Patient")
                      ? """
                      {"resourceType":"Patient","id":"%s","gender":"female","birthDate":"%s"}
                      """
                          .formatted(patient, LocalDate.now().minusYears(70).minusDays(20))
                      : query.startsWith("Observation") ? observations : bundle();
              prefetch.append(prefetch.isEmpty() ? "" : ",");
              prefetch.append('"').append(f.getKey()).append("\":").append(value);
            });
    return """
    {"hook":"patient-view","hookInstance":"%s","fhirServer":"%s",
     "context":{"userId":"Practitioner/%s","patientId":"%s"},"prefetch":{%s}}
    """
        .formatted(instance, EHR, instance, patient, prefetch);
  }

  private static String bundle(String... resources) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
        + String.join(
            ",", List.of(resources).stream().map(r -> "{\"resource\":" + r + "}").toList())
        + "]}";
  }

  private String number(String loinc, String value, String unit) {
    return observation(
        loinc,
        """
        "valueQuantity":{"value":%s,"system":"http://unitsofmeasure.org","code":"%s"}
        """
            .formatted(value, unit));
  }

  private String observation(String loinc, String value) {
    return """
    {"resourceType":"Observation","id":"o-%s","meta":{"versionId":"3"},"status":"final",
     "code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},
     "subject":{"reference":"Patient/%s"},"effectiveDateTime":"%sT10:00:00Z",%s}
    """
        .formatted(loinc, loinc, patient, LocalDate.now().minusDays(30), value);
  }
}
