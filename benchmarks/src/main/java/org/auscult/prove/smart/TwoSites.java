package org.auscult.prove.smart;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Two sites with patients of one family, made for one run. */
final class TwoSites {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NORTH = 23;
  private static final int OBSERVATIONS = 5;

  private final String prefix;
  private final String family;
  private final Random random;
  private final List<String> observations = new ArrayList<>();

  TwoSites(String prefix, long seed) {
    this.prefix = prefix;
    this.family = "Family" + Long.toString(seed, 36);
    this.random = new Random(seed);
  }

  String north() {
    return prefix + "north";
  }

  String near() {
    return prefix + "north-0";
  }

  String other() {
    return prefix + "north-1";
  }

  String far() {
    return prefix + "south-0";
  }

  String encounter() {
    return prefix + "visit";
  }

  /** Writes all of it in one transaction. */
  void write(IGenericClient client, Registry registry) {
    Bundle transaction = new Bundle();
    transaction.setType(BundleType.TRANSACTION);
    for (String site : List.of("north", "south")) {
      add(transaction, new Organization().setName(site), prefix + site);
      for (int i = 0; i < (site.equals("north") ? NORTH : 1); i++) {
        add(transaction, patient(given(site, i), site), prefix + site + "-" + i);
      }
    }
    for (Registry.Person person : List.of(registry.clinician, registry.second)) {
      Practitioner practitioner = new Practitioner();
      practitioner.addName().setFamily(person.family()).addGiven("Proof");
      add(transaction, practitioner, person.fhirUser().replaceFirst(".*/", ""));
    }
    Encounter visit = new Encounter();
    visit.setStatus(EncounterStatus.INPROGRESS);
    visit.setSubject(new Reference("Patient/" + near()));
    add(transaction, visit, encounter());
    for (int i = 0; i < OBSERVATIONS; i++) {
      String id = prefix + "observation-" + i;
      observations.add(id);
      add(transaction, observation(near(), i), id);
    }
    add(transaction, observation(other(), 9), prefix + "observation-of-other");
    client.transaction().withBundle(transaction).execute();
  }

  private static void add(Bundle transaction, Resource resource, String id) {
    String url = resource.fhirType() + "/" + id;
    resource.setId(url);
    transaction.addEntry().setResource(resource).getRequest().setMethod(HTTPVerb.PUT).setUrl(url);
  }

  /** No given name is the beginning of another, since searches go by beginnings. */
  private static String given(String site, int number) {
    return site.equals("south")
        ? "Faraway"
        : number == 0 ? "Nearby" : "Northerner" + (char) ('a' + number);
  }

  private Patient patient(String given, String site) {
    Patient patient = new Patient();
    patient.addName().setFamily(family).addGiven(given);
    patient.getBirthDateElement().setValueAsString("19" + (40 + random.nextInt(50)) + "-02-03");
    patient.setManagingOrganization(new Reference("Organization/" + prefix + site));
    patient.addIdentifier().setSystem("urn:proof:mrn").setValue("MRN-" + prefix + given);
    return patient;
  }

  private Observation observation(String patient, int day) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setCode(
        new CodeableConcept(new Coding("http://loinc.org", "8867-4", "Heart rate")));
    observation.setSubject(new Reference("Patient/" + patient));
    observation.setEffective(new DateTimeType("2026-01-0" + (day % 9 + 1) + "T08:00:00Z"));
    observation.setValue(
        new Quantity()
            .setValue(60 + random.nextInt(40))
            .setUnit("/min")
            .setSystem("http://unitsofmeasure.org")
            .setCode("/min"));
    return observation;
  }

  /** What the browser's part must know of it. */
  ObjectNode json() {
    ObjectNode patients = JSON.createObjectNode().put("family", family).put("offered", NORTH);
    patients
        .putObject("near")
        .put("id", near())
        .put("given", given("north", 0))
        .set("observations", JSON.valueToTree(observations));
    patients.putObject("other").put("id", other()).put("given", given("north", 1));
    patients.putObject("far").put("id", far()).put("given", given("south", 0));
    return patients;
  }
}
