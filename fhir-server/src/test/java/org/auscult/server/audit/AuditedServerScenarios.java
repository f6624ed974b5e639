package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.auscult.server.audit.AuditedRequests.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.server.KnownCaller;
import org.auscult.server.audit.AuditedRequests.Called;

/** What the log says of each request of a running server; the same on both databases. */
final class AuditedServerScenarios {
  private final AuditedRequests server;

  AuditedServerScenarios(KnownCaller caller, DataSource dataSource) {
    this.server = new AuditedRequests(caller, dataSource);
  }

  private String patient() throws Exception {
    Called created =
        server.call(
            "POST", "/fhir/Patient", "{\"resourceType\":\"Patient\",\"gender\":\"female\"}");
    assertThat(created.answer().statusCode()).isEqualTo(201);
    return created.json().path("id").asText();
  }

  private static String observation(String patient) {
    return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"},"
        + "\"subject\":{\"reference\":\"Patient/"
        + patient
        + "\"}}";
  }

  private static String entry(String method, String url, String resource) {
    return "{\"resource\":"
        + resource
        + ",\"request\":{\"method\":\""
        + method
        + "\",\"url\":\""
        + url
        + "\"}}";
  }

  void eachRequestHasOneLeaf() throws Exception {
    String patient = patient();
    Called create = server.call("POST", "/fhir/Observation", observation(patient));
    String id = create.json().path("id").asText();
    String body = create.answer().body();

    AuditEntry leaf = server.leaf(create);
    is(leaf, AuditKind.REST, "C", AuditOutcome.SUCCESS);
    assertThat(leaf.operation()).isEqualTo("create Observation");
    assertThat(leaf.patients()).containsExactly(patient);
    assertThat(leaf.entities()).containsExactly("Observation/" + id + "/_history/1");
    assertThat(leaf.agent().address()).isEqualTo("127.0.0.1");

    leaf = server.leaf(server.get("/fhir/Observation/" + id));
    is(leaf, AuditKind.REST, "R", AuditOutcome.SUCCESS);
    assertThat(leaf.patients()).containsExactly(patient);
    assertThat(leaf.entities()).containsExactly("Observation/" + id + "/_history/1");

    leaf =
        server.leaf(server.call("PUT", "/fhir/Observation/" + id, body.replace("\"x\"", "\"y\"")));
    is(leaf, AuditKind.REST, "U", AuditOutcome.SUCCESS);
    assertThat(leaf.entities()).containsExactly("Observation/" + id + "/_history/2");

    String patch = "[{\"op\":\"replace\",\"path\":\"/code/text\",\"value\":\"z\"}]";
    leaf =
        server.leaf(
            server.call(
                "PATCH",
                "/fhir/Observation/" + id,
                patch,
                "Content-Type",
                "application/json-patch+json"));
    is(leaf, AuditKind.REST, "U", AuditOutcome.SUCCESS);
    assertThat(leaf.operation()).isEqualTo("patch Observation");
    assertThat(leaf.patients()).containsExactly(patient);

    leaf = server.leaf(server.get("/fhir/Observation/" + id + "/_history"));
    is(leaf, AuditKind.REST, "R", AuditOutcome.SUCCESS);
    leaf = server.leaf(server.get("/fhir/Patient/" + patient + "/$everything"));
    is(leaf, AuditKind.REST, "E", AuditOutcome.SUCCESS);
    assertThat(leaf.operation()).isEqualTo("Patient/$everything");
    assertThat(leaf.entities()).contains("Observation/" + id + "/_history/3");
    leaf = server.leaf(server.get("/fhir/metadata"));
    assertThat(leaf.operation()).isEqualTo("metadata");

    leaf = server.leaf(server.call("DELETE", "/fhir/Observation/" + id, null));
    is(leaf, AuditKind.REST, "D", AuditOutcome.SUCCESS);
    assertThat(leaf.patients()).containsExactly(patient);
    leaf = server.leaf(server.get("/fhir/Observation/" + id));
    is(leaf, AuditKind.REST, "R", AuditOutcome.MINOR_FAILURE);
    assertThat(leaf.details()).containsEntry(RequestRecorder.STATUS, "410");
  }

  void whatIsRefusedHasItsLeaf() throws Exception {
    AuditEntry leaf = server.leaf(server.get("/fhir/Patient/none-" + UUID.randomUUID()));
    is(leaf, AuditKind.REST, "R", AuditOutcome.MINOR_FAILURE);
    assertThat(leaf.reason()).isEqualTo("http-404");
    assertThat(leaf.patients()).hasSize(1);
    for (Called refused :
        List.of(
            server.call("POST", "/fhir/Patient", "{\"resourceType\":\"Patient\","),
            server.call("POST", "/fhir/Patient", "{\"resourceType\":\"Patient\",\"nane\":1}"),
            server.get("/fhir/NoSuchType/1"),
            server.get("/fhir/Patient?no-such-parameter=1"),
            server.call("DELETE", "/fhir/Patient", null),
            server.call("PUT", "/fhir/Patient/1/2/3/4", "{}"),
            server.get("/fhir/$no-such-operation"),
            server.get("/fhir?_getpages=" + UUID.randomUUID()),
            server.call("POST", "/fhir", "{\"resourceType\":\"Bundle\",\"type\":\"history\"}"),
            server.call("POST", "/fhir/AuditEvent", "{\"resourceType\":\"AuditEvent\"}"))) {
      assertThat(refused.answer().statusCode()).as(refused.answer().toString()).isBetween(400, 499);
      assertThat(server.leaf(refused).outcome()).isEqualTo(AuditOutcome.MINOR_FAILURE);
    }
  }

  void aBatchHasOneLeafForAllItsPatients() throws Exception {
    String one = patient();
    String other = patient();
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
            + entry("POST", "Observation", observation(one))
            + ","
            + entry("POST", "Observation", observation(other))
            + ",{\"request\":{\"method\":\"GET\",\"url\":\"Patient/"
            + one
            + "\"}},{\"request\":{\"method\":\"GET\",\"url\":\"Patient/none\"}}]}";

    Called batch = server.call("POST", "/fhir", bundle);

    assertThat(batch.answer().statusCode()).isEqualTo(200);
    AuditEntry leaf = server.leaf(batch);
    is(leaf, AuditKind.REST, "E", AuditOutcome.SUCCESS);
    assertThat(leaf.patients()).contains(one, other);
    assertThat(leaf.entities()).filteredOn(e -> e.startsWith("Observation/")).hasSize(2);
    List<LeafEvents.Event> events = new LeafEvents(leaf).all();
    assertThat(events).filteredOn(e -> one.equals(e.patient())).hasSize(1);
    events.stream()
        .filter(e -> one.equals(e.patient()) || other.equals(e.patient()))
        .forEach(
            e ->
                assertThat(e.entities())
                    .filteredOn(entity -> entity.startsWith("Observation/"))
                    .hasSize(1));
  }

  void searchesAndPagesSayWhatWasAskedAndWhoWasShown() throws Exception {
    String patient = patient();
    for (int i = 0; i < 3; i++) {
      server.call("POST", "/fhir/Observation", observation(patient));
    }
    String query = "/fhir/Observation?subject=Patient/" + patient + "&_count=2";
    Called search = server.get(query);
    AuditEntry leaf = server.leaf(search);
    is(leaf, AuditKind.REST, "E", AuditOutcome.SUCCESS);
    assertThat(leaf.query()).isEqualTo(query);
    assertThat(leaf.patients()).containsExactly(patient);
    assertThat(leaf.entities()).hasSize(2);

    String next = "";
    for (JsonNode link : search.json().path("link")) {
      if (link.path("relation").asText().equals("next")) {
        next = link.path("url").asText();
      }
    }
    leaf = server.leaf(server.get(next.substring(next.indexOf("/fhir"))));
    assertThat(leaf.patients()).containsExactly(patient);
    assertThat(leaf.entities()).hasSize(1);

    leaf =
        server.leaf(
            server.call(
                "POST",
                "/fhir/Observation/_search",
                "patient=" + patient + "&access_token=secret",
                "Content-Type",
                "application/x-www-form-urlencoded"));
    assertThat(leaf.query()).contains("patient=" + patient).doesNotContain("secret");
    leaf = server.leaf(server.get("/fhir/Condition?patient=" + patient));
    assertThat(leaf.entities()).isEmpty();
    assertThat(leaf.patients()).as("asked for, though nothing was found").containsExactly(patient);
  }

  void hookCallsAndTheirFailuresHaveOneLeafEach() throws Exception {
    String patient = "p-" + UUID.randomUUID();
    String call =
        "{\"hook\":\"patient-view\",\"hookInstance\":\""
            + UUID.randomUUID()
            + "\",\"fhirServer\":\"https://third-ehr.example.org/fhir\",\"context\":{\"userId\":"
            + "\"Practitioner/9\",\"patientId\":\""
            + patient
            + "\"},\"prefetch\":{\"patient\":{\"resourceType\":\"Patient\",\"id\":\""
            + patient
            + "\",\"gender\":\"female\",\"birthDate\":\"1962-03-01\"}}}";
    Called refused = server.call("POST", "/cds-services/cvd-risk", "{\"hook\":1}");
    assertThat(refused.answer().statusCode()).isEqualTo(400);
    AuditEntry leaf = server.leaf(refused);
    is(leaf, AuditKind.HOOK_CALL, "E", AuditOutcome.MINOR_FAILURE);
    assertThat(leaf.operation()).isEqualTo("hook cvd-risk");

    Called incomplete = server.call("POST", "/cds-services/cvd-risk", call);
    leaf = server.leaf(incomplete);
    assertThat(leaf.kind()).isEqualTo(AuditKind.HOOK_CALL);

    Called unknown = server.call("POST", "/cds-services/none", call);
    assertThat(unknown.answer().statusCode()).isEqualTo(404);
    assertThat(server.leaf(unknown).outcome()).isEqualTo(AuditOutcome.MINOR_FAILURE);

    Called feedback =
        server.call(
            "POST",
            "/cds-services/cvd-risk/feedback",
            "{\"feedback\":[{\"card\":\""
                + UUID.randomUUID()
                + "\",\"outcome\":\"accepted\",\"acceptedSuggestions\":[],\"outcomeTimestamp\":"
                + "\"2024-05-03T10:00:00Z\"}]}");
    leaf = server.leaf(feedback);
    assertThat(leaf.kind()).isEqualTo(AuditKind.FEEDBACK);
    assertThat(server.leaves(server.get("/cds-services"))).isEmpty();
  }

  void proofsAndExportVerify() throws Exception {
    Called read = server.get("/fhir/Patient/" + patient());
    server.awaitOrder();
    JsonNode event =
        server
            .get("/fhir/AuditEvent?type=rest&action=R&_count=1")
            .json()
            .path("entry")
            .path(0)
            .path("resource");
    assertThat(read.answer().statusCode()).isEqualTo(200);
    Called proof = server.get("/fhir/$audit-proof?event=" + event.path("id").asText());
    assertThat(proof.answer().statusCode()).as(proof.answer().body()).isEqualTo(200);
    Called head = server.get("/fhir/$audit-head");
    assertThat(head.answer().statusCode()).isEqualTo(200);
    Called consistency = server.get("/fhir/$audit-consistency?first=1");
    assertThat(consistency.answer().statusCode()).isEqualTo(200);
    Called verify = server.get("/fhir/$audit-verify?count=1000000");
    assertThat(verify.answer().body()).contains("\"intact\"").contains("true");
    assertThat(server.leaf(server.get("/fhir/$audit-export?from=0")).kind())
        .isEqualTo(AuditKind.EXPORT);
    assertThat(server.verifiedExport().findings()).isEmpty();
  }

  void auditEventsAreFoundByWhatTheySay() throws Exception {
    String patient = patient();
    Called create = server.call("POST", "/fhir/Observation", observation(patient));
    String reference = "Observation/" + create.json().path("id").asText();
    for (int i = 0; i < 5; i++) {
      server.get("/fhir/" + reference);
    }
    server.get("/fhir/Observation?patient=" + patient);
    server.awaitOrder();
    // Who looks for a patient's events is in one of them: only those until now are looked at.
    Thread.sleep(2);
    String ofAll = "/fhir/AuditEvent?patient=Patient/" + patient;
    String of = ofAll + "&date=lt" + Instant.now().truncatedTo(ChronoUnit.MILLIS);

    assertThat(total(of)).isEqualTo(8);
    assertThat(total(of + "&action=R")).isEqualTo(5);
    assertThat(total(of + "&subtype=create")).isEqualTo(2);
    assertThat(total(of + "&subtype=http://hl7.org/fhir/restful-interaction%7Cread")).isEqualTo(5);
    assertThat(total(of + "&entity=" + reference)).isEqualTo(7);
    assertThat(total(of + "&outcome=0&type=rest")).isEqualTo(8);
    assertThat(total(of + "&outcome=4,8")).isZero();
    assertThat(total(of + "&date=ge2020")).isEqualTo(8);
    assertThat(total(ofAll + "&date=lt2020")).isZero();
    assertThat(total(of + "&agent=Practitioner/nobody")).isZero();
    List<String> ids = new ArrayList<>();
    JsonNode page = server.get(of + "&_count=3&_sort=date&_total=accurate").json();
    assertThat(page.path("total").asInt()).isEqualTo(8);
    while (true) {
      page.path("entry").forEach(e -> ids.add(e.path("resource").path("id").asText()));
      String next = "";
      for (JsonNode link : page.path("link")) {
        next = link.path("relation").asText().equals("next") ? link.path("url").asText() : next;
      }
      if (next.isEmpty()) {
        break;
      }
      page = server.get(next.substring(next.indexOf("/fhir"))).json();
    }
    assertThat(ids).hasSize(8).doesNotHaveDuplicates();

    JsonNode query = server.get(of + "&subtype=search-type").json().at("/entry/0/resource");
    assertThat(query.at("/meta/profile/0").asText()).endsWith("/audit-patient-query");
    String asked = "";
    for (JsonNode entity : query.path("entity")) {
      asked = entity.has("query") ? entity.path("query").asText() : asked;
    }
    assertThat(new String(Base64.getDecoder().decode(asked), StandardCharsets.UTF_8))
        .isEqualTo("/fhir/Observation?patient=" + patient);
    JsonNode read = server.get("/fhir/AuditEvent/" + ids.get(0)).json();
    assertThat(read.path("id").asText()).isEqualTo(ids.get(0));
    assertThat(total("/fhir/AuditEvent?_id=" + ids.get(0))).isEqualTo(1);
    assertThat(server.get("/fhir/AuditEvent/" + UUID.randomUUID()).answer().statusCode())
        .isEqualTo(404);
  }

  void reportsSayWhoSawAPatientAndWhatModelsSaid() throws Exception {
    String patient = patient();
    Called read = server.get("/fhir/Patient/" + patient);
    Called predict =
        server.call(
            "POST",
            "/fhir/Patient/" + patient + "/$predict",
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"model\",\"valueString\":"
                + "\"https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0\"}]}");
    assertThat(predict.answer().statusCode()).as(predict.answer().body()).isEqualTo(200);
    AuditEntry leaf = server.leaf(predict);
    is(leaf, AuditKind.INFERENCE, "E", AuditOutcome.SUCCESS);
    assertThat(leaf.details()).containsKey(HookLeaves.JOURNAL);
    assertThat(server.leaf(read).patients()).containsExactly(patient);

    JsonNode report = server.get("/fhir/Patient/" + patient + "/$access-report?sort=date").json();
    List<String> operations = new ArrayList<>();
    for (JsonNode parameter : report.path("parameter")) {
      for (JsonNode part : parameter.path("part")) {
        if (part.path("name").asText().equals("operation")) {
          operations.add(part.path("valueString").asText());
        }
      }
    }
    assertThat(operations).startsWith("create Patient", "read Patient", "Patient/$predict");
    String ai = server.get("/fhir/Patient/" + patient + "/$ai-report").answer().body();
    assertThat(ai).contains("ckd-epi-2021|1.0.0").contains("not-assessed");
    assertThat(server.get("/fhir/$user-report?user=nobody").answer().body())
        .doesNotContain("access");
    for (String wrong : List.of("sort=patient", "start=yesterday", "_count=0")) {
      assertThat(
              server
                  .get("/fhir/Patient/" + patient + "/$access-report?" + wrong)
                  .answer()
                  .statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  void nobodyWritesAnAuditEvent() throws Exception {
    String event = "{\"resourceType\":\"AuditEvent\",\"id\":\"mine\"}";
    String transaction =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
            + entry("PUT", "AuditEvent/mine", event)
            + "]}";
    for (Called refused :
        List.of(
            server.call("POST", "/fhir/AuditEvent", event),
            server.call("PUT", "/fhir/AuditEvent/mine", event),
            server.call("DELETE", "/fhir/AuditEvent/mine", null),
            server.call("POST", "/fhir", transaction))) {
      assertThat(refused.answer().statusCode()).as(refused.answer().toString()).isBetween(400, 499);
    }
  }

  private int total(String search) throws Exception {
    Called found = server.get(search);
    assertThat(found.answer().statusCode()).as(found.answer().body()).isEqualTo(200);
    return found.json().path("total").asInt();
  }
}
