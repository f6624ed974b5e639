package org.auscult.server.training;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.auscult.access.Requester;
import org.auscult.training.Tally;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * What the FHIR API tells of a data set: a Group that stands for its patients, without naming one,
 * and the manifest as a DocumentReference. Storing them again stores the same.
 */
final class SnapshotResources implements RunPorts.Snapshots {
  /** System of identifiers {@code name|version}. */
  static final String SYSTEM = "https://auscult.org/fhir/sid/training-set";

  private final DaoRegistry daos;

  SnapshotResources(DaoRegistry daos) {
    this.daos = daos;
  }

  /** The id of both. */
  static String id(TrainingJob job) {
    return "training-set-" + job.id();
  }

  static String identifier(TrainingJob job) {
    return job.name() + "|" + job.version();
  }

  @Override
  public void store(
      TrainingJob job, TrainingPlan plan, Requester starter, String manifest, Tally tally) {
    daos.getResourceDao(Group.class).update(group(job, plan, tally), new SystemRequestDetails());
    daos.getResourceDao(DocumentReference.class)
        .update(document(job, plan, starter, manifest), new SystemRequestDetails());
  }

  private static Group group(TrainingJob job, TrainingPlan plan, Tally tally) {
    Group group = new Group();
    group.setId(id(job));
    group.addIdentifier(new Identifier().setSystem(SYSTEM).setValue(identifier(job)));
    group.setActive(true);
    group.setType(Group.GroupType.PERSON);
    group.setActual(true);
    group.setName("Patients of the data set " + job.name() + ", version " + job.version());
    long patients =
        plan.hasRows()
            ? tally.get("patients/all")
            : tally.below("subjects").values().stream().mapToLong(Long::longValue).sum();
    group.setQuantity((int) Math.min(Integer.MAX_VALUE, patients));
    return group;
  }

  private static DocumentReference document(
      TrainingJob job, TrainingPlan plan, Requester starter, String manifest) {
    DocumentReference document = new DocumentReference();
    document.setId(id(job));
    document.setMasterIdentifier(new Identifier().setSystem(SYSTEM).setValue(identifier(job)));
    document.addIdentifier(new Identifier().setSystem(SYSTEM).setValue(job.name()));
    document.setStatus(DocumentReferenceStatus.CURRENT);
    document.setDocStatus(ReferredDocumentStatus.FINAL);
    document.setType(new CodeableConcept().setText("Manifest of a training data set"));
    document.setSubject(new Reference("Group/" + id(job)));
    document.setDate(Date.from(job.created()));
    document.setDescription(
        "Data set "
            + job.name()
            + ", version "
            + job.version()
            + ", as known at "
            + plan.cut()
            + ", for "
            + starter.purpose());
    document
        .addContent()
        .setAttachment(
            new Attachment()
                .setContentType("application/json")
                .setTitle("manifest.json")
                .setCreation(Date.from(job.created()))
                .setData(manifest.getBytes(StandardCharsets.UTF_8)));
    return document;
  }
}
