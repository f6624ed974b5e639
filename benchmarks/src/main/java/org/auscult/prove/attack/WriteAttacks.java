package org.auscult.prove.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.Person;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/**
 * More is written than may be: by patches, by what comes along, and to what is the server's own.
 */
final class WriteAttacks implements Attack {
  private static final String DEPLOYMENT =
      "https://auscult.org/fhir/StructureDefinition/deployment";

  private static final Expect REFUSED = Expect.outcome(400, 403, 404, 405, 409, 412, 422);

  @Override
  public void run(Tries tries) throws IOException {
    Map<String, String> before = versions(tries);
    patches(tries);
    labels(tries);
    selfGrants(tries);
    deployments(tries);
    serverOwned(tries);
    Map<String, String> after = versions(tries);
    tries.of("nothing was changed by any of these");
    before.forEach(
        (reference, version) ->
            tries.judged(
                reference.replaceFirst("/.*", ""),
                version.equals(after.get(reference)) ? null : "it was changed"));
  }

  /** What is attacked, with the version in which it stands. */
  private static Map<String, String> versions(Tries tries) throws IOException {
    TwoHospitals hospitals = tries.hospitals();
    Map<String, String> versions = new LinkedHashMap<>();
    for (Person person : List.of(hospitals.north(), hospitals.south())) {
      for (String reference :
          List.of(
              person.reference(),
              "Observation/" + person.observation(),
              "Encounter/" + person.encounter(),
              "RiskAssessment/" + person.prediction())) {
        versions.put(reference, version(tries, reference));
      }
    }
    for (JsonNode deployment : hospitals.found("PlanDefinition?_count=50", hospitals.service())) {
      String reference = "PlanDefinition/" + deployment.path("id").asText();
      versions.put(reference, version(tries, reference));
    }
    return versions;
  }

  private static String version(Tries tries, String reference) throws IOException {
    return tries
        .hospitals()
        .wire()
        .send(Ask.get("/fhir/" + reference).bearer(tries.hospitals().service()))
        .json()
        .path("meta")
        .toString();
  }

  private static JsonNode op(String op, String path, JsonNode value) {
    ArrayNode patch = FhirCalls.JSON.createArrayNode();
    patch.addObject().put("op", op).put("path", path).set("value", value);
    return patch;
  }

  private static JsonNode text(String value) {
    return FhirCalls.JSON.getNodeFactory().textNode(value);
  }

  /** The same as FHIRPath Patch. */
  private static Ask pathPatch(String target, String path, String name, JsonNode value) {
    ObjectNode parameters = SamplePatients.resource("Parameters");
    ArrayNode parts =
        parameters.putArray("parameter").addObject().put("name", "operation").putArray("part");
    parts.addObject().put("name", "type").put("valueCode", "replace");
    parts.addObject().put("name", "path").put("valueString", path);
    parts.addObject().put("name", "value").set(name, value);
    return Ask.fhir("PATCH", target, parameters);
  }

  private static void patches(Tries tries) throws IOException {
    tries.of("mass assignment through PATCH");
    TwoHospitals hospitals = tries.hospitals();
    String nora = hospitals.token(Staff.NORA);
    Person north = hospitals.north();
    Person south = hospitals.south();
    String observation = "/fhir/Observation/" + north.observation();
    String patient = "/fhir/" + north.reference();
    ObjectNode subject = FhirCalls.JSON.createObjectNode().put("reference", south.reference());
    tries.request(
        "subject",
        Ask.patch(observation, op("replace", "/subject", subject)).bearer(nora),
        REFUSED);
    tries.request(
        "subject's reference",
        Ask.patch(observation, op("replace", "/subject/reference", text(south.reference())))
            .bearer(nora),
        REFUSED);
    tries.request(
        "subject by FHIRPath",
        pathPatch(observation, "Observation.subject", "valueReference", subject).bearer(nora),
        REFUSED);
    tries.request(
        "a second patient",
        Ask.patch(
                observation, op("add", "/performer", FhirCalls.JSON.createArrayNode().add(subject)))
            .bearer(nora),
        REFUSED);
    ObjectNode site = FhirCalls.JSON.createObjectNode().put("reference", "Organization/south");
    tries.request(
        "site",
        Ask.patch(patient, op("replace", "/managingOrganization", site)).bearer(nora),
        REFUSED);
    tries.request(
        "site by FHIRPath",
        pathPatch(patient, "Patient.managingOrganization", "valueReference", site).bearer(nora),
        REFUSED);
    tries.request(
        "id",
        Ask.patch(patient, op("replace", "/id", text(south.id()))).bearer(nora),
        reply ->
            reply.json().path("id").asText().equals(north.id()) ? null : REFUSED.problem(reply));
    tries.request(
        "type",
        Ask.patch(patient, op("replace", "/resourceType", text("Practitioner"))).bearer(nora),
        REFUSED);
    tries.request(
        "another's patient",
        Ask.patch("/fhir/" + south.reference(), op("replace", "/gender", text("male")))
            .bearer(nora),
        REFUSED);
    String risk = "/fhir/RiskAssessment/" + north.prediction();
    tries.request(
        "probability",
        Ask.patch(
                risk,
                op(
                    "replace",
                    "/prediction/0/probabilityDecimal",
                    FhirCalls.JSON.getNodeFactory().numberNode(0.01)))
            .bearer(nora),
        REFUSED);
    tries.request(
        "probability by the service",
        Ask.patch(
                risk,
                op(
                    "replace",
                    "/prediction/0/probabilityDecimal",
                    FhirCalls.JSON.getNodeFactory().numberNode(0.01)))
            .bearer(hospitals.service()),
        REFUSED);
    tries.request(
        "conditional",
        Ask.patch("/fhir/Patient?name=" + south.family(), op("replace", "/gender", text("male")))
            .bearer(nora),
        REFUSED);
  }

  private static void labels(Tries tries) throws IOException {
    tries.of("labels and tags");
    String nora = tries.hospitals().token(Staff.NORA);
    String patient = "/fhir/" + tries.hospitals().north().reference();
    ObjectNode label = FhirCalls.JSON.createObjectNode();
    label
        .put("system", "http://terminology.hl7.org/CodeSystem/v3-Confidentiality")
        .put("code", "U");
    for (String list : List.of("security", "tag")) {
      ArrayNode labels = FhirCalls.JSON.createArrayNode().add(label);
      tries.request(
          "PATCH meta." + list,
          Ask.patch(patient, op("add", "/meta/" + list, labels)).bearer(nora),
          REFUSED);
      ObjectNode parameters = SamplePatients.resource("Parameters");
      ObjectNode meta = FhirCalls.JSON.createObjectNode();
      meta.set(list, labels);
      parameters.putArray("parameter").addObject().put("name", "meta").set("valueMeta", meta);
      for (String operation : List.of("$meta-add", "$meta-delete")) {
        tries.request(
            operation + " " + list,
            Ask.fhir("POST", patient + "/" + operation, parameters).bearer(nora),
            REFUSED);
      }
    }
  }

  /** Who writes a tie to a patient would be let in by it. */
  private static void selfGrants(Tries tries) throws IOException {
    tries.of("ties and roles granted to oneself");
    TwoHospitals hospitals = tries.hospitals();
    String nora = hospitals.token(Staff.NORA);
    String south = hospitals.south().reference();
    ObjectNode team = SamplePatients.resource("CareTeam").put("status", "active");
    team.putObject("subject").put("reference", south);
    team.putArray("participant")
        .addObject()
        .putObject("member")
        .put("reference", "Practitioner/nora");
    tries.request("CareTeam", Ask.fhir("POST", "/fhir/CareTeam", team).bearer(nora), REFUSED);
    ObjectNode encounter = SamplePatients.resource("Encounter").put("status", "in-progress");
    encounter.putObject("class").put("code", "AMB");
    encounter.putObject("subject").put("reference", south);
    encounter.putObject("serviceProvider").put("reference", "Organization/north");
    tries.request(
        "Encounter", Ask.fhir("POST", "/fhir/Encounter", encounter).bearer(nora), REFUSED);
    ObjectNode chosen = encounter.deepCopy().put("id", "chosen-id");
    tries.request(
        "Encounter by PUT",
        Ask.fhir("PUT", "/fhir/Encounter/chosen-id", chosen).bearer(nora),
        REFUSED);
    ObjectNode same = encounter.deepCopy().put("id", hospitals.north().encounter());
    tries.request(
        "her Encounter made another's",
        Ask.fhir("PUT", "/fhir/Encounter/" + hospitals.north().encounter(), same).bearer(nora),
        REFUSED);
    ObjectNode patient = SamplePatients.resource("Patient");
    patient.putObject("managingOrganization").put("reference", "Organization/south");
    tries.request(
        "Patient of the other site",
        Ask.fhir("POST", "/fhir/Patient", patient).bearer(nora),
        REFUSED);
    ObjectNode consent = SamplePatients.resource("Consent").put("status", "active");
    consent.putObject("patient").put("reference", south);
    tries.request("Consent", Ask.fhir("POST", "/fhir/Consent", consent).bearer(nora), REFUSED);
    ObjectNode role = SamplePatients.resource("PractitionerRole").put("active", true);
    role.putObject("practitioner").put("reference", "Practitioner/nora");
    role.putObject("organization").put("reference", "Organization/south");
    tries.request(
        "PractitionerRole", Ask.fhir("POST", "/fhir/PractitionerRole", role).bearer(nora), REFUSED);
    for (String type :
        List.of("Organization", "SearchParameter", "Subscription", "Library", "PlanDefinition")) {
      ObjectNode resource =
          SamplePatients.resource(type).put("status", "active").put("name", "Own");
      tries.request(type, Ask.fhir("POST", "/fhir/" + type, resource).bearer(nora), REFUSED);
    }
    tries.request(
        "a condition that asks",
        Ask.fhir("POST", "/fhir/Patient", SamplePatients.resource("Patient"))
            .with("If-None-Exist: name=" + hospitals.south().family())
            .bearer(nora),
        REFUSED);
    tries.request(
        "a reference by search",
        Ask.fhir("POST", "/fhir", searchReference(hospitals.south().family())).bearer(nora),
        REFUSED);
  }

  private static ObjectNode searchReference(String name) {
    ObjectNode bundle = SamplePatients.resource("Bundle").put("type", "transaction");
    ObjectNode entry = bundle.putArray("entry").addObject();
    ObjectNode observation = SamplePatients.resource("Observation").put("status", "final");
    observation.putObject("code").put("text", "x");
    observation.putObject("subject").put("reference", "Patient?name=" + name);
    entry.set("resource", observation);
    entry.putObject("request").put("method", "POST").put("url", "Observation");
    return bundle;
  }

  private static void deployments(Tries tries) throws IOException {
    tries.of("a deployment made live by writing it");
    TwoHospitals hospitals = tries.hospitals();
    // Alert rules are PlanDefinitions, too, which may be made active by writing them.
    JsonNode stored =
        hospitals
            .found("PlanDefinition?_count=50&_profile=" + DEPLOYMENT, hospitals.service())
            .path(0);
    String target = "/fhir/PlanDefinition/" + stored.path("id").asText();
    for (String user : List.of(Staff.NORA, Staff.MARK, Staff.IDA, Staff.AUDRA)) {
      String token = hospitals.token(user);
      for (String status : List.of("draft", "retired", "unknown")) {
        tries.request(
            user + " makes it " + status,
            Ask.patch(target, op("replace", "/status", text(status))).bearer(token),
            REFUSED);
      }
      ObjectNode draft = stored.deepCopy();
      draft.remove("id");
      draft
          .put("version", "9.9.9")
          .put("url", draft.path("url").asText() + "-own")
          .put("status", "active");
      tries.request(
          user + " creates an active one",
          Ask.fhir("POST", "/fhir/PlanDefinition", draft).bearer(token),
          REFUSED);
      for (String operation : List.of("$go-live", "$suspend")) {
        if (user.equals(Staff.IDA) && operation.equals("$suspend")) {
          continue;
        }
        tries.request(
            user + " " + operation,
            Ask.fhir("POST", target + "/" + operation, SamplePatients.resource("Parameters"))
                .bearer(token),
            REFUSED);
      }
    }
  }

  private static void serverOwned(Tries tries) throws IOException {
    tries.of("writes of what the server alone writes");
    TwoHospitals hospitals = tries.hospitals();
    String event =
        hospitals
            .found("AuditEvent?_count=1", hospitals.token(Staff.AUDRA))
            .path(0)
            .path("id")
            .asText();
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("a clinician", hospitals.token(Staff.NORA));
    tokens.put("an auditor", hospitals.token(Staff.AUDRA));
    tokens.put("a service", hospitals.service());
    ObjectNode audit = SamplePatients.resource("AuditEvent").put("action", "R");
    for (Map.Entry<String, String> who : tokens.entrySet()) {
      String token = who.getValue();
      tries.request(
          who.getKey() + " creates an AuditEvent",
          Ask.fhir("POST", "/fhir/AuditEvent", audit).bearer(token),
          REFUSED);
      String target = "/fhir/AuditEvent/" + event;
      tries.request(
          who.getKey() + " replaces an AuditEvent",
          Ask.fhir("PUT", target, audit.deepCopy().put("id", event)).bearer(token),
          REFUSED);
      tries.request(
          who.getKey() + " patches an AuditEvent",
          Ask.patch(target, op("replace", "/outcome", text("0"))).bearer(token),
          REFUSED);
      tries.request(
          who.getKey() + " deletes an AuditEvent",
          new Ask("DELETE", target, List.of(), new byte[0]).bearer(token),
          REFUSED);
      String risk = "/fhir/RiskAssessment/" + hospitals.south().prediction();
      tries.request(
          who.getKey() + " deletes a prediction",
          new Ask("DELETE", risk, List.of(), new byte[0]).bearer(token),
          REFUSED);
      ObjectNode own = SamplePatients.resource("RiskAssessment").put("status", "final");
      own.put("id", hospitals.south().prediction());
      own.putObject("subject").put("reference", hospitals.south().reference());
      tries.request(
          who.getKey() + " replaces a prediction",
          Ask.fhir("PUT", risk, own).bearer(token),
          REFUSED);
      tries.request(
          who.getKey() + " $expunges it",
          Ask.fhir("POST", risk + "/$expunge", SamplePatients.resource("Parameters")).bearer(token),
          REFUSED);
    }
    ObjectNode provenance =
        SamplePatients.resource("Provenance").put("recorded", "2026-01-01T00:00:00Z");
    provenance.putArray("target").addObject().put("reference", hospitals.north().reference());
    provenance.putArray("agent").addObject().putObject("who").put("reference", "Practitioner/sven");
    tries.request(
        "a clinician writes a Provenance",
        Ask.fhir("POST", "/fhir/Provenance", provenance).bearer(hospitals.token(Staff.NORA)),
        REFUSED);
  }
}
