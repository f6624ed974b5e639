package org.auscult.server.signature;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.ZoneId;
import org.auscult.audit.AuditTrail;
import org.auscult.server.ServerTest;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.signature.RecordSignatures.Request;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Through HAPI's storage, with the installation's own keys. */
class StoredSignaturesTest extends ServerTest {
  private static final Signer ANNA = new Signer("Practitioner/signer", "Anna O'Hara <MD> Müller");

  @Autowired private DaoRegistry daos;
  @Autowired private KeyRing keys;
  @Autowired private AuditTrail trail;
  @Autowired private RecordSignatures wired;

  private RecordSignatures signatures() {
    return new RecordSignatures(
        fhirContext,
        keys,
        new RecordSignatures.Ports(new StoredRecords(daos), new FakePersons(), trail),
        new SigningSessions(System::nanoTime),
        new RecordSignatures.Clocks(InstantSource.system(), ZoneId.of("Europe/Berlin")));
  }

  private static Observation observation(String value) {
    Observation observation = new Observation();
    observation.setId("Observation/signed");
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getCode().setText("ä \u2028 \"quoted\" <b>");
    Quantity quantity = new Quantity();
    quantity.setValueElement(new DecimalType(new BigDecimal(value)));
    observation.setValue(quantity);
    return observation;
  }

  /** Governance: 11.10(b), 11.70. */
  @Test
  void aSignatureHoldsWhenBothAreReadBack() {
    IdType first = (IdType) client().update().resource(observation("7.50")).execute().getId();
    Provenance made =
        signatures()
            .sign(
                new Request("s", ANNA, Meaning.REVIEWER, first.toUnqualified()),
                FakePersons.both(ANNA));
    keys.rotate(KeyPurpose.RECORD_SIGNATURE);
    client().update().resource(observation("7.5")).execute();

    Provenance read =
        client()
            .read()
            .resource(Provenance.class)
            .withId(made.getIdElement().getIdPart())
            .execute();

    assertThat(signatures().problems(read)).isEmpty();
    assertThat(wired.problems(read)).isEmpty();
    assertThat(read.getTargetFirstRep().getReference())
        .endsWith("/_history/" + first.getVersionIdPart());
    assertThat(read.getText().getDiv().allText()).contains("Anna O'Hara <MD> Müller", "reviewer");
    String next = "Observation/signed/_history/" + (Integer.parseInt(first.getVersionIdPart()) + 1);
    read.getTargetFirstRep().setReference(next);
    assertThat(signatures().problems(read)).hasSize(2);
  }
}
