package org.auscult.server.audit;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditLeaf;
import org.auscult.audit.fhir.Touched;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Makes AuditEvents of a leaf, in the shapes of IHE's Basic Audit Log Patterns (BALP): agents by
 * their role in the exchange, the patient and the query as entities, the request's id beside them.
 * They are derived each time they are asked for; what counts is the leaf.
 */
final class AuditEvents {
  static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String ENTITY_TYPE = TERMINOLOGY + "audit-entity-type";
  private static final String OBJECT_ROLE = TERMINOLOGY + "object-role";
  private static final String PURPOSE = TERMINOLOGY + "v3-ActReason";
  private static final int LONGEST_ID = 64;

  private final String server;

  /**
   * @param server how this server is named
   */
  AuditEvents(String server) {
    this.server = server;
  }

  /** The id of an event. */
  static String id(AuditLeaf leaf, int number) {
    return number == 0 ? leaf.id().toString() : leaf.id() + "." + number;
  }

  /**
   * One event of a leaf.
   *
   * @param index of the leaf in the log
   */
  AuditEvent of(long index, AuditLeaf leaf, LeafEvents.Event event) {
    AuditEntry entry = leaf.entry();
    AuditEvent made = new AuditEvent();
    made.setId(id(leaf, event.number()));
    made.getMeta().setLastUpdated(Date.from(leaf.recorded()));
    made.getMeta().addProfile(event.shape().profile(event.patient() != null));
    made.addExtension(AuditUrls.LEAF_INDEX, new DecimalType(index));
    made.setType(type(event.kind(entry)));
    AuditShape.subtype(entry).ifPresent(made::addSubtype);
    made.setAction(AuditEventAction.fromCode(entry.action().code()));
    made.setRecorded(Date.from(leaf.recorded()));
    made.setOutcome(AuditEventOutcome.fromCode(entry.outcome().code()));
    if (entry.reason() != null) {
      made.setOutcomeDesc(entry.reason());
    }
    if (entry.agent().purpose() != null) {
      made.addPurposeOfEvent(concept(PURPOSE, entry.agent().purpose(), null));
    }
    agents(made, entry);
    made.getSource().setObserver(new Reference().setDisplay(server));
    made.getSource().setSite(entry.sites().isEmpty() ? null : entry.sites().get(0));
    entities(made, entry, event);
    return made;
  }

  private static Coding type(AuditKind kind) {
    return kind == AuditKind.REST
        ? new Coding(TERMINOLOGY + "audit-event-type", "rest", "RESTful Operation")
        : new Coding(AuditUrls.KIND_SYSTEM, kind.code(), null);
  }

  private void agents(AuditEvent made, AuditEntry entry) {
    AuditAgent who = entry.agent();
    AuditEventAgentComponent client = made.addAgent();
    client.setType(concept(DICOM, "110153", "Source Role ID"));
    client.setRequestor(who.user() == null);
    client.setWho(named(who.client() == null ? "unknown" : who.client(), null));
    if (who.address() != null) {
      client.getNetwork().setAddress(who.address()).setType(AuditEventAgentNetworkType._2);
    }
    AuditEventAgentComponent ours = made.addAgent();
    ours.setType(concept(DICOM, "110152", "Destination Role ID"));
    ours.setRequestor(false);
    ours.setWho(new Reference().setDisplay(server));
    if (who.user() != null || who.subject() != null) {
      made.addAgent(user(who));
    }
  }

  private static AuditEventAgentComponent user(AuditAgent who) {
    AuditEventAgentComponent user = new AuditEventAgentComponent();
    user.setType(concept(TERMINOLOGY + "v3-ParticipationType", "IRCP", "information recipient"));
    user.setRequestor(who.user() != null);
    String subject = who.subject();
    if (who.user() != null && isReference(who.user())) {
      user.setWho(new Reference(who.user()));
    } else {
      user.setWho(named(who.user() == null ? String.valueOf(subject) : who.user(), who.issuer()));
    }
    if (subject != null) {
      user.setAltId(subject);
    }
    who.roles().forEach(r -> user.addRole().setText(r));
    return user;
  }

  private void entities(AuditEvent made, AuditEntry entry, LeafEvents.Event event) {
    if (event.patient() != null) {
      String patient = event.patient();
      AuditEventEntityComponent entity = entity(made, "1", "Person", "1", "Patient");
      entity.setWhat(
          patient.contains("/") ? new Reference(patient) : reference("Patient/" + patient));
    }
    if (event.shape() == AuditShape.QUERY && entry.query() != null) {
      entity(made, "2", "System Object", "24", "Query")
          .setQuery(entry.query().getBytes(StandardCharsets.UTF_8));
    }
    for (String touched : event.entities()) {
      if (!EventRows.plain(touched).equals("Patient/" + event.patient())) {
        entity(made, "2", "System Object", "4", "Domain Resource").setWhat(reference(touched));
      }
    }
    if (!entry.request().isEmpty()) {
      ours(made, "request-id", entry.request());
    }
    models(made, entry, event);
    details(made, entry);
  }

  private static void models(AuditEvent made, AuditEntry entry, LeafEvents.Event event) {
    String models = entry.details().get(HookLeaves.MODELS);
    if (event.shape() == AuditShape.INFERENCE && models != null) {
      for (String model : models.split(" ")) {
        ours(made, "model", model);
      }
    }
  }

  /** What is neither of BALP's nor an entity: beside the operation, on one entity of ours. */
  private static void details(AuditEvent made, AuditEntry entry) {
    AuditEventEntityComponent operation = ours(made, "operation", entry.operation());
    for (Map.Entry<String, String> detail : entry.details().entrySet()) {
      if (!detail.getKey().equals(Touched.ENTITY_PATIENTS)) {
        operation.addDetail().setType(detail.getKey()).setValue(string(detail.getValue()));
      }
    }
    if (entry.query() != null && made.getEntity().stream().noneMatch(e -> e.hasQuery())) {
      operation.addDetail().setType("request").setValue(string(entry.query()));
    }
  }

  private static StringType string(String text) {
    return new StringType(text);
  }

  private static AuditEventEntityComponent ours(AuditEvent made, String code, String value) {
    AuditEventEntityComponent entity = made.addEntity();
    entity.setType(new Coding(AuditUrls.ENTITY_SYSTEM, code, null));
    entity.getWhat().getIdentifier().setValue(value);
    return entity;
  }

  private static AuditEventEntityComponent entity(
      AuditEvent made, String type, String typeName, String role, String roleName) {
    AuditEventEntityComponent entity = made.addEntity();
    entity.setType(new Coding(ENTITY_TYPE, type, typeName));
    entity.setRole(new Coding(OBJECT_ROLE, role, roleName));
    return entity;
  }

  /** What was asked for need not be a reference that FHIR takes: then it is an identifier. */
  private static Reference reference(String text) {
    return isReference(text) ? new Reference(text) : named(text, null);
  }

  private static boolean isReference(String text) {
    return text.matches(
        "[A-Z][A-Za-z]{1,40}/[A-Za-z0-9.-]{1," + LONGEST_ID + "}(/_history/[0-9]+)?");
  }

  private static Reference named(String value, @Nullable String system) {
    Reference reference = new Reference();
    reference.getIdentifier().setValue(value).setSystem(system);
    return reference;
  }

  private static CodeableConcept concept(String system, String code, @Nullable String display) {
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setSystem(system).setCode(code).setDisplay(display);
    return concept;
  }
}
