package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What models said, and what was answered, is written by this server alone. */
class PredictionGuardTest extends AccessOverHttp {
  private DomainResource of(String profile) {
    return switch (profile) {
      case "prediction" -> new RiskAssessment().setSubject(new Reference("Patient/" + id("n1")));
      case "order-finding" -> new DetectedIssue().setPatient(new Reference("Patient/" + id("n1")));
      case "hook-call" -> new GuidanceResponse().setSubject(new Reference("Patient/" + id("n1")));
      case "ai-provenance", "feedback-provenance" ->
          new Provenance().addTarget(new Reference("Patient/" + id("n1")));
      default -> observation("n1", "survey");
    };
  }

  /** Attack: a forged one, which everybody would take for the server's own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "prediction",
        "score",
        "points",
        "explanation",
        "order-finding",
        "hook-call",
        "ai-provenance",
        "feedback",
        "feedback-provenance"
      })
  void nobodyForgesWhatAModelSaid(String profile) {
    DomainResource forged = of(profile);
    Observation plain = observation("n1", "survey");
    forged.getMeta().addProfile("https://auscult.org/fhir/StructureDefinition/" + profile);

    Answer refused = system().post(forged.fhirType(), json(forged));

    assertThat(refused.status()).as(refused.body()).isEqualTo(403);
    assertThat(refused.body()).contains("Only this server writes");
    assertThat(system().post("Observation", json(plain)).status()).isEqualTo(201);
  }
}
