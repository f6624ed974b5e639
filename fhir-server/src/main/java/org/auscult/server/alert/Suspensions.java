package org.auscult.server.alert;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.auscult.model.fhir.PredictionResources;
import org.auscult.server.deployment.DeploymentOperations;
import org.auscult.server.deployment.DeploymentOperations.Finding;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends deployments by critical findings, each once for each episode of an issue: whoever lets
 * one go live again has seen why it was suspended.
 */
final class Suspensions {
  private static final Logger LOG = LoggerFactory.getLogger(Suspensions.class);
  private static final String PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
  private static final String MONITORING = "monitoring";

  private final IssueRows rows;
  private final DeploymentOperations deployments;
  private final IFhirResourceDao<Provenance> provenances;
  private final AuditTrail audit;

  Suspensions(
      IssueRows rows,
      DeploymentOperations deployments,
      IFhirResourceDao<Provenance> provenances,
      AuditTrail audit) {
    this.rows = rows;
    this.deployments = deployments;
    this.provenances = provenances;
    this.audit = audit;
  }

  /**
   * Suspends those that show a model and ask for it, in the transaction that says so.
   *
   * @param model {@code url|version}
   * @param title of what was found
   */
  void suspend(IssueRow row, String model, String title, Instant now) {
    String issue = "DetectedIssue/" + row.id();
    Finding finding =
        new Finding("Suspended by a critical finding of monitoring: " + title, issue, now);
    List<PlanDefinition> suspended =
        deployments.suspend(model, finding, plan -> !rows.hasSuspended(row, plan));
    for (PlanDefinition plan : suspended) {
      String version = plan.getIdElement().toUnqualified().getValue();
      rows.addSuspended(row, plan.getIdElement().getIdPart(), now);
      provenances.create(provenance(version, issue, title, now), new SystemRequestDetails());
      audit.record(
          AuditEntry.of(AuditKind.STATE_CHANGE, AuditAction.UPDATE, "PlanDefinition/$suspend")
              .by(AuditAgent.server(MONITORING))
              .reason("critical-finding")
              .entities(List.of(version, issue))
              .build());
      LOG.warn("{} is suspended by {}", version, issue);
    }
  }

  private static Provenance provenance(String version, String issue, String title, Instant now) {
    Provenance provenance = new Provenance();
    provenance.addTarget(new Reference(version));
    provenance.setOccurred(PredictionResources.instant(now));
    provenance.setRecordedElement(new InstantType(Date.from(now)));
    provenance.addReason(new CodeableConcept().setText(title));
    provenance
        .addAgent()
        .setType(new CodeableConcept(new Coding(PARTICIPANT, "performer", null)))
        .setWho(new Reference().setDisplay("Monitoring"));
    provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(new Reference(issue));
    return provenance;
  }
}
