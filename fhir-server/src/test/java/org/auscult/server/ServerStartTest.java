package org.auscult.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class ServerStartTest extends ServerTest {
  @Test
  void storesAndReadsBackAResource() {
    Patient patient = new Patient();
    patient.addName().setFamily("Test");
    var id = client().create().resource(patient).execute().getId();

    Patient read = client().read().resource(Patient.class).withId(id).execute();

    assertThat(read.getNameFirstRep().getFamily()).isEqualTo("Test");
  }
}
