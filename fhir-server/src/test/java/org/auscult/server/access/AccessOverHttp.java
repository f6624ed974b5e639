package org.auscult.server.access;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.List;
import java.util.Locale;
import org.auscult.server.ServerTest;
import org.auscult.server.access.TokenHolder.Answer;
import org.auscult.server.keys.KeyRing;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two hospitals in one store: patients n1 and n2 of the north, s1 of the south. Ids begin with the
 * name of the test's class, so that tests do not meet.
 */
abstract class AccessOverHttp extends ServerTest {
  @Autowired private KeyRing keys;

  final String id(String name) {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT) + "." + name;
  }

  /** Written by somebody who has every role. */
  @BeforeEach
  final void store() {
    IGenericClient client = client();
    if (client
        .search()
        .forResource(Organization.class)
        .where(Organization.RES_ID.exactly().code(id("south")))
        .returnBundle(Bundle.class)
        .execute()
        .hasEntry()) {
      return;
    }
    for (String site : List.of("north", "south")) {
      put(new Organization().setName(site).setId(id(site)));
    }
    for (String name : List.of("n1", "n2", "s1")) {
      Patient patient = new Patient();
      patient.setManagingOrganization(
          new Reference("Organization/" + id(name.startsWith("n") ? "north" : "south")));
      patient.addName().setFamily("Fam" + getClass().getSimpleName());
      patient.setId(id(name));
      put(patient);
      Observation observation = observation(name, "laboratory");
      observation.setId(id("o" + name));
      put(observation);
    }
    storeMore();
  }

  void storeMore() {}

  final void put(Resource resource) {
    client().update().resource(resource).execute();
  }

  final Observation observation(String patient, String category) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.addCategory(
        new CodeableConcept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/observation-category", category, null)));
    observation.setCode(
        new CodeableConcept(new Coding("urn:test", getClass().getSimpleName(), null)));
    observation.setSubject(new Reference("Patient/" + id(patient)));
    return observation;
  }

  final String json(Resource resource) {
    return fhirContext.newJsonParser().encodeResourceToString(resource);
  }

  final Bundle bundle(Answer answer) {
    return fhirContext.newJsonParser().parseResource(Bundle.class, answer.body());
  }

  final TokenHolder anybody() {
    return new TokenHolder(rootUrl(), keys, given -> given);
  }

  /** A clinician of the north. */
  final TokenHolder clinician() {
    return anybody()
        .with(
            given ->
                given
                    .claim("fhirUser", "Practitioner/" + id("clinician"))
                    .claim("sites", List.of(id("north"))))
        .role("clinician")
        .scope("user/*.cruds");
  }

  /** An application launched by the same with n1 open. */
  final TokenHolder app(String scope) {
    return clinician().scope(scope).with(given -> given.claim("patient", id("n1")));
  }

  /** A system of the whole operator. */
  final TokenHolder system() {
    return anybody()
        .with(given -> given.subject("loader").claim("client_id", "loader"))
        .role("system")
        .scope("system/*.cruds");
  }
}
