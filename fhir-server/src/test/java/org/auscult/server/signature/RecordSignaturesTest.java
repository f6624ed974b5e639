package org.auscult.server.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.server.keys.FakeKeyRing;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.signature.Reauthentication.Components;
import org.auscult.server.signature.RecordSignatures.Request;
import org.auscult.server.signature.SignatureRefused.Reason;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Signature;
import org.junit.jupiter.api.Test;

class RecordSignaturesTest {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();
  private static final Instant NOW = Instant.parse("2026-11-21T14:30:15.250Z");
  private static final Signer ANNA = new Signer("Practitioner/anna", "Anna O'Hara <MD> Müller");
  private static final Signer BERT = new Signer("Practitioner/bert", "Bert Blum");
  private static final String SECOND = "Library/model/_history/2";

  private final FakeKeyRing keys = new FakeKeyRing();
  private final Map<String, Resource> stored = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private final List<AuditEntry> recorded = new ArrayList<>();
  private final RecordSignatures signatures =
      new RecordSignatures(
          CONTEXT,
          keys,
          new RecordSignatures.Ports(new Records(), new FakePersons(), recorded::add),
          new SigningSessions(nanos::get),
          new RecordSignatures.Clocks(() -> NOW, ZoneId.of("Europe/Berlin")));

  RecordSignaturesTest() {
    for (int version = 1; version <= 3; version++) {
      stored.put("Library/model/_history/" + version, library(version));
    }
  }

  private final class Records implements SignedRecords {
    @Override
    public Optional<Resource> version(IdType versioned) {
      return Optional.ofNullable(stored.get(versioned.getValue())).map(Resource::copy);
    }

    @Override
    public IdType keep(Provenance signature) {
      String id = "Provenance/" + stored.size();
      stored.put(id, signature.copy());
      return new IdType(id);
    }
  }

  private static Library library(int version) {
    Library library = new Library();
    library.setId("Library/model/_history/" + version);
    library.getMeta().setVersionId(String.valueOf(version)).setLastUpdated(Date.from(NOW));
    library.setTitle("A model").setVersion("1." + version);
    library.addExtension(new Extension("https://example.org/limit", new DecimalType("7.50")));
    return library;
  }

  private static Request request(String session, Signer signer, String record) {
    return new Request(session, signer, Meaning.APPROVER, new IdType(record));
  }

  private Provenance signed() {
    return signatures.sign(request("s", ANNA, SECOND), FakePersons.both(ANNA));
  }

  private void refuses(Request request, Components entered, Reason reason) {
    int before = stored.size();
    assertThatThrownBy(() -> signatures.sign(request, entered))
        .isInstanceOfSatisfying(
            SignatureRefused.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(stored).hasSize(before);
    AuditEntry last = recorded.get(recorded.size() - 1);
    assertThat(last.outcome()).isEqualTo(AuditOutcome.MINOR_FAILURE);
    assertThat(last.reason()).isEqualTo(reason.code());
    assertThat(last.agent().user()).isEqualTo(request.signer().reference());
  }

  /** Governance: 11.50. */
  @Test
  void saysWhoWhenAndAsWhatInWordsAndAsData() {
    Provenance provenance = signed();

    Signature signature = provenance.getSignatureFirstRep();
    assertThat(signature.getWho().getReference()).isEqualTo("Practitioner/anna");
    assertThat(signature.getWho().getDisplay()).isEqualTo(ANNA.name());
    assertThat(signature.getWhen()).isEqualTo(Date.from(NOW));
    assertThat(signature.getTypeFirstRep().getSystem()).isEqualTo("urn:iso-astm:E1762-95:2013");
    assertThat(signature.getTypeFirstRep().getCode()).isEqualTo("1.2.840.10065.1.12.1.5");
    assertThat(provenance.getText().getDiv().allText().strip())
        .isEqualTo(
            "Signed by Anna O'Hara <MD> Müller (Practitioner/anna) on 21 November 2026, 15:30:15"
                + " (+01:00) as approver of Library/model/_history/2");
    String json = CONTEXT.newJsonParser().encodeResourceToString(provenance);
    String xml = CONTEXT.newXmlParser().encodeResourceToString(provenance);
    assertThat(json).contains("2026-11-21T15:30:15.250+01:00", "Verification Signature");
    assertThat(xml).contains("2026-11-21T15:30:15.250+01:00", "Verification Signature");
  }

  /** Governance: 11.70. */
  @Test
  void holdsForTheVersionThatWasSigned() {
    assertThat(signatures.problems(signed())).isEmpty();
  }

  /** Governance: 11.70. */
  @Test
  void holdsAfterTheKeyWasReplaced() {
    Provenance provenance = signed();

    keys.rotate(KeyPurpose.RECORD_SIGNATURE);
    keys.rotate(KeyPurpose.RECORD_SIGNATURE);

    assertThat(signatures.problems(provenance)).isEmpty();
    Provenance later = signed();
    assertThat(later.getSignatureFirstRep().getData())
        .isNotEqualTo(provenance.getSignatureFirstRep().getData());
    assertThat(signatures.problems(later)).isEmpty();
  }

  /** Governance: 11.10(a), 11.70. */
  @Test
  void findsARecordThatWasAltered() {
    Provenance provenance = signed();
    List<Consumer<Library>> changes =
        List.of(
            l -> l.setTitle("A modeL"),
            l -> l.setTitle(null),
            l -> l.setDescription("more"),
            l -> ((DecimalType) l.getExtension().get(0).getValue()).setValueAsString("7.5"),
            l -> l.setId("Library/other/_history/2"));
    for (Consumer<Library> change : changes) {
      Library altered = library(2);
      change.accept(altered);
      stored.put(SECOND, altered);

      assertThat(signatures.problems(provenance)).containsExactly(altered());
    }
    Library retagged = library(2);
    retagged.getMeta().addTag("https://example.org", "reviewed", null);
    stored.put(SECOND, retagged);
    assertThat(signatures.problems(provenance)).isEmpty();
    stored.remove(SECOND);
    assertThat(signatures.problems(provenance)).hasSize(1);
  }

  private static String altered() {
    return "The record, or the signature, was altered";
  }

  /** Governance: 11.50, 11.70. A signature can be taken off no record and put on no other. */
  @Test
  void findsASignatureThatWasAltered() {
    List<Consumer<Provenance>> changes =
        List.of(
            p -> p.getTargetFirstRep().setReference("Library/model/_history/3"),
            p -> p.getTargetFirstRep().setReference("Library/model"),
            p -> p.getTargetFirstRep().setReference("Library/none/_history/1"),
            p -> p.addTarget(new Reference("Library/model/_history/3")),
            p -> p.getSignatureFirstRep().getWho().setReference(BERT.reference()),
            p -> p.getSignatureFirstRep().getWho().setDisplay(BERT.name()),
            p -> p.getAgentFirstRep().getWho().setReference(BERT.reference()),
            p -> p.getSignatureFirstRep().getTypeFirstRep().setCode(Meaning.AUTHOR.code()),
            p -> p.getSignatureFirstRep().setWhen(Date.from(NOW.plusMillis(1))),
            p -> p.getSignatureFirstRep().setWhen(null),
            p -> p.getText().setDivAsString("<div>Signed by Bert Blum</div>"),
            p -> p.setText(null),
            p -> p.getSignatureFirstRep().setData(null),
            p -> p.getSignatureFirstRep().setData("a..b".getBytes(StandardCharsets.US_ASCII)),
            p -> p.addSignature(p.getSignatureFirstRep().copy()),
            p -> p.getSignature().clear());
    for (int i = 0; i < changes.size(); i++) {
      Provenance provenance = signed();
      changes.get(i).accept(provenance);

      assertThat(signatures.problems(provenance)).as("change " + i).isNotEmpty();
    }
  }

  @Test
  void findsEveryAlteredByteOfASignature() {
    Provenance provenance = signed();
    byte[] data = provenance.getSignatureFirstRep().getData();
    for (int i = 0; i < data.length; i++) {
      byte[] altered = data.clone();
      altered[i] = altered[i] == 'A' ? (byte) 'B' : (byte) 'A';
      provenance.getSignatureFirstRep().setData(altered);

      assertThat(signatures.problems(provenance)).as("byte " + i).isNotEmpty();
    }
  }

  @Test
  void believesNoKeyButItsOwn() {
    Provenance provenance = signed();
    RecordSignatures elsewhere =
        new RecordSignatures(
            CONTEXT,
            new FakeKeyRing(),
            new RecordSignatures.Ports(new Records(), new FakePersons(), recorded::add),
            new SigningSessions(nanos::get),
            new RecordSignatures.Clocks(() -> NOW, ZoneId.of("UTC")));

    assertThat(elsewhere.problems(provenance))
        .containsExactly("No key of this installation signed it");
  }

  /** Governance: 11.200. */
  @Test
  void theFirstSigningOfASessionNeedsAllComponentsLaterOnesOne() {
    Request request = request("s", ANNA, SECOND);
    refuses(request, FakePersons.passwordOf(ANNA), Reason.COMPONENTS);
    refuses(request, FakePersons.codeOf(ANNA), Reason.COMPONENTS);
    refuses(request, new Components(null, null), Reason.COMPONENTS);
    refuses(request, new Components("wrong", "wrong"), Reason.COMPONENTS);

    signatures.sign(request, FakePersons.both(ANNA));

    signatures.sign(request, FakePersons.passwordOf(ANNA));
    signatures.sign(request, FakePersons.codeOf(ANNA));
    refuses(request, new Components(null, null), Reason.COMPONENTS);
    refuses(request, new Components("wrong", null), Reason.COMPONENTS);
  }

  /** Governance: 11.200. */
  @Test
  void anotherSessionIsAnother() {
    signatures.sign(request("s", ANNA, SECOND), FakePersons.both(ANNA));

    refuses(request("t", ANNA, SECOND), FakePersons.passwordOf(ANNA), Reason.COMPONENTS);
    signatures.end("s");
    refuses(request("s", ANNA, SECOND), FakePersons.passwordOf(ANNA), Reason.COMPONENTS);
  }

  /** Governance: 11.200. */
  @Test
  void aSessionEndsAfterRestAndByAge() {
    Request request = request("s", ANNA, SECOND);
    signatures.sign(request, FakePersons.both(ANNA));
    nanos.addAndGet(SigningSessions.REST.plusSeconds(1).toNanos());
    refuses(request, FakePersons.passwordOf(ANNA), Reason.COMPONENTS);

    signatures.sign(request, FakePersons.both(ANNA));
    Duration step = SigningSessions.REST.minusSeconds(1);
    for (Duration age = step; age.compareTo(SigningSessions.LONGEST) <= 0; age = age.plus(step)) {
      nanos.addAndGet(step.toNanos());
      signatures.sign(request, FakePersons.passwordOf(ANNA));
    }
    nanos.addAndGet(step.toNanos());
    refuses(request, FakePersons.passwordOf(ANNA), Reason.COMPONENTS);
  }

  /** Governance: 11.100, 11.200. */
  @Test
  void nobodySignsForAnother() {
    signatures.sign(request("s", ANNA, SECOND), FakePersons.both(ANNA));

    refuses(request("s", BERT, SECOND), FakePersons.both(ANNA), Reason.COMPONENTS);
    refuses(request("s", BERT, SECOND), FakePersons.passwordOf(BERT), Reason.COMPONENTS);
    for (String nobody : List.of("Group/1", "Organization/1", "Device/1", "Practitioner/", "")) {
      assertThatThrownBy(() -> new Signer(nobody, "Name"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Signer("Practitioner/1", " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void signsOneVersionThatIsThere() {
    refuses(request("s", ANNA, "Library/model"), FakePersons.both(ANNA), Reason.NOT_VERSIONED);
    refuses(
        request("s", ANNA, "Library/model/_history/9"),
        FakePersons.both(ANNA),
        Reason.UNKNOWN_RECORD);
  }

  /** Governance: 11.10(e). */
  @Test
  void recordsASignatureBeforeItIsStored() {
    signed();

    assertThat(recorded).hasSize(1);
    AuditEntry entry = recorded.get(0);
    assertThat(entry.kind()).isEqualTo(AuditKind.SIGNATURE);
    assertThat(entry.outcome()).isEqualTo(AuditOutcome.SUCCESS);
    assertThat(entry.entities()).containsExactly(SECOND);
    assertThat(entry.details()).containsEntry("meaning", "approver");
    int before = stored.size();
    RecordSignatures unrecorded =
        new RecordSignatures(
            CONTEXT,
            keys,
            new RecordSignatures.Ports(
                new Records(),
                new FakePersons(),
                e -> {
                  throw new IllegalStateException("the log takes nothing");
                }),
            new SigningSessions(nanos::get),
            new RecordSignatures.Clocks(() -> NOW, ZoneId.of("UTC")));
    assertThatThrownBy(() -> unrecorded.sign(request("s", ANNA, SECOND), FakePersons.both(ANNA)))
        .hasMessage("the log takes nothing");
    assertThat(stored).hasSize(before);
  }

  @Test
  void saysNoPassword() {
    assertThat(new Components("secret", "123456").toString()).doesNotContain("secret", "123456");
  }
}
