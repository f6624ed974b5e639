package org.auscult.server.outcome;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.model.DaoMethodOutcome;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import org.auscult.deidentification.ProtectedCodes;
import org.auscult.model.SensitiveInputs;
import org.auscult.model.fhir.LabelResources;
import org.auscult.outcome.OutcomeLabel;
import org.auscult.outcome.ResolvedOutcome;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;

/** Writes a label as an Observation and a Provenance. */
final class FhirLabelWriter implements LabelWriter {
  private final DaoRegistry daos;
  private final ProtectedCodes codes;

  FhirLabelWriter(DaoRegistry daos, ProtectedCodes codes) {
    this.daos = daos;
    this.codes = codes;
  }

  @Override
  public void write(OutcomeCase of, ResolvedOutcome outcome, OutcomeLabel label, Instant knownAt) {
    LabelResources.Of what =
        new LabelResources.Of(
            of.labelId(),
            of.prediction(),
            of.output(),
            of.outcome(),
            outcome.definition().title(),
            "Patient/" + of.patient(),
            of.indexTime(),
            SensitiveInputs.protectedLabels(outcome.sources(), codes));
    SystemRequestDetails request = new SystemRequestDetails();
    DaoMethodOutcome written =
        daos.getResourceDao(Observation.class)
            .update(LabelResources.label(what, label, knownAt, of.sequence() == 0), request);
    daos.getResourceDao(Provenance.class)
        .update(
            LabelResources.provenance(
                what, label, knownAt, written.getId().getVersionIdPartAsLong()),
            request);
  }
}
