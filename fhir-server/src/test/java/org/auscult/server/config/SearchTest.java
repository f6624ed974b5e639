package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.SearchTotalModeEnum;
import org.auscult.server.ServerTest;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class SearchTest extends ServerTest {
  @Test
  void repeatedSearchSeesWhatWasWrittenSince() {
    String patient =
        client()
            .create()
            .resource(new Patient())
            .execute()
            .getId()
            .toUnqualifiedVersionless()
            .getValue();
    for (int written = 0; written < 3; written++) {
      assertThat(total("Observation?subject=" + patient)).isEqualTo(written);
      Observation observation = new Observation();
      observation.getSubject().setReference(patient);
      client().create().resource(observation).execute();
    }
  }

  private int total(String search) {
    return client()
        .search()
        .byUrl(search)
        .returnBundle(Bundle.class)
        .totalMode(SearchTotalModeEnum.ACCURATE)
        .execute()
        .getTotal();
  }
}
