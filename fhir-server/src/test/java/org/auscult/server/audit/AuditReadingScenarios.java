package org.auscult.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.server.KnownCaller;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.audit.AuditedRequests.Called;
import org.auscult.server.keys.KeyRing;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** How the log is read: searches, reports, and what stands in it of the server itself. */
final class AuditReadingScenarios {
  private final AuditedRequests server;
  private final DataSource dataSource;
  private final KeyRing keys;
  private final String token;

  AuditReadingScenarios(KnownCaller caller, DataSource dataSource, KeyRing keys) {
    this.server = new AuditedRequests(caller, dataSource);
    this.dataSource = dataSource;
    this.keys = keys;
    this.token =
        TokenHolder.ofRoles(
            caller.root(), keys, List.of("system", "auditor", "privacy-officer", "clinician"));
  }

  private Called call(String method, String path, @Nullable String body, String... headers)
      throws Exception {
    String[] all =
        Stream.concat(
                Stream.of(
                    "Authorization", "Bearer " + token, "Content-Type", "application/fhir+json"),
                Stream.of(headers))
            .toArray(String[]::new);
    return server.call(method, path, body, all);
  }

  private Called get(String path) throws Exception {
    return call("GET", path, null);
  }

  private JsonNode ok(String path) throws Exception {
    Called called = get(path);
    assertThat(called.answer().statusCode()).as(path + called.answer().body()).isEqualTo(200);
    return called.json();
  }

  private String patient() throws Exception {
    Called created =
        call("POST", "/fhir/Patient", "{\"resourceType\":\"Patient\",\"gender\":\"female\"}");
    assertThat(created.answer().statusCode()).isEqualTo(201);
    return created.json().path("id").asText();
  }

  private static String link(JsonNode page, String relation) {
    for (JsonNode link : page.path("link")) {
      if (link.path("relation").asText().equals(relation)) {
        String url = link.path("url").asText();
        return url.substring(url.indexOf("/fhir"));
      }
    }
    return "";
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("entry").forEach(e -> ids.add(e.at("/resource/id").asText()));
    return ids;
  }

  void pagesTellOfTheLogAsItWasAtTheFirst() throws Exception {
    String patient = patient();
    for (int i = 0; i < 7; i++) {
      get("/fhir/Patient/" + patient);
    }
    server.awaitOrder();
    String search = "/fhir/AuditEvent?patient=Patient/" + patient + "&_count=3";
    JsonNode page = ok(search);
    assertThat(page.has("total"))
        .as("nobody asked for it, and it would have to be counted")
        .isFalse();
    assertThat(link(page, "previous")).isEmpty();
    List<String> seen = new ArrayList<>(ids(page));
    while (!link(page, "next").isEmpty()) {
      // Each page is an event of this patient too, and the newest come first.
      server.awaitOrder();
      page = ok(link(page, "next"));
      seen.addAll(ids(page));
    }
    assertThat(seen).hasSize(8).doesNotHaveDuplicates();
    assertThat(page.path("total").asInt()).as("known at the end").isEqualTo(8);
    assertThat(ids(ok(link(page, "previous")))).isEqualTo(seen.subList(3, 6));
    assertThat(ids(ok(link(page, "first")))).isEqualTo(seen.subList(0, 3));
    String upTo = link(page, "first").replaceAll(".*(&_upto=\\d+).*", "$1");
    assertThat(upTo).startsWith("&_upto=");

    assertThat(ok(search + upTo + "&_total=accurate").path("total").asInt()).isEqualTo(8);
    JsonNode counted = ok(search + upTo + "&_summary=count");
    assertThat(counted.path("total").asInt()).isEqualTo(8);
    assertThat(counted.has("entry")).isFalse();
    assertThat(ok(search + upTo + "&_count=0&_total=accurate").path("total").asInt()).isEqualTo(8);
    List<String> reversed = new ArrayList<>(seen);
    Collections.reverse(reversed);
    String all = search.replace("_count=3", "_count=50") + upTo;
    assertThat(ids(ok(all + "&_sort=date"))).isEqualTo(reversed);
    assertThat(ids(ok(all + "&_sort=-date"))).isEqualTo(seen);
    JsonNode oldest = ok(all + "&_sort=date&_count=1").at("/entry/0/resource");
    String recorded = oldest.path("recorded").asText();
    assertThat(ids(ok(all + "&date=eq" + recorded.replace("+", "%2B"))))
        .contains(ids(ok(all)).get(7));
    assertThat(ids(ok(all + "&_lastUpdated=gt2020-01-01&_lastUpdated=lt2020-02-01"))).isEmpty();
    assertThat(ids(ok(all + "&_lastUpdated=gt2020-01-01"))).hasSize(8);
    for (String wrong :
        List.of("&_sort=agent", "&_offset=-1", "&_offset=100001", "&_upto=x", "&unknown=1")) {
      assertThat(get(search + wrong).answer().statusCode()).as(wrong).isEqualTo(400);
    }
  }

  void aSearchThatShowsManyPatientsIsAnEventForEach() throws Exception {
    String code = UUID.randomUUID().toString();
    Set<String> patients = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      String patient = patient();
      patients.add(patient);
      Called created =
          call(
              "POST",
              "/fhir/Observation",
              "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":"
                  + "[{\"system\":\"urn:test\",\"code\":\""
                  + code
                  + "\"}]},\"subject\":{\"reference\":\"Patient/"
                  + patient
                  + "\"}}");
      assertThat(created.answer().statusCode()).isEqualTo(201);
    }
    Called search = get("/fhir/Observation?code=" + code + "&_count=50");
    assertThat(search.json().path("entry")).hasSize(3);
    assertThat(server.leaves(search)).as("one leaf of one request").hasSize(1);

    for (String patient : patients) {
      JsonNode found =
          ok("/fhir/AuditEvent?patient=Patient/" + patient + "&subtype=search-type").at("/entry");
      assertThat(found).hasSize(1);
      JsonNode event = found.at("/0/resource");
      assertThat(event.at("/meta/profile/0").asText()).endsWith("/audit-patient-query");
      List<String> people = new ArrayList<>();
      List<String> things = new ArrayList<>();
      for (JsonNode entity : event.path("entity")) {
        String of = entity.at("/what/reference").asText();
        if (of.startsWith("Patient/")) {
          people.add(of);
        } else if (of.startsWith("Observation/")) {
          things.add(of);
        }
      }
      assertThat(people).containsExactly("Patient/" + patient);
      assertThat(things).as("what was shown of this patient alone").hasSize(1);
    }
  }

  void reportsAreSortedPagedAndGivenAsFiles() throws Exception {
    String patient = patient();
    call("GET", "/fhir/Patient/" + patient, null, "X-Odd", "1");
    call("GET", "/fhir/Patient/" + patient + "?_format=json", null);
    Called predict =
        call(
            "POST",
            "/fhir/Patient/" + patient + "/$predict",
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"model\",\"valueString\":"
                + "\"https://auscult.org/fhir/Library/ckd-epi-2021|1.0.0\"}]}");
    assertThat(predict.answer().statusCode()).isEqualTo(200);
    server.awaitOrder();
    String report = "/fhir/Patient/" + patient + "/$access-report";

    JsonNode first = ok(report + "?sort=date&_count=2");
    assertThat(values(first, "total")).containsExactly("4");
    assertThat(values(first, "next")).containsExactly("2");
    String upTo = "&_upto=" + values(first, "upTo").get(0);
    JsonNode second = ok(report + "?sort=date&_count=2&_offset=2" + upTo);
    assertThat(values(second, "next")).isEmpty();
    assertThat(values(second, "total")).containsExactly("4");
    List<String> operations = new ArrayList<>(parts(first, "operation"));
    operations.addAll(parts(second, "operation"));
    assertThat(operations)
        .containsExactly("create Patient", "read Patient", "read Patient", "Patient/$predict");
    assertThat(parts(ok(report + "?sort=kind" + upTo), "kind"))
        .containsExactly("inference", "rest", "rest", "rest");
    assertThat(parts(ok(report + "?sort=-kind" + upTo), "kind"))
        .containsExactly("rest", "rest", "rest", "inference");
    assertThat(parts(ok(report + "?sort=user" + upTo), "user")).isSorted().hasSize(4);

    Called csv = get(report + "?_outputFormat=text/csv&sort=date" + upTo);
    assertThat(csv.answer().headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    List<CSVRecord> rows =
        CSVParser.parse(
                csv.answer().body(),
                CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build())
            .getRecords();
    assertThat(rows).extracting(r -> r.get("operation")).isEqualTo(operations);
    assertThat(rows).allMatch(r -> r.get("patient").equals(patient));
    AuditEntry leaf = server.leaf(csv);
    assertThat(leaf.kind()).as("data left the record").isEqualTo(AuditKind.EXPORT);
    assertThat(leaf.details()).containsEntry("form", "text/csv");

    Called lines = get(report + "?_outputFormat=application/fhir%2Bndjson&sort=date" + upTo);
    List<String> events = lines.answer().body().lines().toList();
    assertThat(events).hasSize(4).allMatch(l -> l.startsWith("{\"resourceType\":\"AuditEvent\""));
    JsonNode disclosure =
        ok("/fhir/AuditEvent?type=export&subtype=110106&patient=Patient/" + patient)
            .at("/entry/0/resource");
    assertThat(disclosure.at("/meta/profile/0").asText()).endsWith("/audit-disclosure");

    String ai = "/fhir/Patient/" + patient + "/$ai-report";
    assertThat(parts(ok(ai + "?sort=date"), "model")).hasSize(1);
    assertThat(get(ai + "?_outputFormat=csv").answer().body())
        .contains("contributions,reasons")
        .contains("ckd-epi-2021|1.0.0,not-assessed");
    assertThat(get(ai + "?_outputFormat=ndjson").answer().body().lines())
        .singleElement()
        .asString()
        .contains("ckd-epi-2021|1.0.0");
    assertThat(parts(ok("/fhir/$user-report?user=auditor&_count=5"), "user")).hasSize(5);
    assertThat(get("/fhir/$user-report?user=auditor&_outputFormat=csv").answer().statusCode())
        .isEqualTo(200);
    for (String wrong :
        List.of("sort=patient", "_outputFormat=pdf", "_offset=100001", "_upto=-1")) {
      assertThat(get(report + "?" + wrong).answer().statusCode()).as(wrong).isEqualTo(400);
    }
  }

  private static List<String> values(JsonNode parameters, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      if (parameter.path("name").asText().equals(name)) {
        values.add(
            parameter.has("valueString")
                ? parameter.path("valueString").asText()
                : parameter.path("valueDecimal").asText());
      }
    }
    return values;
  }

  private static List<String> parts(JsonNode parameters, String name) {
    List<String> values = new ArrayList<>();
    for (JsonNode parameter : parameters.path("parameter")) {
      for (JsonNode part : parameter.path("part")) {
        if (part.path("name").asText().equals(name)) {
          values.add(
              part.has("valueString")
                  ? part.path("valueString").asText()
                  : part.path("valueCode").asText());
        }
      }
    }
    return values;
  }

  void changesOfADeploymentsStateAreOfTheirKind() throws Exception {
    for (String operation : List.of("$go-live", "$suspend")) {
      Called called =
          call(
              "POST",
              "/fhir/PlanDefinition/none-" + UUID.randomUUID() + "/" + operation,
              "{\"resourceType\":\"Parameters\"}");
      assertThat(called.answer().statusCode()).isBetween(400, 499);
      AuditEntry leaf = server.leaf(called);
      assertThat(leaf.operation()).isEqualTo("PlanDefinition/" + operation);
      assertThat(leaf.outcome()).isEqualTo(AuditOutcome.MINOR_FAILURE);
      assertThat(leaf.kind()).isIn(AuditKind.STATE_CHANGE, AuditKind.ACCESS_DENIED);
    }
  }

  void exportInBulkIsADisclosure() throws Exception {
    Called export =
        call("GET", "/fhir/$export?_type=Organization", null, "Prefer", "respond-async");
    assertThat(export.answer().statusCode()).as(export.answer().body()).isEqualTo(202);
    AuditEntry leaf = server.leaf(export);
    assertThat(leaf.kind()).isEqualTo(AuditKind.EXPORT);
    assertThat(leaf.outcome()).isEqualTo(AuditOutcome.SUCCESS);
    assertThat(leaf.query()).isEqualTo("/fhir/$export?_type=Organization");
  }

  void changedSettingsStandInTheLogWithoutTheirValues() throws Exception {
    server.awaitOrder();
    String leaves = all("select leaf from audit_log where leaf is not null");
    assertThat(leaves)
        .contains("\"kind\":\"configuration\"", "auscult.starter")
        .doesNotContain("jdbc:");
    String stored = all("select sealed from audit_setting");
    assertThat(stored).isNotEmpty().doesNotContain("jdbc:");

    Map<String, Object> given =
        Map.of("auscult.secret-of-test", "hunter2", "auscult.starter", "live", "other", "x");
    ChangedSettings settings = settings(given);
    assertThat(settings.names()).contains("auscult.secret-of-test").doesNotContain("other");
    List<String> before = settings(given).names();
    settings.keep();
    assertThat(settings(given).names()).isEmpty();
    assertThat(
            settings(Map.of("auscult.secret-of-test", "hunter3", "auscult.starter", "live"))
                .names())
        .containsExactly("auscult.secret-of-test");
    assertThat(settings(Map.of("auscult.starter", "live")).names())
        .containsExactly("auscult.secret-of-test");
    assertThat(before).isNotEmpty();
    assertThat(all("select sealed from audit_setting")).doesNotContain("hunter");
  }

  private ChangedSettings settings(Map<String, Object> given) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", given));
    return new ChangedSettings(dataSource, keys, environment);
  }

  private String all(String sql) throws Exception {
    StringBuilder all = new StringBuilder();
    try (var connection = dataSource.getConnection();
        var select = connection.prepareStatement(sql);
        var rows = select.executeQuery()) {
      while (rows.next()) {
        all.append(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
