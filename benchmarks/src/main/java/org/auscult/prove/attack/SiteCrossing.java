package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Person;
import org.auscult.prove.hospital.Reply;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;
import org.jspecify.annotations.Nullable;

/** A clinician of the north, and an application with one patient of hers, look into the south. */
final class SiteCrossing implements Attack {
  /** In a request's path, stands for a patient of the south, or for one who never was. */
  private static final String ID = "{id}";

  @Override
  public void run(Tries tries) throws IOException {
    TwoHospitals hospitals = tries.hospitals();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("a clinician", hospitals.token(Staff.NORA));
    tokens.put(
        "an app with one patient",
        hospitals.token(Staff.NORA, "launch/patient patient/*.cruds", hospitals.north().id()));
    for (Map.Entry<String, String> who : tokens.entrySet()) {
      tries.of("site crossing: ids, " + who.getKey());
      tries.control(
          "her own patient",
          Ask.get("/fhir/" + hospitals.north().reference()).bearer(who.getValue()),
          200);
      ids(tries, who.getValue());
      tries.of("site crossing: searches, " + who.getKey());
      searches(tries, who.getValue());
      tries.of("include and revinclude leaks, " + who.getKey());
      includes(tries, who.getValue());
      tries.of("chained-search oracle, " + who.getKey());
      chains(tries, who.getValue());
      tries.of("site crossing: operations and bundles, " + who.getKey());
      operations(tries, who.getValue());
      bundles(tries, who.getValue());
      tries.of("existence oracle, " + who.getKey());
      oracle(tries, who.getValue());
    }
  }

  /** Nothing of the south's patient: neither name, nor value, nor the file's content. */
  private static Expect nothing(Tries tries) {
    Person south = tries.hospitals().south();
    return Expect.nothingOf(south.family(), south.value(), "WndldHNjaGdlbm11cw", "Zwetschgenmus");
  }

  private static void ids(Tries tries, String token) throws IOException {
    Person south = tries.hospitals().south();
    for (String resource :
        List.of(
            south.reference(),
            "Observation/" + south.observation(),
            "Encounter/" + south.encounter(),
            "Binary/" + south.binary(),
            "RiskAssessment/" + south.prediction())) {
      tries.control(
          resource, Ask.get("/fhir/" + resource).bearer(tries.hospitals().service()), 200);
      for (String way :
          List.of("", "/_history/1", "/_history", "?_elements=id", "?_summary=true")) {
        tries.request(
            resource.replaceFirst("/.*", "") + way,
            Ask.get("/fhir/" + resource + way).bearer(token),
            Expect.outcome(403, 404).and(nothing(tries)));
      }
      tries.request(
          "HEAD " + resource.replaceFirst("/.*", ""),
          new Ask("HEAD", "/fhir/" + resource, List.of(), new byte[0]).bearer(token),
          Expect.status(400, 403, 404, 405));
    }
  }

  private static void searches(Tries tries, String token) throws IOException {
    Person south = tries.hospitals().south();
    String name = south.family();
    String part = name.substring(0, 5 + new Random(name.hashCode()).nextInt(5));
    for (String search :
        List.of(
            "Patient?_id=" + south.id(),
            "Patient?name=" + name,
            "Patient?family:contains=" + part,
            "Patient?name:exact=" + name + "&_total=accurate",
            "Patient?name=" + name + "&_summary=count",
            "Patient?identifier=mrn-" + name,
            "Patient?organization=Organization/south",
            "Patient?_content=" + name,
            "Patient?_text=" + name,
            "Patient?_filter=name%20eq%20" + name,
            "Patient?_id=" + south.id() + "&_contained=both",
            "Patient?_id=" + south.id() + "," + tries.hospitals().north().id(),
            "Patient?_count=1000",
            "Observation?patient=" + south.id(),
            "Observation?subject=" + south.reference(),
            "Observation?_id=" + south.observation(),
            "Observation?value-quantity=" + south.value(),
            "Observation?_count=1000&_elements=valueQuantity",
            "Encounter?patient=" + south.id(),
            "Encounter?service-provider=Organization/south",
            "RiskAssessment?subject=" + south.reference(),
            "Binary?_id=" + south.binary(),
            "Patient/" + south.id() + "/Observation",
            "Patient/" + south.id() + "/*",
            "_history?_count=1000",
            "Patient/_history?_count=1000",
            "Observation/_history?_count=1000",
            "AuditEvent?patient=" + south.id(),
            "Provenance?target=" + south.reference(),
            "?_type=Patient,Observation&_count=1000",
            "Patient?_sort=family&_count=1000")) {
      tries.request(
          search.replace(name, "NAME"), Ask.get("/fhir/" + search).bearer(token), nothing(tries));
    }
    tries.request(
        "by POST",
        Ask.form("/fhir/Patient/_search", Map.of("name", name)).bearer(token),
        nothing(tries));
    pages(tries, token);
  }

  /** The next page of somebody else's search. */
  private static void pages(Tries tries, String token) throws IOException {
    Reply first =
        tries.control(
            "a search of the south",
            Ask.get("/fhir/Observation?_count=1").bearer(tries.hospitals().token(Staff.SVEN)),
            200);
    String next = "";
    for (JsonNode link : first.json().path("link")) {
      if (link.path("relation").asText().equals("next")) {
        next = link.path("url").asText();
      }
    }
    tries.judged("the south's search has pages", next.isEmpty() ? "it has none" : null);
    String target = next.replace(tries.hospitals().wire().root(), "");
    tries.request(
        "the south's next page",
        Ask.get(target).bearer(token),
        Expect.outcome(403, 404, 410).and(nothing(tries)));
  }

  private static void includes(Tries tries, String token) throws IOException {
    Person south = tries.hospitals().south();
    Person north = tries.hospitals().north();
    for (String search :
        List.of(
            "Observation?_include=Observation:subject&_count=500",
            "Observation?patient=" + south.id() + "&_include=*",
            "Observation?_include=*&_count=500",
            "Patient?_revinclude=*&_count=500",
            "Patient?_id=" + south.id() + "&_revinclude=Observation:subject",
            "Organization?_revinclude=Patient:organization",
            "Organization?_revinclude=Encounter:service-provider",
            "Organization?_id=south&_revinclude:iterate=*",
            "Organization?_revinclude=Patient:organization&_revinclude:iterate=Observation:subject",
            "Practitioner?_revinclude=*",
            "Patient?_id=" + north.id() + "&_include:iterate=*&_revinclude:iterate=*",
            "Library?_revinclude=*&_include=*")) {
      tries.request(search, Ask.get("/fhir/" + search).bearer(token), nothing(tries));
    }
  }

  /** Chains that would say whether somebody of that name is there. */
  private static void chains(Tries tries, String token) throws IOException {
    Person south = tries.hospitals().south();
    String other = "Nobodyofthatname";
    for (String chain :
        List.of(
            "Organization?_has:Patient:organization:name=NAME",
            "Organization?_has:Patient:organization:_has:Observation:subject:value-quantity=VALUE",
            "Practitioner?_has:Encounter:practitioner:patient.name=NAME",
            "Observation?subject:Patient.name=NAME",
            "Observation?patient.name=NAME&_summary=count",
            "Encounter?patient.name=NAME&_total=accurate",
            "Location?_has:Encounter:location:subject:Patient.name=NAME",
            "Patient?_has:Observation:subject:value-quantity=VALUE",
            "Library?_has:RiskAssessment:method:subject:Patient.name=NAME",
            "Device?patient.name=NAME",
            "Patient?general-practitioner.name=NAME",
            "Organization?_sort=_has:Patient:organization:name",
            "Observation?_sort=patient.name",
            "Patient?link:Patient.name=NAME")) {
      Reply there =
          tries.request(
              chain,
              Ask.get("/fhir/" + filled(chain, south.family(), south.value())).bearer(token),
              nothing(tries));
      Reply notThere =
          tries.request(
              chain + " of nobody",
              Ask.get("/fhir/" + filled(chain, other, "0.0001")).bearer(token),
              nothing(tries));
      tries.judged(
          chain + " says the same",
          same(there, south.family(), south.value(), notThere, other, "0.0001"));
    }
  }

  private static String filled(String search, String name, String value) {
    return search.replace("NAME", name).replace("VALUE", value);
  }

  private static @Nullable String same(
      Reply one, String name, String value, Reply two, String otherName, String otherValue) {
    String first = comparable(one, name, value);
    String second = comparable(two, otherName, otherValue);
    return first.equals(second) ? null : "the answers differ, so it tells who is there";
  }

  /** Without what differs in any two answers. */
  private static String comparable(Reply reply, String name, String value) {
    return reply.status()
        + reply
            .text()
            .replace(name, "NAME")
            .replace(value, "VALUE")
            .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}[0-9a-f._-]*", "UUID")
            .replaceAll("\"id\":\"[0-9a-f]{20,}[^\"]*\"", "ID")
            .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.+Z-]+", "TIME");
  }

  private static void operations(Tries tries, String token) throws IOException {
    Person south = tries.hospitals().south();
    for (String operation :
        List.of(
            south.reference() + "/$everything",
            "Patient/$everything",
            "Encounter/" + south.encounter() + "/$everything",
            south.reference() + "/$features",
            south.reference() + "/$timeline",
            south.reference() + "/$predict",
            south.reference() + "/$ai-report",
            south.reference() + "/$access-report",
            south.reference() + "/$rebuild-timeline",
            south.reference() + "/$meta",
            "$meta",
            "Patient/$meta",
            "$export",
            "Patient/$export",
            "Group/x/$export",
            "$get-resource-counts",
            "$audit-export",
            "$user-report?user=sven",
            "$graphql?query=" + Ask.encoded("{Patient(id:\"" + south.id() + "\"){name{family}}}"),
            "Observation/$lastn?patient=" + south.id(),
            "Patient/$match",
            south.reference() + "/$validate",
            south.reference() + "/$diff",
            "$diff?from=" + south.reference() + "/_history/1&to=" + south.reference())) {
      tries.request(
          operation.replaceFirst("query=.*", "query").replace(south.id(), ID),
          Ask.get("/fhir/" + operation).bearer(token),
          nothing(tries));
      tries.request(
          "POST " + operation.replaceFirst("query=.*", "query").replace(south.id(), ID),
          Ask.fhir("POST", "/fhir/" + operation, SamplePatients.resource("Parameters"))
              .bearer(token),
          nothing(tries));
    }
  }

  private static void bundles(Tries tries, String token) throws IOException {
    Person south = tries.hospitals().south();
    for (String type : List.of("batch", "transaction")) {
      List<Ask> bundles = new ArrayList<>();
      bundles.add(bundle(type, "GET", south.reference(), null));
      bundles.add(bundle(type, "GET", "Observation?patient=" + south.id(), null));
      bundles.add(bundle(type, "GET", south.reference() + "/_history/1", null));
      bundles.add(bundle(type, "GET", south.reference() + "/$everything", null));
      bundles.add(bundle(type, "DELETE", "Observation/" + south.observation(), null));
      bundles.add(bundle(type, "DELETE", "Observation?patient=" + south.id(), null));
      ObjectNode changed = SamplePatients.resource("Patient").put("id", south.id());
      bundles.add(bundle(type, "PUT", south.reference(), changed));
      bundles.add(bundle(type, "PUT", "Patient?name=" + south.family(), changed.deepCopy()));
      for (Ask bundle : bundles) {
        tries.request(type, bundle.bearer(token), nothing(tries));
      }
    }
    Reply still =
        tries
            .hospitals()
            .wire()
            .send(Ask.get("/fhir/" + south.reference()).bearer(tries.hospitals().service()));
    tries.judged(
        "the patient is as before",
        still.json().path("meta").path("versionId").asText().equals("1")
            ? null
            : "the patient was changed");
  }

  private static Ask bundle(String type, String method, String url, @Nullable ObjectNode resource) {
    ObjectNode bundle = FhirCalls.JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", type);
    ArrayNode entries = bundle.putArray("entry");
    ObjectNode entry = entries.addObject();
    if (resource != null) {
      entry.set("resource", resource);
    }
    entry.putObject("request").put("method", method).put("url", url);
    return Ask.fhir("POST", "/fhir", bundle);
  }

  /** What is out of reach and what never was get the same answer. */
  private static void oracle(Tries tries, String token) throws IOException {
    String south = tries.hospitals().south().id();
    String never = "south-" + "never";
    ObjectNode empty = SamplePatients.resource("Parameters");
    ArrayNode patch = FhirCalls.JSON.createArrayNode();
    patch.addObject().put("op", "replace").put("path", "/gender").put("value", "male");
    Map<String, Ask> asks = new LinkedHashMap<>();
    for (String way :
        List.of(
            "",
            "/_history",
            "/_history/1",
            "/_history/99",
            "/$everything",
            "/$features",
            "/$meta",
            "/Observation")) {
      asks.put("GET " + way, Ask.get("/fhir/Patient/" + ID + way));
    }
    asks.put("$predict", Ask.fhir("POST", "/fhir/Patient/" + ID + "/$predict", empty));
    asks.put("PATCH", Ask.patch("/fhir/Patient/" + ID, patch));
    asks.put("DELETE", new Ask("DELETE", "/fhir/Patient/" + ID, List.of(), new byte[0]));
    asks.put(
        "if none exist",
        Ask.fhir("POST", "/fhir/Patient", SamplePatients.resource("Patient"))
            .with("If-None-Exist: _id=" + ID));
    asks.put(
        "reference",
        Ask.fhir(
            "POST",
            "/fhir/Observation",
            about(SamplePatients.resource("Observation").put("status", "final"), ID)));
    for (Map.Entry<String, Ask> each : asks.entrySet()) {
      Reply there =
          tries.request(each.getKey(), named(each.getValue(), south).bearer(token), nothing(tries));
      Reply notThere =
          tries.request(
              each.getKey() + " of nobody",
              named(each.getValue(), never).bearer(token),
              nothing(tries));
      tries.judged(
          each.getKey() + " says the same", same(there, south, south, notThere, never, never));
    }
  }

  private static ObjectNode about(ObjectNode resource, String patient) {
    resource.putObject("code").put("text", "x");
    resource.putObject("subject").put("reference", "Patient/" + patient);
    return resource;
  }

  private static Ask named(Ask ask, String id) {
    return new Ask(
        ask.method(),
        ask.target().replace(ID, id),
        ask.lines().stream().map(l -> l.replace(ID, id)).toList(),
        new String(ask.body(), StandardCharsets.UTF_8)
            .replace(ID, id)
            .getBytes(StandardCharsets.UTF_8));
  }
}
