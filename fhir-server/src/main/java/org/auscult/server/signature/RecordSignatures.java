package org.auscult.server.signature;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditOutcome;
import org.auscult.audit.AuditTrail;
import org.auscult.server.keys.KeyPurpose;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.keys.SigningKey;
import org.auscult.server.keys.VerifyingKey;
import org.auscult.server.signature.DetachedJws.Statement;
import org.auscult.server.signature.Reauthentication.Component;
import org.auscult.server.signature.Reauthentication.Components;
import org.auscult.server.signature.SignatureRefused.Reason;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Signature;
import org.springframework.web.util.HtmlUtils;

/**
 * Signs versions of records in a person's name, and says whether a signature holds.
 *
 * <p>A signature is a Provenance: it names the signer, the date and time and the meaning in words
 * and as data (21 CFR 11.50), and holds a JWS over the bytes of that version and over all of these
 * (11.70), so that it fits no other record and no other statement. The key is the installation's;
 * who signs proves himself at that moment (11.200).
 */
public final class RecordSignatures {
  private static final String JOSE = "application/jose";
  private static final String FHIR_JSON = "application/fhir+json";
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss (xxx)", Locale.ENGLISH);

  private final FhirContext context;
  private final KeyRing keys;
  private final SignedRecords records;
  private final Reauthentication persons;
  private final AuditTrail trail;
  private final SigningSessions sessions;
  private final Clocks clocks;

  /** What stands around: the records, the persons, and the log of what was signed and refused. */
  record Ports(SignedRecords records, Reauthentication persons, AuditTrail trail) {}

  /**
   * What time it is, and how people here read it.
   *
   * @param zone the site's
   */
  record Clocks(InstantSource now, ZoneId zone) {}

  RecordSignatures(
      FhirContext context, KeyRing keys, Ports ports, SigningSessions sessions, Clocks clocks) {
    this.context = context;
    this.keys = keys;
    this.records = ports.records();
    this.persons = ports.persons();
    this.trail = ports.trail();
    this.sessions = sessions;
    this.clocks = clocks;
  }

  /**
   * What is to be signed.
   *
   * @param session in which the person is logged in
   * @param record versioned reference, such as {@code Library/1/_history/2}
   */
  public record Request(String session, Signer signer, Meaning meaning, IdType record) {}

  /**
   * Signs. It is recorded before the signature is stored: there is none that the log does not know.
   *
   * @param entered by the signer for this signature
   * @return the signature, stored
   * @throws SignatureRefused if the components are not enough, or there is no such version
   */
  public Provenance sign(Request request, Components entered) {
    try {
      return signed(request, entered);
    } catch (SignatureRefused e) {
      trail.record(entry(request).outcome(AuditOutcome.MINOR_FAILURE, e.reason().code()).build());
      throw e;
    }
  }

  private Provenance signed(Request request, Components entered) {
    IdType record = request.record().toUnqualified();
    if (!record.hasResourceType() || !record.hasIdPart() || !record.hasVersionIdPart()) {
      throw new SignatureRefused(
          Reason.NOT_VERSIONED, "A signature is on one version; the reference names none");
    }
    Set<Component> confirmed = persons.confirmed(request.signer(), entered);
    if (!sessions.suffices(request.session(), request.signer(), confirmed)) {
      throw new SignatureRefused(
          Reason.COMPONENTS,
          "The first signature of a session takes password and code, each further one either");
    }
    Resource version =
        records
            .version(record)
            .orElseThrow(
                () -> new SignatureRefused(Reason.UNKNOWN_RECORD, "There is no such version"));
    Provenance signature = signature(request, record, version);
    trail.record(entry(request).build());
    signature.setId(records.keep(signature));
    sessions.signed(request.session(), request.signer(), confirmed);
    return signature;
  }

  private static AuditEntry.Builder entry(Request request) {
    AuditAgent signer =
        new AuditAgent(null, null, request.signer().reference(), null, List.of(), null, null);
    return AuditEntry.of(AuditKind.SIGNATURE, AuditAction.CREATE, "sign")
        .by(signer)
        .entities(List.of(request.record().toUnqualified().getValue()))
        .detail("meaning", request.meaning().word());
  }

  /** The person has logged out: the next signature is the first of a session again. */
  public void end(String session) {
    sessions.end(session);
  }

  private Provenance signature(Request request, IdType record, Resource version) {
    OffsetDateTime now =
        clocks
            .now()
            .instant()
            .truncatedTo(ChronoUnit.MILLIS)
            .atZone(clocks.zone())
            .toOffsetDateTime();
    SigningKey key = keys.signing(KeyPurpose.RECORD_SIGNATURE);
    Statement statement =
        new Statement(
            key.id(),
            ISO.format(now),
            request.signer().reference(),
            request.signer().name(),
            request.meaning().code(),
            record.getValue());
    String jws = DetachedJws.sign(statement, CanonicalRecord.bytes(context, version), key);
    Provenance provenance = new Provenance();
    provenance.addTarget(new Reference(record.getValue()));
    provenance.setRecordedElement(time(now));
    Reference who = new Reference(request.signer().reference()).setDisplay(request.signer().name());
    provenance.addAgent().setWho(who.copy());
    Signature signature = provenance.addSignature();
    signature
        .addType()
        .setSystem(Meaning.SYSTEM)
        .setCode(request.meaning().code())
        .setDisplay(request.meaning().display());
    signature.setWhenElement(time(now)).setWho(who);
    signature.setTargetFormat(FHIR_JSON).setSigFormat(JOSE);
    signature.setData(jws.getBytes(StandardCharsets.US_ASCII));
    provenance.setText(words(statement, request.meaning()));
    return provenance;
  }

  private static InstantType time(OffsetDateTime now) {
    InstantType time = new InstantType(Date.from(now.toInstant()));
    time.setTimeZone(TimeZone.getTimeZone(now.getOffset()));
    return time;
  }

  private static Narrative words(Statement statement, Meaning meaning) {
    String text =
        "Signed by "
            + statement.name()
            + " ("
            + statement.signer()
            + ") on "
            + WORDS.format(OffsetDateTime.parse(statement.time()))
            + " as "
            + meaning.word()
            + " of "
            + statement.record();
    Narrative narrative = new Narrative();
    narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
    narrative.setDivAsString(
        "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>"
            + HtmlUtils.htmlEscape(text, "UTF-8")
            + "</p></div>");
    return narrative;
  }

  /**
   * What is wrong with a signature; nothing if it holds: the version is what was signed, by a key
   * of this installation at that time, and what the signature says to people is what was signed
   * too.
   */
  public List<String> problems(Provenance provenance) {
    if (provenance.getSignature().size() != 1 || provenance.getTarget().size() != 1) {
      return List.of("It is not one signature of one record");
    }
    Signature signature = provenance.getSignatureFirstRep();
    IdType record = new IdType(provenance.getTargetFirstRep().getReference()).toUnqualified();
    Optional<Resource> version =
        record.hasVersionIdPart() ? records.version(record) : Optional.empty();
    if (version.isEmpty()) {
      return List.of("The version that it names is not here");
    }
    byte[] data = signature.getData();
    String text = data == null ? "" : new String(data, StandardCharsets.US_ASCII);
    return DetachedJws.parse(text, CanonicalRecord.bytes(context, version.get()))
        .map(jws -> problems(provenance, record, jws))
        .orElseGet(() -> List.of("It holds no signature"));
  }

  private List<String> problems(Provenance provenance, IdType record, DetachedJws jws) {
    Statement said = jws.statement();
    List<String> problems = new ArrayList<>();
    Optional<VerifyingKey> key =
        keys.verifying(KeyPurpose.RECORD_SIGNATURE).stream()
            .filter(k -> k.id().equals(said.key()))
            .findFirst();
    if (key.isEmpty()) {
      problems.add("No key of this installation signed it");
    } else if (!jws.verifies(key.get())) {
      problems.add("The record, or the signature, was altered");
    }
    if (!said.record().equals(record.getValue())) {
      problems.add("It was made for another record or version");
    }
    Signature shown = provenance.getSignatureFirstRep();
    boolean isSameStatement =
        said.signer().equals(shown.getWho().getReference())
            && said.name().equals(shown.getWho().getDisplay())
            && said.signer().equals(provenance.getAgentFirstRep().getWho().getReference())
            && said.meaning().equals(shown.getTypeFirstRep().getCode())
            && shown.getWhen() != null
            && OffsetDateTime.parse(said.time()).toInstant().equals(shown.getWhen().toInstant());
    if (!isSameStatement) {
      problems.add("Signer, time or meaning are not those that were signed");
    } else if (!isSameText(provenance, said)) {
      problems.add("Its text does not say what was signed");
    }
    return List.copyOf(problems);
  }

  /** The words follow from the statement, so they are made again and compared. */
  private boolean isSameText(Provenance provenance, Statement said) {
    return Meaning.of(said.meaning())
        .map(meaning -> words(said, meaning).getDivAsString())
        .filter(text -> text.equals(provenance.getText().getDivAsString()))
        .isPresent();
  }
}
