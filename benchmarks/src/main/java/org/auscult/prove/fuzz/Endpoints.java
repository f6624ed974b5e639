package org.auscult.prove.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.fuzz.Seed.Bearer;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Browser;
import org.auscult.prove.hospital.Person;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/**
 * Right requests to every endpoint, as the running server tells of them: FHIR by its
 * CapabilityStatement, OAuth by SMART discovery, hooks by CDS discovery. What no discovery tells is
 * a list here.
 */
final class Endpoints {
  private static final List<String> OTHERS =
      List.of(
          "/",
          "/login",
          "/login?refused",
          "/logout",
          "/oauth2/account",
          "/oauth2/consent?state=x&client_id=growth",
          "/oauth2/patient?request=x",
          "/oauth2/style.css",
          "/oauth2/smart-style.json",
          "/oauth2/launch-jwks",
          "/oauth2/jwks",
          "/.well-known/openid-configuration",
          "/.well-known/oauth-authorization-server",
          "/.well-known/notification-keys",
          "/fhir/.well-known/smart-configuration",
          "/fhir/metadata",
          "/launch/growth?iss=https://ehr.example.org/fhir&launch=x",
          "/ehr/ward/launch?iss=https://ehr.example.org/fhir&launch=x",
          "/ehr/ward/cds-services",
          "/icon.png",
          "/favicon.ico",
          "/error",
          "/actuator",
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/prometheus",
          "/actuator/env");

  private static final List<String> QUERIES =
      List.of(
          "",
          "?_count=2",
          "?from=0&count=5",
          "?patient=x",
          "?start=2024-01-01&end=2025-01-01",
          "?index=0&size=1",
          "?first=1",
          "?user=nora",
          "?_type=Patient",
          "?code=x&system=y",
          "?url=http://x&identifier=y",
          "?at=2024-01-01T00:00:00Z&service=cvd-risk",
          "?name=x&path=Patient.name");

  private final TwoHospitals hospitals;
  private final List<Seed> seeds = new ArrayList<>();
  private final Random random;

  private Endpoints(TwoHospitals hospitals, Random random) {
    this.hospitals = hospitals;
    this.random = random;
  }

  /** All, in an order that follows from the random source. */
  static List<Seed> of(TwoHospitals hospitals, Random random) throws IOException {
    Endpoints endpoints = new Endpoints(hospitals, random);
    endpoints.fhir();
    endpoints.bundles();
    endpoints.hooks();
    endpoints.oauth();
    endpoints.seeds.addAll(RegistrySeeds.all(random));
    for (String path : OTHERS) {
      endpoints.add(path.replaceFirst("\\?.*", ""), Bearer.NOBODY, Ask.get(path));
    }
    return List.copyOf(endpoints.seeds);
  }

  private void add(String endpoint, Bearer bearer, Ask ask) {
    seeds.add(new Seed(endpoint, bearer, ask));
  }

  private JsonNode got(String path, String token) throws IOException {
    Reply reply = hospitals.wire().send(Ask.get(path).bearer(token));
    if (reply.status() != 200) {
      throw new IOException(path + " tells no endpoints: HTTP " + reply.status());
    }
    return reply.json();
  }

  private void fhir() throws IOException {
    JsonNode rest = got("/fhir/metadata", "").path("rest").path(0);
    for (JsonNode resource : rest.path("resource")) {
      String type = resource.path("type").asText();
      for (JsonNode interaction : resource.path("interaction")) {
        interaction(type, interaction.path("code").asText(), resource.path("searchParam"));
      }
      for (JsonNode operation : resource.path("operation")) {
        operations(type, operation.path("name").asText());
      }
    }
    for (JsonNode interaction : rest.path("interaction")) {
      if (interaction.path("code").asText().equals("history-system")) {
        add("/fhir/_history", Bearer.SERVICE, Ask.get("/fhir/_history?_count=3"));
      }
    }
    for (JsonNode operation : rest.path("operation")) {
      operations("", operation.path("name").asText());
    }
  }

  private Bearer someone() {
    return switch (random.nextInt(9)) {
      case 0 -> Bearer.NOBODY;
      case 1 -> Bearer.AUDITOR;
      case 2 -> Bearer.ADMINISTRATOR;
      case 3, 4, 5 -> Bearer.CLINICIAN;
      default -> Bearer.SERVICE;
    };
  }

  private void interaction(String type, String code, JsonNode parameters) throws IOException {
    String target = "/fhir/" + type;
    String one = target + "/" + id(type);
    switch (code) {
      case "read" -> add("/fhir/[type]/[id]", someone(), Ask.get(one));
      case "vread" ->
          add("/fhir/[type]/[id]/_history/[v]", someone(), Ask.get(one + "/_history/1"));
      case "history-instance" ->
          add("/fhir/[type]/[id]/_history", someone(), Ask.get(one + "/_history"));
      case "history-type" ->
          add("/fhir/[type]/_history", someone(), Ask.get(target + "/_history?_count=2"));
      case "create" ->
          add("POST /fhir/[type]", someone(), Ask.fhir("POST", target, resource(type)));
      case "update" -> {
        String id = "fuzz-" + random.nextInt(5);
        ObjectNode resource = resource(type).put("id", id);
        add("PUT /fhir/[type]/[id]", Bearer.SERVICE, Ask.fhir("PUT", target + "/" + id, resource));
      }
      case "patch" -> patches(target + "/fuzz-1");
      case "delete" ->
          add(
              "DELETE /fhir/[type]/[id]",
              someone(),
              new Ask("DELETE", target + "/fuzz-" + random.nextInt(5), List.of(), new byte[0]));
      case "search-type" -> searches(target, parameters);
      default -> add(code, someone(), Ask.get(target));
    }
  }

  private void patches(String target) {
    ArrayNode patch = FhirCalls.JSON.createArrayNode();
    patch.addObject().put("op", "replace").put("path", "/language").put("value", "en");
    add("PATCH /fhir/[type]/[id]", Bearer.SERVICE, Ask.patch(target, patch));
    if (random.nextInt(6) == 0) {
      ObjectNode parameters = SamplePatients.resource("Parameters");
      ArrayNode parts =
          parameters.putArray("parameter").addObject().put("name", "operation").putArray("part");
      parts.addObject().put("name", "type").put("valueCode", "add");
      parts.addObject().put("name", "path").put("valueString", "Patient");
      parts.addObject().put("name", "name").put("valueString", "language");
      parts.addObject().put("name", "value").put("valueCode", "en");
      add("PATCH /fhir/[type]/[id]", Bearer.SERVICE, Ask.fhir("PATCH", target, parameters));
    }
  }

  /** One or two parameters of each type of parameter, and one search by POST. */
  private void searches(String target, JsonNode parameters) {
    Map<String, String> query = new LinkedHashMap<>();
    List<JsonNode> all = new ArrayList<>();
    parameters.forEach(all::add);
    for (int i = 0; i < 3 && !all.isEmpty(); i++) {
      JsonNode parameter = all.get(random.nextInt(all.size()));
      query.put(parameter.path("name").asText(), value(parameter.path("type").asText()));
      add("/fhir/[type]?", someone(), Ask.get(target + "?" + Ask.encoded(query) + "&_count=2"));
    }
    if (random.nextInt(8) == 0) {
      add("POST /fhir/[type]/_search", someone(), Ask.form(target + "/_search", query));
    }
  }

  private String value(String type) {
    return switch (type) {
      case "number" -> "gt5";
      case "quantity" -> "5.4|http://unitsofmeasure.org|mg";
      case "date" -> "ge2024-01-01";
      case "token" -> "http://loinc.org|2160-0";
      case "reference" -> hospitals.north().reference();
      case "uri" -> "http://example.org";
      case "composite" -> "http://loinc.org|2160-0$gt5";
      default -> "a";
    };
  }

  private String id(String type) {
    Person person = random.nextBoolean() ? hospitals.north() : hospitals.south();
    return switch (type) {
      case "Patient" -> person.id();
      case "Observation" -> person.observation();
      case "Encounter" -> person.encounter();
      case "Binary" -> person.binary();
      case "RiskAssessment" -> person.prediction();
      default -> "fuzz-1";
    };
  }

  /** Of a type, with what most of them have. */
  private ObjectNode resource(String type) {
    ObjectNode resource = SamplePatients.resource(type);
    if (type.equals("Patient")) {
      resource.put("birthDate", "1970-05-17").put("gender", "female").put("active", true);
      resource.putArray("name").addObject().put("family", "Fuzz").putArray("given").add("F");
      resource.putObject("managingOrganization").put("reference", "Organization/north");
    } else if (type.equals("Observation")) {
      return SamplePatients.typical(hospitals.north().id()).get(0).without(List.of("id"));
    } else if (type.equals("Library") || type.equals("PlanDefinition")) {
      resource.put("status", "draft").put("url", "http://example.org/x").put("version", "1");
      resource.putObject("type").putArray("coding").addObject().put("code", "logic-library");
    } else if (type.equals("Binary")) {
      resource.put("contentType", "text/plain").put("data", "YQ==");
    } else {
      resource.put("language", "en");
      resource.putArray("identifier").addObject().put("system", "http://a").put("value", "b");
    }
    return resource;
  }

  private void operations(String type, String name) {
    String query = QUERIES.get(random.nextInt(QUERIES.size()));
    String base = type.isEmpty() ? "/fhir/" : "/fhir/" + type + "/";
    String label = (type.isEmpty() ? "/fhir/" : "/fhir/[type]/") + "$" + name;
    ObjectNode parameters = SamplePatients.resource("Parameters");
    parameters
        .putArray("parameter")
        .addObject()
        .put("name", "service")
        .put("valueString", "cvd-risk");
    List<String> targets = new ArrayList<>(List.of(base + "$" + name));
    if (!type.isEmpty()) {
      targets.add(base + id(type) + "/$" + name);
    }
    // What sets deployments live, deletes for good or makes indexes anew, waits for nobody's data.
    Bearer who = someone();
    if (name.matches("audit-(archive|archives|restore)|rotate-key|meta-.*|rebuild-timeline")) {
      who = Bearer.ADMINISTRATOR;
    } else if (name.matches("audit-.*|user-report|access-report")) {
      who = Bearer.AUDITOR;
    }
    for (String target : targets) {
      add(label, who, Ask.get(target + query));
      add(label, who, Ask.fhir("POST", target, parameters.deepCopy()));
    }
  }

  private void bundles() {
    for (String type : List.of("batch", "transaction", "history", "collection")) {
      ObjectNode bundle = SamplePatients.resource("Bundle").put("type", type);
      ArrayNode entries = bundle.putArray("entry");
      for (String kind : List.of("Patient", "Observation")) {
        ObjectNode entry = entries.addObject().put("fullUrl", "urn:uuid:" + kind);
        entry.set("resource", resource(kind));
        entry
            .putObject("request")
            .put("method", "POST")
            .put("url", kind)
            .put("ifNoneExist", "_id=fuzz");
      }
      entries.addObject().putObject("request").put("method", "GET").put("url", "Patient?_count=1");
      entries.addObject().putObject("request").put("method", "DELETE").put("url", "Basic/fuzz-1");
      for (int i = 0; i < 4; i++) {
        add(
            "POST /fhir (bundle)",
            i == 0 ? Bearer.CLINICIAN : Bearer.SERVICE,
            Ask.fhir("POST", "/fhir", bundle.deepCopy()));
      }
    }
    String xml =
        "<Observation xmlns=\"http://hl7.org/fhir\"><text><status value=\"generated\"/><div"
            + " xmlns=\"http://www.w3.org/1999/xhtml\">x</div></text><extension"
            + " url=\"http://a\"><valueDecimal value=\"1.50\"/></extension><status"
            + " value=\"final\"/><code><coding><system value=\"http://loinc.org\"/><code"
            + " value=\"2160-0\"/></coding></code><subject><reference value=\""
            + hospitals.north().reference()
            + "\"/></subject><effectiveDateTime value=\"2024-05-01\"/><valueQuantity><value"
            + " value=\"1.5\"/></valueQuantity></Observation>";
    for (int i = 0; i < 8; i++) {
      add(
          "POST /fhir/[type] (XML)",
          Bearer.SERVICE,
          Ask.send("POST", "/fhir/Observation", "application/fhir+xml", xml.getBytes(UTF_8)));
    }
  }

  private void hooks() throws IOException {
    JsonNode services = got("/cds-services", hospitals.hookToken("/cds-services")).path("services");
    seeds.addAll(new HookSeeds(hospitals).of(services));
  }

  private void oauth() throws IOException {
    JsonNode smart = got("/fhir/.well-known/smart-configuration", "");
    Browser browser = hospitals.browser("127.0.0.1");
    for (Map.Entry<String, JsonNode> each : smart.properties()) {
      String url = each.getValue().asText();
      if (each.getKey().matches(".*(_endpoint|_uri)") && url.startsWith(hospitals.wire().root())) {
        String path = url.substring(hospitals.wire().root().length());
        for (int i = 0; i < 4; i++) {
          add(path, Bearer.NOBODY, Ask.get(path));
          add(path, Bearer.NOBODY, Ask.form(path, form(path)));
        }
      }
    }
    Map<String, String> request =
        browser.request(
            Staff.GROWTH, "openid user/*.rs launch/patient patient/*.rs", Browser.random());
    for (int i = 0; i < 12; i++) {
      Bearer bearer = i % 3 == 0 ? Bearer.NOBODY : Bearer.SESSION;
      add("/oauth2/authorize", bearer, Ask.get("/oauth2/authorize?" + Ask.encoded(request)));
      add(
          "/oauth2/authorize (consent)",
          bearer,
          Ask.form(
              "/oauth2/authorize",
              Map.of("client_id", Staff.GROWTH, "state", "x", "scope", "user/*.rs")));
      add(
          "/oauth2/token",
          Bearer.NOBODY,
          Ask.form("/oauth2/token", Browser.exchange(Staff.ROUNDS, "x", "y".repeat(43))));
      add(
          "/oauth2/token",
          Bearer.NOBODY,
          TwoHospitals.assertion(hospitals.assertion(Staff.LAB).compact(), "system/*.rs"));
      add(
          "/oauth2/token",
          Bearer.NOBODY,
          Ask.form(
              "/oauth2/token",
              Map.of(
                  "grant_type", "refresh_token", "client_id", Staff.ROUNDS, "refresh_token", "x")));
      add(
          "/login (POST)",
          Bearer.SESSION,
          Ask.form("/login", Map.of("username", "x", "password", "y", "code", "0")));
      add(
          "/oauth2/patient (POST)",
          Bearer.SESSION,
          Ask.form("/oauth2/patient", Map.of("request", "x", "patient", hospitals.north().id())));
      add(
          "/oauth2/consent",
          Bearer.SESSION,
          Ask.get("/oauth2/consent?client_id=growth&state=x&scope=y"));
      add("/oauth2/account", Bearer.SESSION, Ask.get("/oauth2/account"));
      add("/userinfo", Bearer.CLINICIAN, Ask.get("/userinfo"));
    }
  }

  private static Map<String, String> form(String path) {
    return path.endsWith("token")
        ? Map.of("grant_type", "authorization_code", "code", "x", "client_id", Staff.ROUNDS)
        : Map.of("token", "x", "client_id", Staff.ROUNDS, "token_type_hint", "access_token");
  }
}
