package org.auscult.prove.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.FhirCalls;
import org.auscult.prove.SamplePatients;
import org.auscult.prove.fuzz.Seed.Bearer;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.TwoHospitals;

/** Right calls of hooks, with prefetch and without, and feedback. */
final class HookSeeds {
  private final TwoHospitals hospitals;
  private final List<Seed> seeds = new ArrayList<>();

  HookSeeds(TwoHospitals hospitals) {
    this.hospitals = hospitals;
  }

  private void add(String endpoint, Bearer bearer, Ask ask) {
    seeds.add(new Seed(endpoint, bearer, ask));
  }

  /** Of all services that discovery names. */
  List<Seed> of(JsonNode services) {
    for (int i = 0; i < 3; i++) {
      add("/cds-services", Bearer.EHR, Ask.get("/cds-services"));
    }
    for (JsonNode service : services) {
      String path = "/cds-services/" + service.path("id").asText();
      for (String root : List.of("", "/ehr/ward")) {
        for (int i = 0; i < 8; i++) {
          add(root + path, Bearer.EHR, Ask.json(root + path, call(service, i % 2 == 0)));
        }
        ObjectNode feedback = FhirCalls.JSON.createObjectNode();
        ObjectNode one = feedback.putArray("feedback").addObject();
        one.put("card", "3f0c8a52-0000-4000-8000-000000000000").put("outcome", "overridden");
        one.put("outcomeTimestamp", "2026-01-01T00:00:00Z");
        one.putObject("overrideReason").put("userComment", "x");
        for (int i = 0; i < 3; i++) {
          add(root + path + "/feedback", Bearer.EHR, Ask.json(root + path + "/feedback", feedback));
        }
      }
    }
    return seeds;
  }

  private ObjectNode call(JsonNode service, boolean hasPrefetch) {
    ObjectNode call = hospitals.chart(hospitals.north());
    call.put("hook", service.path("hook").asText());
    call.withObject("/context").put("encounterId", hospitals.north().encounter());
    if (service.path("hook").asText().startsWith("order")) {
      ObjectNode orders = call.withObject("/context/draftOrders");
      orders.put("resourceType", "Bundle").put("type", "collection");
      ObjectNode order = SamplePatients.resource("MedicationRequest").put("id", "o1");
      order.put("status", "draft").put("intent", "order");
      order
          .putObject("medicationCodeableConcept")
          .putArray("coding")
          .addObject()
          .put("system", "http://www.nlm.nih.gov/research/umls/rxnorm")
          .put("code", "6809");
      order.putObject("subject").put("reference", hospitals.north().reference());
      orders.putArray("entry").addObject().set("resource", order);
      call.withObject("/context").putArray("selections").add("MedicationRequest/o1");
    }
    if (hasPrefetch) {
      call.put("fhirServer", "https://ehr.example.org/fhir");
      ObjectNode prefetch = call.putObject("prefetch");
      List<ObjectNode> record = SamplePatients.typical(hospitals.north().id());
      service
          .path("prefetch")
          .fields()
          .forEachRemaining(
              key -> prefetch.set(key.getKey(), answer(key.getValue().asText(), record)));
    }
    return call;
  }

  private JsonNode answer(String query, List<ObjectNode> record) {
    if (query.startsWith("Patient/")) {
      return SamplePatients.resource("Patient")
          .put("id", hospitals.north().id())
          .put("birthDate", "1970-05-17")
          .put("gender", "female");
    }
    ObjectNode bundle = SamplePatients.resource("Bundle").put("type", "searchset");
    ArrayNode entries = bundle.putArray("entry");
    if (query.startsWith("Observation")) {
      record.forEach(each -> entries.addObject().set("resource", each.deepCopy()));
    }
    return bundle.put("total", entries.size());
  }
}
