package org.auscult.server.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.auscult.feature.fhir.Profiles;
import org.auscult.interceptor.ChangeRecorder;
import org.auscult.model.fhir.ModelUrls;
import org.auscult.outcome.fhir.OutcomeUrls;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.timeline.MedicationState;
import org.auscult.timeline.ResourceKind;
import org.auscult.timeline.fhir.FactProjector;
import org.auscult.timeline.fhir.MedicationVersion;
import org.auscult.timeline.fhir.ModelWritten;
import org.auscult.timeline.fhir.Projection;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects the changes of a transaction and writes them at its end, before it commits: a bundle of
 * thousands of entries locks its patients once, in sorted order, and for a moment only. An error
 * there rolls the whole transaction back.
 */
final class TransactionalChangeRecorder implements ChangeRecorder {
  private static final Map<String, ResourceKind> KINDS =
      Arrays.stream(ResourceKind.values())
          .collect(Collectors.toUnmodifiableMap(ResourceKind::fhirType, Function.identity()));

  private final FactProjector projector;
  private final TimelineWriter writer;
  private final Function<Resource, Instant> deletedAt;

  /**
   * @param deletedAt when a resource that the running transaction deleted was deleted
   */
  TransactionalChangeRecorder(
      FactProjector projector, TimelineWriter writer, Function<Resource, Instant> deletedAt) {
    this.projector = projector;
    this.writer = writer;
    this.deletedAt = deletedAt;
  }

  @Override
  public void written(Resource resource) {
    if (resource instanceof Provenance provenance) {
      written(provenance);
    } else if (resource instanceof Medication medication) {
      pending().add(MedicationVersion.of(medication));
    } else {
      record(resource, Cause.WRITE, Instant::now);
    }
  }

  /** Those that this server writes speak of what it labels itself. */
  private void written(Provenance provenance) {
    if (Profiles.claims(provenance, ModelUrls.AI_PROVENANCE)
        || Profiles.claims(provenance, OutcomeUrls.LABEL_PROVENANCE)) {
      return;
    }
    String id = provenance.getIdElement().getIdPart();
    if (!"1".equals(provenance.getIdElement().getVersionIdPart())) {
      writer.withdraw(id);
    }
    Instant at = provenance.getMeta().getLastUpdated().toInstant();
    for (ModelWritten written : ModelWritten.in(provenance)) {
      pending()
          .claims
          .add(new ModelAuthorship.Claim(written.kind(), written.id(), written.version(), id, at));
    }
  }

  @Override
  public void deleting() {
    pending();
  }

  @Override
  public void deleted(Resource resource) {
    if (resource instanceof Provenance) {
      writer.withdraw(resource.getIdElement().getIdPart());
    }
    if (resource instanceof Medication) {
      pending()
          .add(
              new MedicationVersion(
                  resource.getIdElement().getIdPart(),
                  MedicationState.deleted(deletedAt.apply(resource))));
    }
    record(resource, Cause.DELETE, () -> deletedAt.apply(resource));
  }

  @Override
  public void expunged(Resource resource) {
    record(resource, Cause.EXPUNGE, Instant::now);
  }

  @Override
  public void allExpunged() {
    writer.eraseAll();
  }

  private void record(Resource resource, Cause cause, Supplier<Instant> at) {
    ResourceKind kind = KINDS.get(resource.fhirType());
    if (kind != null && !isAboutPredictions(resource)) {
      pending().add(change(projector, resource, kind, cause, at.get()));
    }
  }

  /**
   * An explanation says how a model came to its number, and a label what became of a prediction: of
   * the patient only what the record says already. Nobody but this server writes one.
   */
  private static boolean isAboutPredictions(Resource resource) {
    return Profiles.claims(resource, ModelUrls.EXPLANATION)
        || Profiles.claims(resource, OutcomeUrls.LABEL)
        || Profiles.claims(resource, OutcomeUrls.ADJUDICATED_LABEL);
  }

  /** What a version means for the timeline; for a write everything follows from the resource. */
  static Change change(
      FactProjector projector, Resource resource, ResourceKind kind, Cause cause, Instant at) {
    boolean write = cause == Cause.WRITE;
    Long version = resource.getIdElement().getVersionIdPartAsLong();
    return new Change(
        cause,
        kind,
        resource.getIdElement().getIdPart(),
        version == null ? 1 : version,
        projector.patient(resource).orElse(null),
        write ? projector.project(resource, Projection.RECORD) : List.of(),
        write ? resource.getMeta().getLastUpdated().toInstant() : at,
        write && resource instanceof Patient patient ? replacedBy(patient) : null,
        null);
  }

  private static @Nullable String replacedBy(Patient patient) {
    return patient.getLink().stream()
        .filter(link -> link.getType() == LinkType.REPLACEDBY)
        .map(link -> link.getOther().getReferenceElement())
        .filter(id -> "Patient".equals(id.getResourceType()) && !id.isAbsolute())
        .map(id -> id.getIdPart())
        .findFirst()
        .orElse(null);
  }

  private Pending pending() {
    for (TransactionSynchronization known :
        TransactionSynchronizationManager.getSynchronizations()) {
      if (known instanceof Pending pending && pending.belongsTo(this)) {
        return pending;
      }
    }
    Pending pending = new Pending();
    TransactionSynchronizationManager.registerSynchronization(pending);
    return pending;
  }

  /** The changes of the running transaction. */
  private final class Pending implements TransactionSynchronization {
    private final List<Change> changes = new ArrayList<>();
    private final List<ModelAuthorship.Claim> claims = new ArrayList<>();
    private final List<MedicationVersion> medications = new ArrayList<>();
    private boolean isWritten;

    /** HAPI tells of what a search deleted while it commits, when all else is written already. */
    void add(Change change) {
      if (isWritten) {
        writer.apply(List.of(change), List.of(), List.of());
      } else {
        changes.add(change);
      }
    }

    void add(MedicationVersion version) {
      if (isWritten) {
        writer.apply(List.of(), List.of(), List.of(version));
      } else {
        medications.add(version);
      }
    }

    boolean belongsTo(TransactionalChangeRecorder recorder) {
      return recorder == TransactionalChangeRecorder.this;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
      writer.apply(List.copyOf(changes), List.copyOf(claims), List.copyOf(medications));
      changes.clear();
      claims.clear();
      medications.clear();
      isWritten = true;
    }
  }
}
